"""The explosion of S01 with the example protocol: every moment that the scenario names."""

from dataclasses import replace

import pytest

from nabij.aftercare.actions.doing import skip_step
from nabij.aftercare.actions.telling import tell_fact
from nabij.aftercare.factories import make_run, step_of
from nabij.aftercare.models import Run, RunFact, StepState
from nabij.aftercare.queries.asking import facts_to_tell, open_questions
from nabij.incidents.actions import change_facts
from nabij.incidents.factories import NIGHT
from nabij.incidents.facts import facts_of
from nabij.kit.clock import local
from nabij.protocols.examples import example_for, examples

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


def test_a_step_that_repeats_stands_on_the_board_once_with_how_often_it_still_comes(world, as_, run):
    tell_fact(run, "repairs_open", True, by=world.nadia, at=NIGHT)
    repeats = run.steps.filter(step_id="EXP-23").count()
    text = as_(world.nadia).get(f"/werk/nazorg/{run.pk}/").content.decode()
    assert f"daarna nog {repeats - 1} keer" in text


def test_without_a_protocol_of_ones_own_the_officer_starts_the_example(world, as_):
    client = as_(world.nadia)
    room = client.get(f"/werk/gebeurtenissen/{world.incident.pk}/").content.decode()
    assert "Er loopt hier nog geen nazorg." in room
    address = f"/werk/nazorg/gebeurtenis/{world.incident.pk}/starten/"
    assert address in room
    text = client.get(address).content.decode()
    assert "Nazorg na een explosie" in text
    assert "Een voorbeeld" in text
    assert client.post(address, {"gemeente": "GM9002"}).status_code == 404
    where = client.post(address, {"gemeente": "GM9001"}).url
    run = Run.objects.get()
    assert (where, run.code, run.version_number) == (f"/werk/nazorg/{run.pk}/nu/", "P-EXP", None)
    assert as_(world.stranger).get(address).status_code == 404


def test_another_kind_of_event_is_offered_another_protocol(world, as_, run):
    client, address = as_(world.nadia), f"/werk/nazorg/{run.pk}/"
    assert "Er past nu een ander protocol" not in client.get(address).content.decode()
    assert "Dit protocol loopt al." in client.post(f"{address}overstappen/", follow=True).content.decode()
    tell_fact(run, "evacuated", True, by=world.nadia, at=NIGHT)
    skip_step(step_of(run, "EXP-07"), "Nog geen pers", by=world.nadia, at=NIGHT)
    change_facts(world.incident, replace(facts_of(world.incident), topic="EVT-01"), by=world.nadia, at=NIGHT)
    assert "Er past nu een ander protocol" in client.get(address).content.decode()
    text = client.post(f"{address}overstappen/", follow=True).content.decode()
    assert "Wat klaar is, blijft staan" in text
    new = Run.objects.get(closed_at__isnull=True)
    assert new.code == example_for("EVT-01", {}).code
    assert RunFact.objects.get(run=new, name="evacuated").value is True
