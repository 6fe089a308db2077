"""Which plan is carried out for an event: what the municipality has in force, or the example."""

from dataclasses import dataclass

from nabij.accounts.models import Municipality, Organisation, OrganisationKind
from nabij.aftercare import plans
from nabij.aftercare.queries.facts import facts_of_incident
from nabij.incidents.models import Incident
from nabij.protocols.models import Version
from nabij.protocols.plan import Plan


@dataclass(frozen=True)
class Chosen:
    """The plan that is carried out, and of which version it is a copy; none for an example."""

    plan: Plan
    version: Version | None = None

    @property
    def version_number(self) -> int | None:
        """The number of that version; None for an example."""
        return self.version.number if self.version else None


def plan_for_event(incident: Incident, municipality: Municipality) -> Chosen:
    """What the municipality has in force for this event as it is known now, otherwise the example."""
    sides = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality=municipality)
    side_id = sides.values_list("pk", flat=True).first()
    version, plan = plans.plan_of(side_id, incident.topic, facts_of_incident(incident))
    return Chosen(plan, version)
