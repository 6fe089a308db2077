"""Whether who sits on a chair may sit there: the academy decides, for each day of the duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from nabij.academy.catalogue import Task, tasks
from nabij.academy.fitness import Fitness, Proof
from nabij.academy.queries import proofs_of
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.rosters.models import Duty, Seat
from nabij.rosters.policies import visible_to

_DAY = timedelta(days=1)
_TASKS = {
    Seat.COORDINATOR: "on_call_coordinator",
    Seat.SECOND_COORDINATOR: "on_call_coordinator",
    Seat.NATIONAL: "on_call_coordinator",
    Seat.WORKER: "on_call_worker",
}


def task_code_of_seat(seat: str) -> str:
    """The code of the task that whoever sits on this chair does."""
    return _TASKS[Seat(seat)]


def task_of_seat(seat: str) -> Task:
    """What whoever sits on this chair must be able to do."""
    return tasks()[task_code_of_seat(seat)]


def days_of(starts_at: datetime, ends_at: datetime) -> list[date]:
    """The days on which a certificate is asked: the first, and each on which a further 24 hours begins.

    So a night that begins on somebody's last valid day can still be done, and a week needs all its days.
    """
    first, whole = local(starts_at).date(), (ends_at - starts_at - timedelta(microseconds=1)) // _DAY
    return [first + timedelta(days=number) for number in range(whole + 1)]


def lacking_of(proof: Proof, seat: str, starts_at: datetime, ends_at: datetime) -> Fitness | None:
    """What whoever has these proofs lacks for a duty; None when nothing."""
    task = task_of_seat(seat)
    found = (proof.fitness(task, day) for day in days_of(starts_at, ends_at))
    return next((fitness for fitness in found if not fitness.is_fit), None)


def lacks_of(duties: Iterable[Duty]) -> dict[UUID, Fitness]:
    """Of the duties whose holder lacks something, what; the same queries for one duty and for many."""
    listed = list(duties)
    proofs = proofs_of({duty.membership.user_id for duty in listed})
    found = {
        duty.pk: lacking_of(proofs[duty.membership.user_id], duty.seat, duty.starts_at, duty.ends_at)
        for duty in listed
    }
    return {pk: fitness for pk, fitness in found.items() if fitness is not None}


def lacks_at(duties: Iterable[Duty], at: datetime) -> dict[UUID, Fitness]:
    """Of the duties that run now, what their holder lacks today; what ends later breaks a later day only."""
    listed = list(duties)
    proofs = proofs_of({duty.membership.user_id for duty in listed})
    found = {
        duty.pk: proofs[duty.membership.user_id].fitness(task_of_seat(duty.seat), _duty_day(duty, at))
        for duty in listed
    }
    return {pk: fitness for pk, fitness in found.items() if not fitness.is_fit}


def _duty_day(duty: Duty, at: datetime) -> date:
    """The day on which the running 24 hours of this duty began: a night counts as its first day."""
    return local(duty.starts_at).date() + (at - duty.starts_at) // _DAY * _DAY


@dataclass(frozen=True)
class BrokenDuties:
    """Somebody's duties that they may not do as things are now, the first one first, and why not that one."""

    duties: list[Duty]
    lacking: Fitness

    @property
    def first(self) -> Duty:
        """The duty that breaks first."""
        return self.duties[0]


def broken_duties(actor: Actor, at: datetime, days: int) -> list[BrokenDuties]:
    """Of the coming days the duties that break on a certificate, per person; who breaks first comes first."""
    coming = Duty.objects.filter(
        visible_to(actor, at), ends_at__gt=at, starts_at__lt=at + timedelta(days=days)
    )
    duties = list(coming.select_related("membership__user", "team").order_by("starts_at", "pk"))
    lacks = lacks_of(duties)
    found: dict[UUID, list[Duty]] = {}
    for duty in duties:
        if duty.pk in lacks:
            found.setdefault(duty.membership_id, []).append(duty)
    return [BrokenDuties(broken, lacks[broken[0].pk]) for broken in found.values()]
