"""The conflict check: two sides of one event close to each other, and colleagues who know somebody.

It compares facts and never scores. What it finds is approached apart until the leader decides.
"""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.opening import write_search_keys
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, CaseHelper, CaseState, CaseTie, TaskKind
from nabij.cases.policies import can_lead
from nabij.contact.working_days import working_days_after
from nabij.households.content import UNKNOWN
from nabij.households.models import Apart, Tie
from nabij.households.queries import (
    circle_of,
    helpers_of,
    opposites_of,
    related_cases,
    running_apart,
    share_house,
    ties_of,
)
from nabij.people.models import Person
from nabij.vulnerability.actions.alerts import open_alert
from nabij.vulnerability.models import Alert


@transaction.atomic
def check_case(case: Case, *, by: Actor, at: datetime) -> None:
    """Look at a case that was opened, changed, tied or given to somebody; what was found before stays."""
    for other in opposites_of(case):
        _separate(case, other, by=by, at=at)
    for each in Case.objects.filter(person_id__in=circle_of(case.person_id)):
        _warn_of_who_knows(each, at)
    for tie in ties_of(case.person_id).filter(aparts__ended_at__isnull=True, aparts__isnull=False):
        warn_of_shared_helpers(tie, at=at)


@transaction.atomic
def compare_addresses(after: UUID | None, *, by: Actor, at: datetime, most: int = 200) -> UUID | None:
    """Mark the address of cases that were opened before addresses were compared, and look at them.

    A batch in order of identity; the last one looked at, or None when there are no more.
    """
    rows = Case.objects.select_related("person", "team").exclude(person__address_sealed=b"").order_by("pk")
    batch = list(rows.filter(pk__gt=after)[:most] if after else rows[:most])
    for case in batch:
        write_search_keys(case)
        check_case(case, by=by, at=at)
    return batch[-1].pk if batch else None


def _separate(case: Case, other: Case, *, by: Actor, at: datetime) -> None:
    """Approach two sides of one event apart until the leader decides.

    A decision that was made holds, unless it turns out afterwards that both live in one house.
    """
    pair = (case.person_id, other.person_id)
    people = {each.pk: each for each in Person.objects.select_for_update().filter(pk__in=pair).order_by("pk")}
    tie = ties_of(pair[0]).filter(Q(first_id=pair[1]) | Q(second_id=pair[1])).first()
    tie = tie or Tie(first_id=pair[0], second_id=pair[1], kind=UNKNOWN, written_at=at)
    is_news = not tie.is_same_house and share_house(case, other)
    tie.is_same_house = tie.is_same_house or is_news
    tie.save()
    held = Q(ended_at__isnull=True) | Q(is_automatic=True)
    if not is_news and Apart.objects.filter(held, tie=tie).exists():
        return
    row = running_apart(tie)
    if row is None:
        row = Apart.objects.create(tie=tie, person_id=pair[0], is_automatic=True, marked_at=at)
        trail.record("apart.marked", by=by, at=at, subject=row, thread_id=pair[0])
    row.assents.all().delete()  # a yes from before this was known counts no more
    for each in (case, other):
        warn_leader(each, tie.pk, at=at)
        kind = "same_house" if tie.is_same_house and each.capacity != "involved" else "family_conflict"
        open_alert(people[each.person_id], kind, assessment=None, by=by, at=at)


def _warn_of_who_knows(case: Case, at: datetime) -> None:
    """Tell the leader of every case whose helper knows somebody in this one."""
    knowing = set(CaseTie.objects.filter(case=case).values_list("membership_id", flat=True))
    if not knowing:
        return
    rows = CaseHelper.objects.filter(
        ~Q(case__state=CaseState.CLOSED), case__in=related_cases(case), membership_id__in=knowing,
        ends_at__isnull=True,
    )  # fmt: skip
    for row in rows.select_related("case"):
        warn_leader(row.case, row.membership_id, at=at)


def warn_of_shared_helpers(tie: Tie, *, at: datetime) -> None:
    """Tell the leader when somebody helps both of two who are approached apart."""
    if set(helpers_of({tie.first_id})) & set(helpers_of({tie.second_id})):
        ends = (tie.first_id, tie.second_id)
        for each in Case.objects.filter(~Q(state=CaseState.CLOSED), person_id__in=ends):
            warn_leader(each, tie.pk, at=at)


def warn_leader(case: Case, about_id: UUID, *, at: datetime) -> None:
    """A task for the leader of this case: a possible conflict to look at within one working day."""
    add_task(case, TaskKind.CONFLICT, working_days_after(at, 1), at=at, about_id=about_id)


@transaction.atomic
def check_alert(alert: Alert, *, by: Actor, at: datetime) -> None:
    """The suspect lives at the address: the leader looks at it; about the suspect nothing is written."""
    if alert.kind == "same_house":
        for case in Case.objects.filter(~Q(state=CaseState.CLOSED), person_id=alert.person_id):
            warn_leader(case, alert.pk, at=at)


@transaction.atomic
def settle_conflict(case: Case, about_id: UUID, *, by: Actor, at: datetime) -> None:
    """The leader looked at it; what is approached apart stays apart."""
    if not can_lead(by, case, at):
        raise PermissionDenied("Hierover besluit de teamleider.")
    finish_tasks(case, TaskKind.CONFLICT, by=by, at=at, about_id=about_id)
    trail.record("conflict.settled", by=by, at=at, subject=case, thread_id=case.person_id)
