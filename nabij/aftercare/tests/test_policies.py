"""Who sees and does what: role and situation."""

from dataclasses import replace

import pytest

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.aftercare.factories import POLICE, WORKER, make_run, make_step, step_of
from nabij.aftercare.models import Run
from nabij.aftercare.policies import can_do, can_lead, can_start, can_work, visible_to
from nabij.audit.actor import ANONYMOUS, SYSTEM
from nabij.incidents.factories import NIGHT
from nabij.incidents.models import Incident

pytestmark = pytest.mark.django_db
STEPS = (make_step("EXP-01"), make_step("EXP-05", owner=WORKER), make_step("EXP-08", owner=POLICE))


@pytest.mark.parametrize(
    ("who", "sees", "works", "leads", "does"),
    [
        ("nadia", True, True, True, {"EXP-01", "EXP-08"}),
        ("tom", True, True, False, {"EXP-05"}),
        ("stranger", False, False, False, set()),
        ("other_team", False, False, False, set()),
        ("worker", False, False, False, set()),
        ("police", False, False, False, set()),
        ("nobody", False, False, False, set()),
        ("house", True, True, False, {"EXP-01", "EXP-05", "EXP-08"}),
        ("national", True, True, False, {"EXP-05"}),
    ],
)
def test_who_sees_a_run_and_does_which_of_its_steps(world, who, sees, works, leads, does):
    world.police = actor_for(make_membership(Role.POLICE_OFFICER))
    world.nobody, world.house = ANONYMOUS, SYSTEM
    world.national = replace(world.tom, municipality_codes=None)
    actor, run = getattr(world, who), make_run(*STEPS, incident=world.incident)
    assert Run.objects.filter(visible_to(actor, NIGHT)).exists() is sees
    assert can_work(actor, run, NIGHT) is works
    assert can_lead(actor, run, NIGHT) is leads
    assert {
        each for each in ("EXP-01", "EXP-05", "EXP-08") if can_do(actor, step_of(run, each), NIGHT)
    } == does


@pytest.mark.parametrize(
    ("who", "may"), [("nadia", True), ("tom", True), ("stranger", False), ("worker", False), ("house", True)]
)
def test_who_starts_aftercare_and_nobody_for_an_event_that_is_closed(world, who, may):
    world.house = SYSTEM
    actor = getattr(world, who)
    assert can_start(actor, world.incident, "GM9001", NIGHT) is may
    closed = Incident(pk=world.incident.pk, status="closed")
    assert can_start(actor, closed, "GM9001", NIGHT) is False
