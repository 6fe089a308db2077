"""The explosion of S01 with the example protocol: every moment that the scenario names."""

import pytest

from nabij.aftercare.actions.telling import tell_fact
from nabij.aftercare.factories import make_run, step_of
from nabij.aftercare.models import StepState
from nabij.aftercare.queries.asking import facts_to_tell, open_questions
from nabij.incidents.factories import NIGHT
from nabij.kit.clock import local
from nabij.protocols.examples import examples

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(world):
    return make_run(plan=examples()["P-EXP"], incident=world.incident)


def due(run, step_id):
    return local(step_of(run, step_id).due_at).strftime("%A %d %B %H:%M")


def test_an_explosion_gives_twenty_seven_steps_with_their_moments(run):
    assert run.steps.values("step_id").distinct().count() == 27
    assert due(run, "EXP-04") == "Sunday 10 January 04:40"
    assert due(run, "EXP-06") == "Sunday 10 January 07:10"
    assert due(run, "EXP-17") == "Sunday 10 January 21:00"
    assert due(run, "EXP-21").startswith("Monday 18 January")
    assert due(run, "EXP-22").startswith("Monday 15 February")


def test_what_is_known_of_the_event_opens_steps_and_the_rest_is_asked(world, run):
    assert step_of(run, "EXP-06").state == StepState.OPEN
    assert step_of(run, "EXP-04").state == StepState.WAITING
    assert "evacuated" in open_questions(run)
    assert "homes" not in facts_to_tell(run)
    tell_fact(run, "evacuated", True, by=world.nadia, at=NIGHT)
    assert step_of(run, "EXP-04").state == StepState.OPEN
    assert "evacuated" not in open_questions(run)


@pytest.mark.parametrize("code", examples())
def test_every_example_can_be_started(world, code):
    plan = examples()[code]
    run = make_run(plan=plan, incident=world.incident)
    assert run.steps.values("step_id").distinct().count() == len(plan.steps)
    assert run.steps_of_plan == plan
