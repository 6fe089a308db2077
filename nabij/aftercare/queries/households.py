"""Who is there for which household."""

from datetime import datetime

from django.db.models import QuerySet

from nabij.accounts.models import Membership
from nabij.aftercare.models import HouseholdContact, Run
from nabij.incidents.models import RepeatLink


def households_of(run: Run) -> QuerySet[HouseholdContact]:
    """The households of a run with their contact persons, by label."""
    return run.households.select_related("contact__user").order_by("label")


def earlier_contacts(run: Run, at: datetime) -> list[HouseholdContact]:
    """The contacts of the last event at this place in this municipality, of people who still work here."""
    links = RepeatLink.objects.filter(incident_id=run.incident_id).values("earlier_id")
    last = (
        Run.objects.filter(incident__in=links, municipality_id=run.municipality_id)
        .filter(households__isnull=False)
        .order_by("-trigger_at", "-started_at")
        .first()
    )
    if last is None:
        return []
    working = Membership.objects.current(at).values("pk")
    return list(households_of(last).filter(contact__in=working))


def missing_homes(run: Run) -> int:
    """How many homes that cannot be lived in have no contact person yet."""
    return max((run.incident.homes or 0) - run.households.count(), 0)


def colleagues(run: Run, at: datetime) -> QuerySet[Membership]:
    """Who of the municipality can be a contact person, by name."""
    found = Membership.objects.current(at).filter(organisation__municipality_id=run.municipality_id)
    return found.select_related("user", "organisation").order_by("user__name", "pk")
