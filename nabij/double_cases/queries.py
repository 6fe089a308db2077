"""Who is helped, which cases are of one person, and what a leader reads of that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor
from nabij.audit.queries import entry_of
from nabij.cases.models import Case, CaseState
from nabij.cases.policies import can_open, is_named_only
from nabij.double_cases.models import Decision, DoubleCase
from nabij.double_cases.policies import can_end, can_hear
from nabij.people.models import Registration
from nabij.support.models import Appointment
from nabij.vulnerability.models import Level
from nabij.vulnerability.queries import levels_of


def has_case(person_id: UUID) -> bool:
    """Whether this person has a case, open or closed: their own words stand in it."""
    return Case.objects.filter(person_id=person_id).exists()


def open_case_of(registration: Registration) -> Case | None:
    """The open case of who registered, at the event of that registration."""
    found = Case.objects.select_related("team", "person").filter(
        ~Q(state=CaseState.CLOSED), person_id=registration.person_id, incident=registration.incident
    )
    return found.first()


def objection_of_level(folded: Registration, kept: Registration) -> str:
    """The better protected one stays, so that nobody reads more of somebody at level 3 than was agreed."""
    levels = levels_of([folded.person_id, kept.person_id])
    if levels.get(folded.person_id, Level.NONE) <= levels.get(kept.person_id, Level.NONE):
        return ""
    return _('Deze aanmelding kan niet wegvallen. Kies "Laat de andere staan".')


def preference_of_case(folded: Registration, kept: Registration) -> str:
    """Who is helped had better stay than who is not: then one place holds all."""
    if not has_case(folded.person_id) or has_case(kept.person_id):
        return ""
    return _('Deze aanmelding kan beter blijven. Kies "Laat de andere staan".')


def running(person_id: UUID) -> QuerySet[DoubleCase]:
    """The pairs of cases of this person about which nobody decided yet."""
    mine = Q(stays__person_id=person_id) | Q(folded__person_id=person_id)
    found = DoubleCase.objects.filter(mine, decision=Decision.OPEN, undone_at__isnull=True)
    return found.select_related("stays", "folded").order_by("pk")


def whose_rule(entry_id: int) -> UUID | None:
    """The person about whose contact rule a line of the trail tells."""
    entry = entry_of(entry_id)
    return entry.thread_id if entry else None


def cases_to_ask(row: DoubleCase) -> list[Case]:
    """In which cases the leader is asked: once for one team; never about somebody at level 3 elsewhere."""
    levels = levels_of([row.stays.person_id, row.folded.person_id])
    both = (row.folded, row.stays)
    told = [each for each in both if not is_named_only(levels.get(row.other_than(each.pk).person_id))]
    return told[:1] if row.stays.team_id == row.folded.team_id else told


def double_for(case: Case, actor: Actor, at: datetime, pk: UUID | None = None) -> DoubleCase | None:
    """The pair in which this case stands, if this actor hears of it."""
    found = DoubleCase.objects.filter(Q(stays=case) | Q(folded=case), undone_at__isnull=True)
    rows = found.select_related("stays__team", "folded__team").order_by("-found_at", "pk")
    for row in rows.filter(pk=pk) if pk else rows:
        if can_hear(actor, row, case, at):
            return row
    return None


@dataclass(frozen=True)
class Shown:
    """What a leader reads: the other case as far as it is open to them, and what they may decide."""

    row: DoubleCase
    case: Case
    other: Case
    is_readable: bool
    ends_this: bool
    ends_other: bool
    lapsing: int

    @property
    def is_first(self) -> bool:
        """Whether the registration of this case stayed."""
        return self.row.stays_id == self.case.pk


def shown_of(row: DoubleCase, case: Case, actor: Actor, at: datetime) -> Shown:
    """The pair as this leader reads it on the page of one of the two."""
    other = row.other_than(case.pk)
    coming = Appointment.objects.filter(case=case, cancelled_at__isnull=True, starts_at__gt=at)
    return Shown(
        row=row,
        case=case,
        other=other,
        is_readable=can_open(actor, other, at),
        ends_this=can_end(actor, row, case, at),
        ends_other=can_end(actor, row, other, at),
        lapsing=coming.count(),
    )
