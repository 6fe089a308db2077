"""Plain makers of certificates, sessions and volunteers, shared by tests and the demonstration."""

from datetime import date, datetime, timedelta

from nabij.academy.catalogue import modules, tasks, tasks_of_role
from nabij.academy.models import Certificate, ConductCheck, Enrolment, Session, Stage, Volunteer
from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.models import Membership, User
from nabij.accounts.roles import Role


def make_certificate(
    user: User, module: str, *, issued_on: date, last_valid_on: date | None = None
) -> Certificate:
    end = last_valid_on or modules()[module].last_valid_day(issued_on)
    return Certificate.objects.create(user=user, module=module, issued_on=issued_on, last_valid_on=end)


def make_certified(
    membership: Membership, *, on: date, task: str | None = None, last_valid_on: date | None = None
) -> Membership:
    """Everything that the task (or the role's tasks) asks, given the day before `on`."""
    asked = [tasks()[task]] if task else list(tasks_of_role(membership.role))
    held = set(membership.user.certificates.values_list("module", flat=True))
    for code in sorted({code for each in asked for code in each.needs} - held):
        make_certificate(membership.user, code, issued_on=on - timedelta(days=1), last_valid_on=last_valid_on)
    make_conduct(membership.user, seen_on=on - timedelta(days=1))
    return membership


def make_conduct(user: User, *, seen_on: date) -> ConductCheck:
    seer = User.objects.filter(email="vog@example.nl").first() or User.objects.create_user(
        "vog@example.nl", name="Teamleider VOG"
    )
    return ConductCheck.objects.create(user=user, profile_code="85", seen_on=seen_on, seen_by=seer)


def make_trainer(*modules_taught: str, on: date, name: str = "") -> Membership:
    trainer = make_membership(Role.TRAINER, name=name, is_national=True)
    for code in ("TRAIN", *modules_taught):
        make_certificate(trainer.user, code, issued_on=on - timedelta(days=1))
    return trainer


def make_session(
    trainer: Membership, module: str = "BASIS", *, starts_at: datetime, hours: int = 6, seats: int = 12,
    is_drill: bool = False,
) -> Session:  # fmt: skip
    return Session.objects.create(
        module=module, is_drill=is_drill, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours),
        place="Amersfoort", trainer=trainer.user, seats=seats,
    )  # fmt: skip


def make_enrolment(session: Session, user: User) -> Enrolment:
    return Enrolment.objects.create(
        session=session, user=user, enrolled_at=session.starts_at - timedelta(days=7)
    )


def make_volunteer(
    membership: Membership, stage: Stage = Stage.ACTIVE, *, since: date, **facts: object
) -> Volunteer:
    return Volunteer.objects.create(
        user=membership.user,
        team=membership.team or make_team(),
        stage=stage,
        applied_on=since,
        stage_since_on=since,
        **facts,
    )
