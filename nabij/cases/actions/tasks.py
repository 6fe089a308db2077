"""Tasks of a case: made, finished, dropped; the case always knows what is due first."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Min

from nabij.audit.actor import Actor
from nabij.cases.models import LEADERS, Case, Task, TaskKind
from nabij.cases.policies import can_help


def add_task(
    case: Case, kind: TaskKind, due_at: datetime, *, at: datetime, about_id: UUID | None = None
) -> Task:
    """Something to do in this case; the same thing stands there once, by its first moment."""
    task, _ = Task.objects.to_do().get_or_create(
        case=case,
        kind=kind,
        about_id=about_id,
        defaults={"due_at": due_at, "made_at": at, "is_for_leader": kind in LEADERS},
    )
    settle(case)
    return task


def new_task(
    case: Case, kind: TaskKind, due_at: datetime, at: datetime, about_id: UUID | None = None
) -> Task:
    """Something to do in a case, not written yet."""
    return Task(
        case=case, kind=kind, due_at=due_at, about_id=about_id, made_at=at, is_for_leader=kind in LEADERS
    )  # fmt: skip


def finish_tasks(case: Case, *kinds: TaskKind, by: Actor, at: datetime, about_id: UUID | None = None) -> int:
    """These things are done; how many there were."""
    rows = Task.objects.to_do().filter(case=case, kind__in=kinds)
    if about_id is not None:
        rows = rows.filter(about_id=about_id)
    number = rows.update(done_at=at, done_by=by.id)
    settle(case)
    return number


def drop_tasks(case: Case, *, at: datetime) -> None:
    """Nothing needs to be done any more."""
    Task.objects.to_do().filter(case=case).update(dropped_at=at)
    settle(case)


def settle(case: Case) -> None:
    """Write on the case when something is due first."""
    first = Task.objects.to_do().filter(case=case).aggregate(first=Min("due_at"))["first"]
    if case.next_due_at != first:
        case.next_due_at = first
        Case.objects.filter(pk=case.pk).update(next_due_at=first)


@transaction.atomic
def finish_task(case: Case, task_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Tick off something that needs no page of its own; False when it was done or gone already."""
    if not can_help(by, case, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    number = case.tasks.filter(pk=task_id, done_at__isnull=True, dropped_at__isnull=True).update(
        done_at=at, done_by=by.id
    )
    settle(case)
    return bool(number)
