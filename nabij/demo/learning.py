"""What the made-up staff learned: certificates, training days, and volunteers on their way."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from nabij.academy.catalogue import modules, tasks, tasks_of_role
from nabij.academy.models import Certificate, ConductCheck, Enrolment, Session, Stage, Volunteer
from nabij.accounts.models import Membership, Team, User
from nabij.demo.world import world
from nabij.kit.clock import AMSTERDAM

SPREAD = 11  # days between the certificates of one made-up worker and the next
RECENT = 30  # days ago: who has a name in the story was certified then


@transaction.atomic
def build_learning(today: date, *, anew: bool = False) -> int:
    """Certificates for the staff as of that day, unless there are some; gives how many were made.

    `anew` first forgets what was made up earlier: a story on another day needs certificates of that day.
    """
    if anew:
        for model in (Enrolment, Session, Certificate, ConductCheck, Volunteer):
            model.objects.all().delete()
    if Certificate.objects.exists():
        return 0
    facts = world()["learning"]
    staff = list(
        Membership.objects.filter(organisation__kind="victim_support")
        .select_related("user")
        .order_by("user__email")
    )
    trainer = User.objects.get(name=facts["trainer"])
    leader = User.objects.get(name=facts["leader"])
    made = Certificate.objects.bulk_create(
        certificate
        for number, member in enumerate(staff)
        for certificate in _certificates(member, _given_on(member, number, today), trainer, facts)
    )
    ConductCheck.objects.bulk_create(
        ConductCheck(
            user=member.user,
            profile_code="85",
            seen_on=today - timedelta(days=300),
            seen_by=trainer if member.user_id == leader.pk else leader,
        )
        for member in staff
    )
    _build_volunteers([member for member in staff if member.is_volunteer], today)
    _build_days(facts["day"], trainer, today)
    _build_applicant(facts["applicant"], today)
    return len(made)


def _given_on(member: Membership, number: int, today: date) -> date:
    """Who has a name in the story a month ago; the others spread over the year behind us."""
    is_made_up = member.user.email.startswith("piket")
    return today - timedelta(days=RECENT + (number * SPREAD % 320 if is_made_up else 0))


def _certificates(
    member: Membership, given_on: date, trainer: User, facts: dict[str, Any]
) -> list[Certificate]:
    asked = {code for task in tasks_of_role(member.role) for code in task.needs}
    if member.user.name.startswith(tuple(facts["reception_team"])):
        asked |= {code for task in ("reception_team", "support") for code in tasks()[task].needs}
    if member.user_id == trainer.pk:
        asked = set(modules())
    lapsed = facts["lapsed"].get(member.user.email.partition("@")[0], "")
    return [
        Certificate(
            user=member.user,
            module=code,
            issued_on=given_on,
            last_valid_on=given_on if code == lapsed else modules()[code].last_valid_day(given_on),
            issued_by=None if member.user_id == trainer.pk else trainer,
        )
        for code in sorted(asked)
    ]


def _build_volunteers(members: list[Membership], today: date) -> None:
    began = today - timedelta(days=400)
    Volunteer.objects.bulk_create(
        Volunteer(
            user=member.user,
            team_id=member.team_id,
            stage=Stage.ACTIVE,
            applied_on=began,
            stage_since_on=began,
        )
        for member in members
        if member.team_id
    )


def _build_days(days: list[dict[str, Any]], trainer: User, today: date) -> None:
    for day in days:
        starts_at = datetime.combine(today + timedelta(days=day["in_days"]), time(9, 30), tzinfo=AMSTERDAM)
        session = Session.objects.create(
            module=day["module"], is_drill=day.get("drill", False), starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=6), place=day["place"], trainer=trainer, seats=day["seats"],
        )  # fmt: skip
        Enrolment.objects.bulk_create(
            Enrolment(session=session, user=user, enrolled_at=starts_at - timedelta(days=40))
            for user in User.objects.filter(name__in=day["enrolled"])
        )


def _build_applicant(facts: dict[str, Any], today: date) -> None:
    mail = f"{facts['mail']}@example.nl"
    user = User.objects.get_or_create(email=mail, defaults={"name": facts["name"]})[0]
    Volunteer.objects.create(
        user=user, team=Team.objects.get(name=facts["team"]), applied_on=today, stage_since_on=today
    )
