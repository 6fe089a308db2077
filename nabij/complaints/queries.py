"""Complaints, opened for the person and for the leader who answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.complaints.models import Complaint
from nabij.complaints.policies import complaints_visible_to
from nabij.keys.sealing import Opener


@dataclass(frozen=True)
class ShownComplaint:
    """A complaint with its answer, opened."""

    complaint: Complaint
    text: str
    answer: str
    is_late: bool


def own_complaints(person_id: UUID, at: datetime) -> list[ShownComplaint]:
    """What this person complained about, the newest first."""
    rows = list(Complaint.objects.filter(case__person_id=person_id).select_related("case"))
    opener = Opener([person_id] if rows else [])
    return [_shown(each, opener, at) for each in sorted(rows, key=lambda each: each.made_at, reverse=True)]


def complaints_of(person_id: UUID) -> list[dict[str, Any]]:
    """All complaints of this person with their answers, as data to take along."""
    return [
        {
            "klacht": shown.text,
            "op": shown.complaint.made_at,
            "uitkomst": shown.complaint.get_finding_display(),
            "antwoord": shown.answer,
            "ingetrokken": shown.complaint.withdrawn_at,
        }
        for shown in own_complaints(person_id, datetime.max.replace(tzinfo=UTC))
    ]


def who_complain(among: Sequence[UUID] | None) -> list[UUID]:
    """Persons whose complaint has no answer yet, of these persons or of all; nothing of theirs may go."""
    rows = Complaint.objects.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
    if among is not None:
        rows = rows.filter(case__person_id__in=among)
    return list(rows.values_list("case__person_id", flat=True))


def open_complaints(actor: Actor, at: datetime) -> list[ShownComplaint]:
    """What this leader has to answer, by due moment; without the words of it."""
    rows = Complaint.objects.filter(
        complaints_visible_to(actor, at), answered_at__isnull=True, withdrawn_at__isnull=True
    )
    found = rows.select_related("case").order_by("due_at", "id")
    return [ShownComplaint(each, "", "", each.due_at < at) for each in found]


def complaint_for(actor: Actor, pk: UUID, at: datetime) -> ShownComplaint | None:
    """One complaint that this actor may read, opened; log the reading before showing it."""
    rows = Complaint.objects.select_related("case__team", "case__person")
    row = rows.filter(complaints_visible_to(actor, at), pk=pk).first()
    return _shown(row, Opener([row.case.person_id]), at) if row else None


def latest_case_of(person_id: UUID) -> Case | None:
    """The case that a complaint of this person is about: the newest."""
    return Case.objects.filter(person_id=person_id).order_by("-opened_at").first()


def _shown(row: Complaint, opener: Opener, at: datetime) -> ShownComplaint:
    whose = row.case.person_id
    text, answer = opener.open(whose, row.text_sealed), opener.open(whose, row.answer_sealed)
    return ShownComplaint(row, text, answer, row.is_open and row.due_at < at)
