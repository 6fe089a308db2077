"""Reading certificates: one's own, and those of the people one guides."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from nabij.academy.catalogue import Module, Task, rules, tasks_of_role
from nabij.academy.fitness import Fitness, Proof
from nabij.academy.models import Attendance, Certificate, ConductCheck, Enrolment
from nabij.academy.policies import visible_to
from nabij.academy.queries.fitness import proofs_of
from nabij.accounts.models import Membership, User
from nabij.audit.actor import Actor
from nabij.kit.clock import local


class Standing(StrEnum):
    """How a certificate stands on a day."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def standing_on(certificate: Certificate, day: date) -> Standing:
    """Valid, expiring (within the days of the content), expired since the day before, or withdrawn."""
    if certificate.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if certificate.last_valid_on < day:
        return Standing.EXPIRED
    near = certificate.last_valid_on <= day + timedelta(days=rules().expiring_days)
    return Standing.EXPIRING if near else Standing.VALID


@dataclass(frozen=True)
class CertificateLine:
    """A certificate as a page shows it, with how it stands today and what its renewal still asks."""

    certificate: Certificate
    standing: Standing
    drills_left: int

    @property
    def course(self) -> Module | None:
        """The course of the certificate."""
        return self.certificate.course


@dataclass(frozen=True)
class TaskLine:
    """A task that somebody's role asks, and whether they may do it today."""

    task: Task
    fitness: Fitness


@dataclass(frozen=True)
class Learning:
    """One person's learning: certificates, tasks, conduct and the hours of this year."""

    user: User
    certificates: list[CertificateLine]
    tasks: list[TaskLine]
    conduct: ConductCheck | None
    hours: float
    year: int

    @property
    def next_end(self) -> date | None:
        """The first day on which one of the tasks ends, of those that may be done today."""
        ends = [line.fitness.until for line in self.tasks if line.fitness.until]
        return min(ends, default=None)

    @property
    def is_fit(self) -> bool:
        """Whether every task of the role may be done today."""
        return all(line.fitness.is_fit for line in self.tasks)


def staff_for(actor: Actor, at: datetime) -> QuerySet[User]:
    """The colleagues whose certificates this actor may see, by name."""
    return User.objects.filter(visible_to(actor, at)).order_by("name", "pk")


def learning_of(user: User, at: datetime) -> Learning:
    """All about one person's learning; ask it only of a user that came from `staff_for`."""
    return learnings_of([user], at)[0]


def learnings_of(users: list[User], at: datetime) -> list[Learning]:
    """The same for many people; the same number of queries for one and for all."""
    day, ids = local(at).date(), [user.pk for user in users]
    proofs, done, roles = proofs_of(ids), _attended(ids), _roles(ids, at)
    return [_learning(user, proofs[user.pk], done[user.pk], roles[user.pk], day) for user in users]


def _learning(user: User, proof: Proof, done: list[Enrolment], roles: list[str], day: date) -> Learning:
    asked = {task.key: task for role in roles for task in tasks_of_role(role)}
    return Learning(
        user=user,
        certificates=[_line(certificate, done, day) for certificate in _newest(proof.certificates)],
        tasks=[TaskLine(task, proof.fitness(task, day)) for task in asked.values()],
        conduct=max(proof.conduct, key=lambda check: check.seen_on, default=None),
        hours=sum(each.session.hours for each in done if local(each.session.ends_at).year == day.year),
        year=day.year,
    )


def _attended(ids: list[UUID]) -> dict[UUID, list[Enrolment]]:
    found: dict[UUID, list[Enrolment]] = {user_id: [] for user_id in ids}
    came = Enrolment.objects.filter(user_id__in=ids, attendance=Attendance.PRESENT)
    for enrolment in came.select_related("session"):
        found[enrolment.user_id].append(enrolment)
    return found


def _roles(ids: list[UUID], at: datetime) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {user_id: [] for user_id in ids}
    held = Membership.objects.current(at).filter(user_id__in=ids).order_by("starts_at", "pk")
    for user_id, role in held.values_list("user_id", "role"):
        found[user_id].append(role)
    return found


def _newest(certificates: list[Certificate]) -> list[Certificate]:
    """Of each course the certificate that lasts longest; a withdrawn one only when there is no other."""
    best: dict[str, Certificate] = {}
    for each in sorted(certificates, key=lambda one: (one.withdrawn_at is None, one.last_valid_on)):
        best[each.module] = each
    return [best[code] for code in sorted(best)]


def _line(certificate: Certificate, done: list[Enrolment], day: date) -> CertificateLine:
    left = drills_left(certificate, done) if certificate.withdrawn_at is None else 0
    return CertificateLine(certificate, standing_on(certificate, day), left)


def drills_left(certificate: Certificate, done: list[Enrolment]) -> int:
    """How many exercises the renewal of this certificate still asks, since it was given."""
    asked = certificate.course.drills if certificate.course else 0
    taken = sum(
        each.session.is_drill
        and each.session.module == certificate.module
        and local(each.session.starts_at).date() >= certificate.issued_on
        for each in done
    )
    return max(0, asked - taken)


def needed_reminders(at: datetime) -> list[tuple[Certificate, Module, int]]:
    """Certificates whose holder must hear today that they end, each with its course and the reminder's days.

    Only the newest of a course, once for each number of days; who missed a day (the worker was down) is told
    late rather than never.
    """
    day = local(at).date()
    most = max(rules().reminder_days)
    soon = (
        Certificate.objects.standing()
        .filter(last_valid_on__gte=day, last_valid_on__lte=day + timedelta(days=most))
        .filter(user__memberships__in=Membership.objects.current(at))
        .distinct()
        .prefetch_related("reminders")
        .select_related("user")
    )
    newer = _last_days([each.user_id for each in soon])
    found = []
    for certificate in soon:
        due = [
            days for days in rules().reminder_days if certificate.last_valid_on <= day + timedelta(days=days)
        ]
        told = {reminder.days_before for reminder in certificate.reminders.all()}
        is_newest = newer[certificate.user_id, certificate.module] == certificate.last_valid_on
        if due and min(due) not in told and is_newest and certificate.course:
            found.append((certificate, certificate.course, min(due)))
    return found


def _last_days(ids: list[UUID]) -> dict[tuple[UUID, str], date]:
    rows = Certificate.objects.standing().filter(user_id__in=ids).order_by("last_valid_on")
    return {
        (user, module): last for user, module, last in rows.values_list("user_id", "module", "last_valid_on")
    }


def by_need(learnings: list[Learning]) -> list[Learning]:
    """First who may not do the own work today, then who loses it soonest, then by name."""
    return sorted(learnings, key=lambda each: (each.is_fit, each.next_end or date.max, each.user.name))


def certificate_for(actor: Actor, pk: UUID, at: datetime) -> Certificate:
    """A certificate of somebody whose certificates one may see; otherwise it does not exist."""
    return get_object_or_404(Certificate, pk=pk, user__in=staff_for(actor, at))
