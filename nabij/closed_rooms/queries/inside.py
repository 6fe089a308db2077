"""What stands inside, for who is in and for who looks after it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.centres.models import AdviceCentre
from nabij.closed_part.models import Relation, Verification
from nabij.closed_part.queries.entry import Entry
from nabij.closed_rooms.models import (
    ClosedDocument,
    ClosedDocumentContent,
    ClosedMeeting,
    ContactPerson,
    SignUp,
)
from nabij.closed_rooms.policies import papers_visible_to
from nabij.keys.sealing import Opener, unseal_bytes
from nabij.own_space.queries import first_name


def contacts_inside(entry: Entry) -> list[str]:
    """The first names of whom this person may ask for."""
    rows = ContactPerson.objects.filter(
        centre=entry.centre, ends_at__isnull=True, relations__contains=[entry.verification.relation]
    )
    return [first_name(each.membership.user.name) for each in rows.select_related("membership__user")]


@dataclass(frozen=True)
class ShownMeeting:
    """A meeting with its place opened, how many come, and whether this person is one of them."""

    meeting: ClosedMeeting
    where: str
    taken: int
    mine: SignUp | None = None

    @property
    def left(self) -> int:
        """How many seats are free."""
        return max(self.meeting.seats - self.taken, 0)

    @property
    def for_whom(self) -> str:
        """For whom it is, in words."""
        return in_words(self.meeting.relations)


def in_words(relations: list[str]) -> str:
    """These relations in words."""
    return ", ".join(str(Relation(each).label) for each in relations)


def meetings_inside(entry: Entry, at: datetime) -> list[ShownMeeting]:
    """The meetings of one's own relation that are not over yet; one that was called off stays to be read."""
    rows = ClosedMeeting.objects.filter(
        centre=entry.centre, relations__contains=[entry.verification.relation], ends_at__gt=at
    )
    shown = _opened(rows)
    mine = SignUp.objects.filter(verification=entry.verification, left_at__isnull=True)
    known = {each.meeting_id: each for each in mine}
    return [replace(each, mine=known.get(each.meeting.pk)) for each in shown]


def meetings_at(centre: AdviceCentre) -> list[ShownMeeting]:
    """All meetings of a centre, for who plans them."""
    return _opened(ClosedMeeting.objects.filter(centre=centre))


def _opened(rows: QuerySet[ClosedMeeting]) -> list[ShownMeeting]:
    found = list(
        rows.annotate(taken=Sum("sign_ups__number", filter=Q(sign_ups__left_at__isnull=True))).order_by(
            "starts_at", "pk"
        )
    )
    opener = Opener(each.pk for each in found)
    return [ShownMeeting(each, opener.open(each.pk, each.where_sealed), each.taken or 0) for each in found]


def meeting_inside(entry: Entry, pk: UUID) -> ClosedMeeting | None:
    """One meeting of one's own relation."""
    rows = ClosedMeeting.objects.select_related("centre__incident").filter(centre=entry.centre)
    return rows.filter(pk=pk, relations__contains=[entry.verification.relation]).first()


def meeting_at(centre: AdviceCentre, pk: UUID) -> ClosedMeeting | None:
    """One meeting of a centre, for who plans it."""
    return ClosedMeeting.objects.select_related("centre__incident").filter(centre=centre, pk=pk).first()


@dataclass(frozen=True)
class Coming:
    """Who comes to a meeting: the name as it was given, and with how many."""

    person_id: UUID
    name: str
    number: int


def coming_to(meeting: ClosedMeeting) -> list[Coming]:
    """Who comes, by name, for who stands at the entrance; log the reading before showing it."""
    rows = SignUp.objects.filter(meeting=meeting, left_at__isnull=True)
    found = list(rows.select_related("verification__registration__person"))
    people = {each.pk: each.verification.registration.person for each in found}
    opener = Opener(each.pk for each in people.values())
    told = [
        Coming(people[each.pk].pk, opener.open(people[each.pk].pk, people[each.pk].name_sealed), each.number)
        for each in found
    ]
    return sorted(told, key=lambda each: each.name.casefold())


def papers_inside(verification: Verification, at: datetime) -> list[ClosedDocument]:
    """What this person may read now, the newest first."""
    rows = ClosedDocument.objects.filter(papers_visible_to(verification, at))
    return list(rows.order_by("-shown_from_at", "pk"))


def paper_inside(verification: Verification, pk: UUID, at: datetime) -> ClosedDocument | None:
    """One paper, if this person may read it now."""
    return ClosedDocument.objects.filter(papers_visible_to(verification, at), pk=pk).first()


def papers_at(centre: AdviceCentre) -> list[ClosedDocument]:
    """All papers of a centre, for who looks after them, the newest first."""
    rows = ClosedDocument.objects.filter(centre=centre).select_related("added_by", "released_by")
    found = list(rows.order_by("-added_at", "pk"))
    for each in found:
        each.centre = centre
    return found


def paper_at(centre: AdviceCentre, pk: UUID) -> ClosedDocument | None:
    """One paper of a centre, for who looks after it."""
    return ClosedDocument.objects.select_related("centre__incident").filter(centre=centre, pk=pk).first()


def bytes_of(document: ClosedDocument) -> bytes | None:
    """What is in it; None after it was withdrawn."""
    row = ClosedDocumentContent.objects.filter(document=document).first()
    return unseal_bytes(document.pk, row.bytes_sealed) if row else None


def contacts_at(centre: AdviceCentre) -> list[tuple[ContactPerson, str]]:
    """The contact persons now, with for whom they are."""
    rows = ContactPerson.objects.filter(centre=centre, ends_at__isnull=True).select_related(
        "membership__user"
    )
    return [(each, in_words(each.relations)) for each in rows.order_by("starts_at", "pk")]


def contact_at(centre: AdviceCentre, pk: UUID) -> ContactPerson | None:
    """One contact person of a centre."""
    return ContactPerson.objects.select_related("centre__incident").filter(centre=centre, pk=pk).first()


def possible_contacts(centre: AdviceCentre, at: datetime) -> QuerySet[Membership]:
    """Who may be contact person: registrars and their leaders, of who takes part in this event."""
    roles, places = (Role.IAC_REGISTRAR, Role.IAC_REGISTRAR_LEAD), centre.incident.municipalities.all()
    near = Q(team_id__in=places.values("safety_region__team_id")) | Q(organisation__municipality__in=places)
    rows = Membership.objects.current(at).filter(near | Q(is_national=True), role__in=roles)
    rows = rows.select_related("user")
    return rows.order_by("user__name", "pk")
