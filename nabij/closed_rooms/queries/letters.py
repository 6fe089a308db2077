"""Messages to and from the desk, opened for who may read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from nabij.accounts.models import Membership
from nabij.audit.actor import Actor
from nabij.closed_part.models import Verification
from nabij.closed_part.policies import verifications_visible_to
from nabij.closed_rooms.models import DeskMessage, Side
from nabij.closed_rooms.policies import can_write, side_of
from nabij.incidents.models import Incident
from nabij.keys.sealing import Opener
from nabij.own_space.queries import first_name


@dataclass(frozen=True)
class ShownLetter:
    """A message as one reader sees it; the desk goes by first names."""

    message: DeskMessage
    text: str
    who: str
    is_mine: bool
    is_new: bool
    may_take_back: bool


def letters_of(verification: Verification, reader: Actor, at: datetime) -> list[ShownLetter]:
    """The conversation of one person with the desk, the oldest first; who may read it was found before."""
    rows = DeskMessage.objects.sent().filter(verification=verification).order_by("sent_at", "id")
    found, whose, side = list(rows), verification.registration.person_id, side_of(reader)
    opener, names = Opener([whose] if found else []), _names_of(found)
    may_write = can_write(reader, verification, at)
    return [
        ShownLetter(
            row,
            opener.open(whose, row.text_sealed),
            names.get(row.written_by, ""),
            is_mine=row.side == side and row.written_by == reader.id,
            is_new=row.side != side and row.read_at is None and row.withdrawn_at is None,
            may_take_back=may_write and row.written_by == reader.id and row.withdrawn_at is None,
        )
        for row in found
    ]


def _names_of(rows: list[DeskMessage]) -> dict[UUID, str]:
    staff = {row.written_by for row in rows if row.side == Side.DESK}
    members = Membership.objects.filter(pk__in=staff).select_related("user") if staff else []
    return {each.pk: first_name(each.user.name) for each in members}


def letter_of(verification: Verification, pk: UUID) -> DeskMessage | None:
    """One message of this conversation that was sent."""
    return DeskMessage.objects.sent().filter(verification=verification, pk=pk).first()


def draft_of(verification: Verification, writer: Actor) -> tuple[UUID, str] | None:
    """What this writer did not send yet, opened; nobody else reads it."""
    rows = DeskMessage.objects.filter(Q(written_by=writer.id), verification=verification, sent_at=None)
    row = rows.first()
    whose = verification.registration.person_id
    return (row.pk, Opener([whose]).open(whose, row.text_sealed)) if row else None


def unread_inside(verification: Verification) -> int:
    """How many messages of the desk this person did not see yet."""
    return DeskMessage.objects.unread().filter(verification=verification, side=Side.DESK).count()


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits for an answer of the desk: since when, until when, how many messages."""

    verification: Verification
    name: str
    number: int
    due_at: datetime
    is_late: bool


def waiting_letters(actor: Actor, incident: Incident, at: datetime) -> list[Waiting]:
    """Who waits for an answer at this incident, the most urgent first; log the reading before showing it."""
    rows = Verification.objects.filter(
        verifications_visible_to(actor, at), registration__incident=incident
    ).select_related("registration__person")
    found = _counted(Q(verification__in=rows.values("pk")))
    known = rows.in_bulk(found)
    people = [each.registration.person for each in known.values()]
    opener = Opener(each.pk for each in people)
    return [
        Waiting(
            known[pk],
            opener.open(known[pk].registration.person_id, known[pk].registration.person.name_sealed),
            number, due_at, due_at <= at,
        )
        for pk, (number, due_at) in found.items()
    ]  # fmt: skip


def _counted(which: Q) -> dict[UUID, tuple[int, datetime]]:
    """Per conversation how many messages wait, and when the first is due; the first due comes first."""
    rows = (
        DeskMessage.objects.waiting()
        .filter(which)
        .order_by()
        .values("verification_id")
        .annotate(number=Count("pk"), due=Min("due_at"))
        .order_by("due", "verification_id")
    )
    return {each["verification_id"]: (each["number"], each["due"]) for each in rows}


@dataclass(frozen=True)
class DeskWork:
    """How many conversations wait at one incident, and how many of them are late."""

    incident: Incident
    waiting: int
    late: int


def letters_at_desk(actor: Actor, at: datetime) -> list[DeskWork]:
    """Per incident what waits for this registrar, the most urgent first."""
    rows = Verification.objects.filter(verifications_visible_to(actor, at))
    found = _counted(Q(verification__in=rows.values("pk")))
    places = dict(rows.filter(pk__in=found).values_list("pk", "registration__incident_id"))
    incidents = Incident.objects.in_bulk(set(places.values()))
    work = []
    for pk, incident in incidents.items():
        dues = [due_at for each, (_number, due_at) in found.items() if places[each] == pk]
        work.append(DeskWork(incident, len(dues), sum(due_at <= at for due_at in dues)))
    return sorted(work, key=lambda each: (-each.late, -each.waiting))


def letters_to_take(person_id: UUID) -> list[dict[str, Any]]:
    """All messages and one's own drafts as data to take along; the desk by first name."""
    mine = Q(sent_at__isnull=False) | Q(side=Side.PERSON)
    found = list(
        DeskMessage.objects.filter(mine, verification__registration__person_id=person_id).order_by(
            "saved_at", "id"
        )
    )
    opener, names = Opener([person_id] if found else []), _names_of(found)
    return [
        {
            "van": names.get(row.written_by, "") if row.side == Side.DESK else "u",
            "tekst": opener.open(person_id, row.text_sealed),
            "verstuurd": row.sent_at,
            "ingetrokken": row.withdrawn_at,
        }
        for row in found
    ]
