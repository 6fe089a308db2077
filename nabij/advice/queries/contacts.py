"""Who the fixed contacts of a district and of an event are, with function and number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership, OrganisationKind
from nabij.accounts.roles import Role
from nabij.advice.content import most
from nabij.advice.models import DistrictContact, IncidentContact, Side
from nabij.advice.policies import side_of
from nabij.audit.actor import Actor
from nabij.audit.queries import entry_of
from nabij.incidents.facts import place_key
from nabij.incidents.models import Incident
from nabij.keys.sealing import Opener
from nabij.knowledge.models import District
from nabij.knowledge.queries import function_of
from nabij.notify.models import Channel, ContactPoint

_KINDS = {"stadsdeel", "wijk", "buurt"}
_PHONES = (Channel.VOICE, Channel.SMS)
Row = TypeVar("Row", DistrictContact, IncidentContact)


@dataclass(frozen=True)
class ContactLine:
    """One side of a pair: who it is, what they do and their number; nobody yet is said too."""

    side: Side
    membership: Membership | None
    phone: str

    @property
    def function(self) -> str:
        """What they do."""
        return function_of(self.membership) if self.membership else ""


def district_of(incident: Incident) -> District | None:
    """The district that the event's own words name, however they write it ("stadsdeel Noord")."""
    said = _key(incident.district)
    if not said:
        return None
    found = District.objects.filter(municipality__in=incident.municipalities.all()).order_by("name", "pk")
    return next((each for each in found if _key(each.name) == said), None)


def _key(name: str) -> str:
    return " ".join(word for word in place_key(name).split() if word not in _KINDS)


def contacts_of(district: District, at: datetime) -> list[ContactLine]:
    """The pair of a district now; for who may see the district."""
    return _lines(_current(DistrictContact.objects.filter(district=district, ends_at__isnull=True), at))


def contacts_at(incident: Incident, at: datetime) -> list[ContactLine]:
    """The pair of an event: who it began with, and where they left, who the district has now."""
    kept = _current(IncidentContact.objects.filter(incident=incident), at)
    said = _key(incident.district)
    if said and len(kept) < len(Side):
        # the pairs of all districts of the municipality in one look: the words are compared here
        near = DistrictContact.objects.filter(
            district__municipality__in=incident.municipality_codes, ends_at__isnull=True
        ).select_related("district")
        now = {each.side: each.membership for each in _working(near, at) if _key(each.district.name) == said}
        kept = {**now, **kept}
    return _lines(kept)


def _current(rows: QuerySet[Row], at: datetime) -> dict[str, Membership]:
    """Per side who is named in these rows, when they still work here."""
    return {each.side: each.membership for each in _working(rows, at)}


def _working(rows: QuerySet[Row], at: datetime) -> QuerySet[Row]:
    working = rows.filter(membership__in=Membership.objects.current(at))
    return working.select_related("membership__user")


def _lines(named: dict[str, Membership]) -> list[ContactLine]:
    staff = [each for each in named.values() if not each.is_volunteer]
    phones = _phones_of(staff) if staff else {}
    lines = []
    for side in Side:
        who = named.get(side)
        lines.append(ContactLine(side, who, phones.get(who.pk, "") if who else ""))
    return lines


def _phones_of(members: Iterable[Membership]) -> dict[UUID, str]:
    """The first number in use of each; never of a volunteer."""
    points = ContactPoint.objects.filter(
        subject_id__in=[each.pk for each in members], channel__in=_PHONES, is_active=True
    ).order_by("delay", "position", "pk")
    first: dict[UUID, ContactPoint] = {}
    for point in points:
        first.setdefault(point.subject_id, point)
    opener = Opener(first)
    return {subject: opener.open(subject, point.value_sealed) for subject, point in first.items()}


def former_contacts(district: District) -> QuerySet[DistrictContact]:
    """Who were fixed contacts here before, the last first; for who may see the district."""
    found = DistrictContact.objects.filter(district=district, ends_at__isnull=False)
    return found.select_related("membership__user").order_by("-ends_at", "pk")[: most("lines")]


def candidates_for(actor: Actor, at: datetime) -> QuerySet[Membership]:
    """Whom the actor's side may name: colleagues of the own organisation and team, never a volunteer."""
    side = side_of(actor)
    found = Membership.objects.current(at).filter(
        Q(organisation_id=actor.organisation_id), is_volunteer=False
    )
    if side is None:
        return found.none()
    if side == Side.SUPPORT:
        found = found.filter(organisation__kind=OrganisationKind.VICTIM_SUPPORT).exclude(role=Role.VOLUNTEER)
        if actor.team_id is not None:
            found = found.filter(team_id=actor.team_id)
    return found.select_related("user").order_by("user__name", "pk")


def incident_of_entry(entry_id: int) -> Incident | None:
    """The event that a line of the trail tells of; None for a number that is no line."""
    entry = entry_of(entry_id)
    return Incident.objects.filter(pk=entry.subject_id).first() if entry else None
