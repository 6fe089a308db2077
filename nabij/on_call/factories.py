"""Plain makers of answered requests and of people on call, shared by tests and the demonstration."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_actor, make_membership, make_municipality, make_team
from nabij.accounts.models import Membership, Team
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.incidents.factories import NIGHT, make_report
from nabij.notify.factories import make_contact_point
from nabij.on_call.actions import ask_help
from nabij.on_call.models import HelpAnswer
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Seat

DAY = timedelta(days=1)
_phones = iter(range(10, 1_000_000))


def make_on_call(
    seat: Seat,
    *,
    name: str = "",
    team: Team | None = None,
    role: Role = Role.ON_CALL_COORDINATOR,
    around: datetime = NIGHT,
    is_national: bool = False,
    password: str | None = None,
) -> Membership:
    """Somebody with a duty around this moment and a phone."""
    team = None if is_national else team or make_team()
    membership = make_membership(role, name=name, team=team, is_national=is_national, password=password)
    make_duty(membership, seat, starts_at=around - 100 * DAY, hours=24 * 200)
    make_certified(membership, on=around.date(), last_valid_on=around.date() + 200 * DAY)
    make_contact_point(membership.pk, value=f"06{next(_phones):08d}")
    return membership


def make_night(around: datetime = NIGHT) -> SimpleNamespace:
    """Bram, Sofie and Bart as coordinators, Imke and Youssef as workers, Nadia who asks."""
    worker = Role.ON_CALL_WORKER
    make_municipality()
    return SimpleNamespace(
        bram=make_on_call(Seat.COORDINATOR, name="Bram Kooistra", around=around),
        sofie=make_on_call(Seat.SECOND_COORDINATOR, name="Sofie Akkerman", around=around),
        bart=make_on_call(Seat.NATIONAL, name="Bart Nijhof", around=around, is_national=True),
        imke=make_on_call(Seat.WORKER, name="Imke Tol", role=worker, around=around),
        youssef=make_on_call(Seat.WORKER, name="Youssef Amrani", role=worker, around=around),
        nadia=make_actor(Role.DUTY_OFFICER, name="Nadia Vroom"),
    )


def make_answer(*, by: Actor | None = None, at: datetime = NIGHT, **fields: Any) -> HelpAnswer:
    by = by or make_actor(Role.DUTY_OFFICER)
    return ask_help(make_report(**fields), by=by, at=at)


def make_ask(answer: HelpAnswer, at: datetime = NIGHT) -> Ask:
    """The first ask of the page of this answer, as the engine makes it."""
    take_due_steps(at)
    return Ask.objects.select_related("page", "membership").filter(page=answer.page).order_by("asked_at")[0]
