"""Who is called for a centre: the leads of its desk and its chief editors."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.desk.models import Need
from nabij.incidents.models import Incident
from nabij.paging.models import Page

LEAD, CHIEF = "desk_lead", "centre_chief"
_ROLES = {LEAD: Role.IAC_REGISTRAR_LEAD, CHIEF: Role.IAC_CHIEF}


def people_of_centre(seat: str, team_id: UUID | None, at: datetime) -> list[UUID]:
    """Leads or chief editors of this team, of the municipalities it serves, and of the whole country."""
    if seat not in _ROLES:
        return []
    near = Q(team_id=team_id) | Q(organisation__municipality__safety_region__team_id=team_id)
    found = Membership.objects.current(at).filter(near | Q(is_national=True), role=_ROLES[seat])
    return list(found.order_by("pk").values_list("pk", flat=True))


# who decides for the centre of an event now, the first one first; an app above keeps that
Deciders = Callable[[UUID, datetime], list[UUID]]
_deciders: list[Deciders] = []


def register_deciders(deciders: Deciders) -> None:
    """Let this function answer which chief editor and deputy are there now (called from hooks)."""
    _deciders.append(deciders)


def who_is_still_asked(page: Page, seat: str, people: list[UUID], at: datetime) -> list[UUID]:
    """Everybody on the chair while something waits; nobody when the needs went away with their person.

    Of the chief editors first those who sit on the board of this centre now; silent too: then the others.
    """
    if not Need.objects.filter(Q(page=page), state="open").exists():
        return []
    if seat != CHIEF:
        return people
    now = [each for deciders in _deciders for each in deciders(page.thread_id, at) if each in people]
    return now or people


def team_of(incident: Incident) -> UUID | None:
    """The team that serves the place of this event."""
    return incident.municipalities.values_list("safety_region__team_id", flat=True).first()
