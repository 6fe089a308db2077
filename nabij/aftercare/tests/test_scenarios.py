"""The explosion of S01 with the example protocol: every moment that the scenario names."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from nabij.aftercare.actions.closing import close_run
from nabij.aftercare.actions.doing import finish_step, skip_step
from nabij.aftercare.actions.starting import follow_incident
from nabij.aftercare.actions.telling import tell_fact
from nabij.aftercare.factories import make_run, step_of
from nabij.aftercare.models import Run, RunFact, StepState
from nabij.aftercare.queries.asking import facts_to_tell, open_questions
from nabij.aftercare.queries.facts import facts_of as facts_known
from nabij.audit.actor import SYSTEM
from nabij.incidents.actions import change_facts
from nabij.incidents.factories import NIGHT, make_incident
from nabij.incidents.facts import facts_of
from nabij.kit.clock import AMSTERDAM, local
from nabij.protocols.conditions import parse
from nabij.protocols.examples import example_for, examples
from nabij.protocols.factories import make_in_force

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


def test_a_municipality_with_a_protocol_in_force_starts_by_itself_and_keeps_its_version(world, as_):
    place = world.rows.nadia.organisation
    version = make_in_force(place, "P-EXP", by=world.nadia, at=NIGHT)
    for _again in range(2):
        follow_incident(world.incident, by=SYSTEM, at=NIGHT)
    run = Run.objects.get()
    assert (run.version, run.version_number, run.started_by) == (version, 1, None)
    later = NIGHT + timedelta(days=1)
    second = make_in_force(place, "P-EXP", by=world.nadia, at=later)
    follow_incident(world.incident, by=SYSTEM, at=later)
    run.refresh_from_db()
    assert run.version == version
    elsewhere = make_incident(by=world.nadia, at=later, happened_at=later, place="Dorpsstraat")
    follow_incident(elsewhere, by=SYSTEM, at=later)
    assert Run.objects.get(incident=elsewhere).version == second
    assert "versie 1" in as_(world.nadia).get(f"/werk/nazorg/{run.pk}/").content.decode()
    close_run(run, "Klaar", by=world.nadia, at=later)
    follow_incident(world.incident, by=SYSTEM, at=later)
    assert Run.objects.filter(incident=world.incident).count() == 1


@pytest.fixture
def school(world):
    morning = datetime(2027, 2, 15, 6, 50, tzinfo=AMSTERDAM)
    world.incident = make_incident(by=world.nadia, at=morning, happened_at=morning, topic="EVT-09", homes=0)
    return make_run(plan=examples()["P-SCH"], incident=world.incident, at=morning)


def test_a_death_at_school_gives_twenty_two_steps_and_three_follow_ups(school):
    assert school.steps.values("step_id").distinct().count() == 22
    rows = school.steps.filter(step_id="SCH-18").order_by("due_at")
    days = [local(row.due_at).date().isoformat() for row in rows]
    assert days == ["2027-02-22", "2027-03-01", "2027-03-15"]
    assert local(step_of(school, "SCH-21").due_at).date().isoformat() == "2028-02-15"
    watch = school.steps.filter(step_id="SCH-20").order_by("due_at").last()
    assert local(watch.due_at).date().isoformat() == "2029-02-15"


def test_the_class_and_the_letter_wait_for_the_parents_or_for_two_hours_of_trying(world, school):
    blocked = [step_of(school, each) for each in ("SCH-07", "SCH-09")]
    assert {row.state for row in blocked} == {StepState.WAITING}
    start, answer = school.started_at, {"decision": "not_reached"}
    row = step_of(school, "SCH-04")
    with pytest.raises(ValidationError):
        finish_step(row, answer, by=world.nadia, at=start + timedelta(minutes=119))
    finish_step(row, answer, by=world.nadia, at=start + timedelta(hours=2))
    for step_id in ("SCH-07", "SCH-09"):
        assert parse(step_of(school, step_id).step.condition).holds(facts_known(school)) is True
