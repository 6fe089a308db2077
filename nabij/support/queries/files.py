"""The plan, contacts and appointments of a case, opened for who may open the case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.agendas.entries import Entry
from nabij.audit.actor import Actor
from nabij.cases.models import Case, Task
from nabij.cases.policies import visible_to
from nabij.cases.presence import has
from nabij.cases.queries.files import opener_of, rule_on
from nabij.cases.queries.lists import IN_ORDER
from nabij.keys.sealing import Opener
from nabij.notify.contact_rules import next_moment, permits_way
from nabij.notify.models import Way
from nabij.support.models import (
    Appointment,
    Attempt,
    Closing,
    Contact,
    InterpreterBooking,
    PlanItem,
    Strand,
)
from nabij.support.policies import can_read_notes

LATEST_CONTACTS = 20


@dataclass(frozen=True)
class ShownItem:
    """One part of the plan, opened."""

    item: PlanItem
    text: str
    reason: str


@dataclass(frozen=True)
class ShownContact:
    """One contact; a colleague's notes stay closed until a reason is given."""

    contact: Contact
    notes: str
    is_mine: bool


def plan_of(case: Case) -> dict[Strand, list[ShownItem]]:
    """The plan per strand, opened, for who may open the case."""
    opener = opener_of(case)
    found: dict[Strand, list[ShownItem]] = {strand: [] for strand in Strand}
    for item in PlanItem.objects.filter(case=case).order_by("due_on", "id"):
        text = opener.open(case.person_id, item.text_sealed)
        reason = opener.open(case.person_id, item.reason_sealed)
        found[Strand(item.strand)].append(ShownItem(item, text, reason))
    return found


def _shown(contact: Contact, reader: Actor, at: datetime, opener: Opener) -> ShownContact:
    may = can_read_notes(reader, contact, at)
    notes = opener.open(contact.case.person_id, contact.notes_sealed) if may else ""
    return ShownContact(contact, notes, may)


def plan_item_for(actor: Actor, pk: UUID, at: datetime) -> PlanItem | None:
    """One part of a plan in a case that this actor may open."""
    mine = Case.objects.filter(visible_to(actor, at))
    return PlanItem.objects.select_related("case__person", "case__team").filter(pk=pk, case__in=mine).first()


def contact_for(actor: Actor, pk: UUID, at: datetime) -> Contact | None:
    """One finished contact in a case that this actor may open."""
    mine = Case.objects.filter(visible_to(actor, at))
    rows = Contact.objects.select_related("case__person", "case__team", "author__user")
    return rows.filter(pk=pk, case__in=mine, finished_at__isnull=False).first()


def appointment_for(actor: Actor, pk: UUID, at: datetime) -> Appointment | None:
    """One appointment in a case that this actor may open."""
    mine = Case.objects.filter(visible_to(actor, at))
    rows = Appointment.objects.select_related("case__person", "case__team")
    return rows.filter(pk=pk, case__in=mine).first()


def contacts_of(case: Case, reader: Actor, at: datetime) -> list[ShownContact]:
    """The latest contacts; notes are opened for their writer only."""
    opener = opener_of(case)
    rows = Contact.objects.filter(case=case, finished_at__isnull=False).select_related("author__user", "case")
    return [
        _shown(each, reader, at, opener) for each in rows.order_by("-happened_at", "-id")[:LATEST_CONTACTS]
    ]


def latest_of(case: Case, reader: Actor, at: datetime) -> tuple[list[ShownContact], bool]:
    """The latest contacts, and whether this reader was writing one; one query."""
    if not has(case, "contacts"):
        return [], False
    mine = Q(author_id=reader.id) if reader.id else Q(pk__in=[])
    rows = (
        Contact.objects.filter(Q(finished_at__isnull=False) | mine, case=case)
        .select_related("author__user", "case")
        .order_by("-happened_at", "-id")[: LATEST_CONTACTS + 1]
    )
    found = list(rows)
    opener = opener_of(case)
    finished = [each for each in found if each.finished_at is not None][:LATEST_CONTACTS]
    return [_shown(each, reader, at, opener) for each in finished], len(found) > len(finished)


def draft_of(case: Case, writer: Actor) -> tuple[Contact, str] | None:
    """What this helper was writing and did not finish."""
    row = Contact.objects.filter(case=case, finished_at__isnull=True, author_id=writer.id or case.pk).first()
    if row is None:
        return None
    return row, opener_of(case).open(case.person_id, row.notes_sealed)


def appointments_of(case: Case, at: datetime) -> list[Appointment]:
    """Coming appointments, in order."""
    if not has(case, "appointments"):
        return []
    rows = Appointment.objects.filter(case=case, cancelled_at__isnull=True, ends_at__gt=at)
    others = rows.select_related("membership__user", "second__user", "booking")
    return list(others.order_by("starts_at", "id"))


def entries_between(member: Membership, start: datetime, end: datetime, at: datetime) -> list[Entry]:
    """The appointments in a helper's own calendar: a time and the word appointment, and nothing else.

    Only of cases that are open to this helper now: who left a case loses its appointments too.
    """
    mine = Q(membership=member) | Q(second=member)
    open_now = Case.objects.filter(visible_to(actor_for(member), at))
    rows = Appointment.objects.filter(
        mine, case__in=open_now, cancelled_at__isnull=True, ends_at__gt=start, starts_at__lt=end
    )
    text = "Nabij: afspraak"
    return [
        Entry(row.pk, row.starts_at, row.ends_at, text)
        for row in rows.order_by("starts_at", "id")
        if row.may_take_place
    ]


def booking_of(appointment: Appointment) -> InterpreterBooking | None:
    """The interpreter that is booked for this appointment now."""
    return InterpreterBooking.objects.filter(appointment=appointment, cancelled_at__isnull=True).first()


@dataclass(frozen=True)
class Calling:
    """Whether somebody may be called now as agreed; if not, from when, or never."""

    is_agreed: bool
    from_moment: datetime | None


def calling(case: Case, at: datetime) -> Calling:
    """What the contact rule says about a call at this moment."""
    rule = rule_on(case)
    if not permits_way(rule, Way.CALL):
        return Calling(is_agreed=False, from_moment=None)
    moment = next_moment(rule, at)
    return Calling(is_agreed=moment == at, from_moment=moment)


@dataclass(frozen=True)
class ShownTask:
    """Something to do, and whether it is late."""

    task: Task
    is_late: bool


def tasks_of(case: Case, at: datetime) -> list[ShownTask]:
    """What is to be done in a case, by due moment."""
    rows = Task.objects.to_do().filter(case=case).order_by(*IN_ORDER)
    return [ShownTask(each, each.due_at < at) for each in rows]


def closing_of(case: Case) -> Closing | None:
    """Why and when a closed case was closed, and what the person thought of the help."""
    if case.is_open:
        return None
    return Closing.objects.filter(case=case, reopened_at__isnull=True).first()


def attempts_of(case: Case) -> list[Attempt]:
    """How it was tried so far."""
    return list(Attempt.objects.filter(case=case).order_by("number"))


def shown_item(item: PlanItem) -> ShownItem:
    """One part of a plan, opened."""
    opener, whose = opener_of(item.case), item.case.person_id
    return ShownItem(item, opener.open(whose, item.text_sealed), opener.open(whose, item.reason_sealed))
