"""Which plan is carried out for an event: what the municipality has in force, or the example."""

from dataclasses import dataclass
from uuid import UUID

from nabij.accounts.models import Municipality, Organisation, OrganisationKind
from nabij.aftercare import plans
from nabij.aftercare.queries.facts import facts_of_incident
from nabij.incidents.models import Incident
from nabij.protocols.plan import Plan


@dataclass(frozen=True)
class Chosen:
    """The plan that is carried out, and of which version it is a copy; none for an example."""

    plan: Plan
    version_id: UUID | None = None
    version_number: int | None = None


def chosen_for(incident: Incident, municipality: Municipality) -> Chosen | None:
    """What the municipality has in force for this event; None when it has nothing."""
    side = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality=municipality).first()
    if side is None:
        return None
    found = plans.plan_in_force(side.pk, incident.topic, facts_of_incident(incident))
    return Chosen(found[2], found[0], found[1]) if found else None


def offered_for(incident: Incident, municipality: Municipality) -> Chosen:
    """What can be started by hand: what is in force, otherwise the example."""
    found = chosen_for(incident, municipality)
    if found is None:
        found = Chosen(plans.example_for(incident.topic, facts_of_incident(incident)))
    return found
