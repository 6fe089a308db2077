"""What follows an event by itself, proofs of other parts of the house, households, and what is late."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.models import Membership
from nabij.aftercare import tasks
from nabij.aftercare.actions.chasing import tell_late
from nabij.aftercare.actions.doing import finish_step
from nabij.aftercare.actions.households import name_contact
from nabij.aftercare.actions.owning import take_step
from nabij.aftercare.actions.proving import tell_proof
from nabij.aftercare.actions.starting import follow_incident
from nabij.aftercare.factories import POLICE, WORKER, make_run, make_step, step_of
from nabij.aftercare.keeping import about_runs, old_runs, silence_runs
from nabij.aftercare.models import Evidence, HouseholdContact, RunStep, StepState
from nabij.aftercare.tests.conftest import make_world
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import NIGHT, make_incident
from nabij.incidents.models import Incident
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.kit.tests.at_once import together
from nabij.notify.models import Message
from nabij.privacy.removal import Held
from nabij.protocols.factories import make_in_force

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DUE = NIGHT + timedelta(hours=1, minutes=9)  # 04:40 in Amsterdam


def told():
    names = dict(Membership.objects.values_list("pk", "user__name"))
    rows = Message.objects.filter(template__startswith="aftercare").order_by("created_at", "template")
    return sorted((row.template.removeprefix("aftercare_"), names[row.recipient_id]) for row in rows)


def test_a_proof_made_elsewhere_does_the_first_open_step_that_asks_for_it(world):
    proof = {"proof": "door_list"}
    run = make_run(
        make_step("EXP-11", evidence=proof),
        make_step("EXP-19", evidence=proof, condition="doors_not_reached >= 1"),
        incident=world.incident,
    )  # fmt: skip
    done = tell_proof(world.incident.pk, "door_list", {"nobody": 27}, by=SYSTEM, at=NIGHT)
    assert [row.step_id for row in done] == ["EXP-11"]
    assert Evidence.objects.get().values == {"nobody": 27}
    assert step_of(run, "EXP-19").state == StepState.OPEN
    assert len(tell_proof(world.incident.pk, "door_list", {"nobody": 12}, by=world.tom, at=NIGHT)) == 1
    assert tell_proof(world.incident.pk, "door_list", {"nobody": 12}, by=SYSTEM, at=NIGHT) == []


def test_a_commission_starts_the_clock_of_the_centre_once(world):
    run = make_run(
        make_step("DIS-06", due={"start": "trigger", "offset": "PT2H"}, evidence={"proof": "commission"}),
        make_step("DIS-07", due={"start": "commission", "offset": "PT2H"}),
        incident=world.incident,
    )  # fmt: skip
    for moment in (NIGHT, NIGHT + timedelta(hours=5)):
        tell_proof(world.incident.pk, "commission", {}, by=SYSTEM, at=moment)
    assert step_of(run, "DIS-06").state == StepState.DONE
    assert step_of(run, "DIS-07").due_at == NIGHT + timedelta(hours=2)


def test_each_household_gets_one_contact_person_and_then_the_step_is_done(world):
    run = make_run(make_step("EXP-06", evidence={"proof": "household_contacts"}), incident=world.incident)
    for number in range(1, 6):
        name_contact(run, f"huishouden {number}", world.rows.nadia, by=world.nadia, at=NIGHT)
    name_contact(run, "huishouden 5", world.rows.ali, by=world.nadia, at=NIGHT)
    assert step_of(run, "EXP-06").state == StepState.OPEN
    last = name_contact(
        run, "huishouden 6", world.rows.ali, address="Kokmeeuwstraat 27", by=world.nadia, at=NIGHT
    )
    assert step_of(run, "EXP-06").state == StepState.DONE
    assert b"Kokmeeuwstraat" not in bytes(last.address_sealed)
    assert unseal(last.pk, last.address_sealed) == "Kokmeeuwstraat 27"
    assert HouseholdContact.objects.get(label="huishouden 5").contact_id == world.ali.id
    assert "Kokmeeuwstraat" not in str(list(TrailEntry.objects.values_list("facts", flat=True)))


def test_only_the_municipality_names_its_own_people(world):
    run = make_run(incident=world.incident)
    for nobody in (world.tom, world.stranger, world.worker):
        with pytest.raises(PermissionDenied):
            name_contact(run, "huishouden 1", world.rows.nadia, by=nobody, at=NIGHT)
    for other in (world.rows.tom, world.rows.stranger):
        with pytest.raises(ValidationError):
            name_contact(run, "huishouden 1", other, by=world.nadia, at=NIGHT)


def test_a_second_event_in_the_street_starts_with_the_same_contact_persons(world):
    first = make_run(incident=world.incident)
    name_contact(first, "huishouden 1", world.rows.nadia, by=world.nadia, at=NIGHT)
    name_contact(first, "huishouden 2", world.rows.ali, by=world.nadia, at=NIGHT)
    Membership.objects.filter(pk=world.ali.id).update(ends_at=NIGHT + timedelta(days=7))
    later = NIGHT + timedelta(days=24)
    second = make_run(
        make_step("EXP-25", condition="repeat"),
        incident=make_incident(at=later, happened_at=later), at=later,
    )  # fmt: skip
    carried = HouseholdContact.objects.get(run=second)
    assert (carried.label, carried.contact_id, carried.is_from_earlier) == (
        "huishouden 1",
        world.nadia.id,
        True,
    )
    assert step_of(second, "EXP-25").state == StepState.OPEN
    follow_incident(second.incident, by=SYSTEM, at=later)
    assert second.households.count() == 1


def test_an_event_elsewhere_starts_without_contact_persons(world):
    run = make_run(incident=world.incident)
    name_contact(run, "huishouden 1", world.rows.nadia, by=world.nadia, at=NIGHT)
    other = make_run(incident=make_incident(place="Dorpsstraat"))
    assert not other.households.exists()


def test_who_is_late_hears_it_once_and_the_coordinators_after_half_an_hour(world):
    make_run(make_step("EXP-04", is_urgent=True), incident=world.incident)
    assert tell_late(by=SYSTEM, at=DUE - MINUTE) == 0
    assert tell_late(by=SYSTEM, at=DUE) == 2
    assert told() == [("late", "Ali Kaya"), ("late", "Nadia Vroom")]
    assert tell_late(by=SYSTEM, at=DUE + 29 * MINUTE) == 0
    tell_late(by=SYSTEM, at=DUE + 30 * MINUTE)
    assert [each for each in told() if each[0] == "still_late"] == [
        ("still_late", "Ali Kaya"), ("still_late", "Nadia Vroom"), ("still_late", "Tom Baars"),
    ]  # fmt: skip
    assert tell_late(by=SYSTEM, at=DUE + timedelta(days=9)) == 0


def test_what_is_not_urgent_goes_to_the_coordinators_after_a_working_day(world):
    make_run(make_step("EXP-04"), incident=world.incident)
    tell_late(by=SYSTEM, at=DUE)
    monday_at_five = NIGHT.replace(day=11, hour=16, minute=0)
    assert tell_late(by=SYSTEM, at=monday_at_five - MINUTE) == 0
    assert tell_late(by=SYSTEM, at=monday_at_five) == 3


def test_several_late_steps_of_one_run_are_one_message(world):
    make_run(make_step("EXP-01"), make_step("EXP-02"), incident=world.incident)
    assert tell_late(by=SYSTEM, at=DUE) == 2


def test_a_step_that_somebody_took_is_told_to_them_alone_while_they_work_here(world):
    run = make_run(
        make_step("EXP-04"),
        make_step("EXP-05", due={"start": "trigger", "offset": "PT2H"}),
        incident=world.incident,
    )
    for step_id in ("EXP-04", "EXP-05"):
        take_step(step_of(run, step_id), by=world.ali, at=NIGHT)
    tell_late(by=SYSTEM, at=DUE)
    assert told() == [("late", "Ali Kaya")]
    Membership.objects.filter(pk=world.ali.id).update(ends_at=DUE + MINUTE)
    tell_late(by=SYSTEM, at=DUE + timedelta(hours=1))
    assert told() == [("late", "Ali Kaya"), ("late", "Nadia Vroom")]


def test_partners_that_are_not_here_are_chased_by_the_municipality_and_ours_by_our_team(world):
    make_run(make_step("EXP-08", owner=POLICE), incident=world.incident)
    make_run(make_step("EXP-13", owner=WORKER), incident=make_incident(by=world.nadia))
    tell_late(by=SYSTEM, at=DUE)
    assert told() == [("late", "Ali Kaya"), ("late", "Nadia Vroom"), ("late", "Tom Baars")]


def test_a_team_that_is_not_known_gets_no_message(world):
    make_run(make_step("EXP-13", owner=WORKER), incident=world.incident)
    region = world.incident.municipalities.get().safety_region
    region.team = None
    region.save()
    assert tell_late(by=SYSTEM, at=DUE) == 0


def test_a_household_without_a_contact_person_is_told_to_the_officers_at_the_deadline(world):
    due = {"start": "trigger", "offset": "PT4H"}
    make_run(make_step("EXP-06", due=due, evidence={"proof": "household_contacts"}), incident=world.incident)
    seven_ten = world.incident.happened_at + timedelta(hours=4)
    tell_late(by=SYSTEM, at=seven_ten - MINUTE)
    assert told() == []
    tell_late(by=SYSTEM, at=seven_ten)
    assert ("no_contact", "Nadia Vroom") in told()


def test_messages_of_an_exercise_say_that_it_is_one(world):
    make_run(make_step("EXP-04"), incident=make_incident(by=world.nadia, is_exercise=True))
    tell_late(by=SYSTEM, at=DUE)
    assert set(Message.objects.filter(template="aftercare_late").values_list("is_exercise", flat=True)) == {
        True
    }


def test_a_step_that_was_done_in_time_is_never_late(world):
    run = make_run(make_step("EXP-04", is_urgent=True), incident=world.incident)
    finish_step(step_of(run, "EXP-04"), {}, by=world.nadia, at=NIGHT)
    assert tell_late(by=SYSTEM, at=DUE) == 0


def test_what_is_new_in_an_event_follows_by_itself_and_again_is_no_harm(world, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    run = make_run(make_step("EXP-25", condition="repeat"), incident=world.incident)
    entry = TrailEntry.objects.get(verb="incident.reported", subject_id=world.incident.pk)
    for _again in range(2):
        tasks.follow_incident(entry_id=entry.pk)
    assert step_of(run, "EXP-25").state == StepState.WAITING
    RunStep.objects.update(state=StepState.OPEN, opened_at=NIGHT, start_at=NIGHT, due_at=clock.now())
    tasks.chase(0)
    tasks.chase(0)
    assert Message.objects.filter(template="aftercare_late").count() == 2


def test_without_a_protocol_in_force_nothing_starts_by_itself(world):
    follow_incident(world.incident, by=SYSTEM, at=NIGHT)
    assert not RunStep.objects.exists()


def test_an_event_that_is_closed_starts_no_aftercare_afterwards(world):
    make_in_force(world.rows.nadia.organisation, "P-EXP", by=world.nadia, at=NIGHT)
    Incident.objects.update(status="closed", closed_at=NIGHT, closed_by=world.nadia.id)
    follow_incident(Incident.objects.get(), by=SYSTEM, at=NIGHT)
    assert not RunStep.objects.exists()


def test_words_go_after_their_term_and_figures_stay(world):
    run = make_run(make_step("EXP-04"), incident=world.incident)
    name_contact(run, "huishouden 1", world.rows.nadia, address="Straat 1", by=world.nadia, at=NIGHT)
    finish_step(step_of(run, "EXP-04"), {}, by=world.nadia, at=NIGHT)
    assert not old_runs(NIGHT + timedelta(days=9)).exists()
    Incident.objects.filter(pk=world.incident.pk).update(
        status="closed", closed_at=NIGHT, closed_by=world.nadia.id
    )
    found = old_runs(NIGHT + timedelta(days=9))
    assert list(found.filter(about_runs(Held(incidents=[world.incident.pk])))) == [run]
    silence_runs(found, by=SYSTEM, at=NIGHT)
    assert step_of(run, "EXP-04").state == StepState.DONE
    assert not Evidence.objects.exists()
    assert not HouseholdContact.objects.exists()
    assert not old_runs(NIGHT + timedelta(days=9)).exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_do_the_same_step_at_once_do_it_once():
    world = make_world()
    run = make_run(incident=world.incident)
    row = step_of(run, "EXP-01")
    failed = together(
        *(lambda by=by: finish_step(row, {}, by=by, at=NIGHT) for by in (world.nadia, world.ali))
    )
    assert len(failed) == 1
    assert Evidence.objects.count() == 1
    assert TrailEntry.objects.filter(verb="aftercare.done").count() == 1


@pytest.mark.django_db(transaction=True)
def test_started_twice_at_once_it_is_one_run():
    world = make_world()
    failed = together(
        *(lambda by=by: make_run(incident=world.incident, by=by) for by in (world.nadia, world.tom))
    )
    assert failed == []
    assert RunStep.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_engines_at_once_tell_what_is_late_once():
    world = make_world()
    make_run(make_step("EXP-04"), incident=world.incident)
    assert together(*(lambda: tell_late(by=SYSTEM, at=DUE) for _each in range(2))) == []
    assert Message.objects.filter(template="aftercare_late").count() == 2


def test_a_reception_that_opens_proves_the_step_once_and_a_second_one_proves_nothing_more(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    run = make_run(*(make_step(step_id, evidence={"proof": "reception"}) for step_id in ("EXP-01", "EXP-02")))
    entries = [
        TrailEntry.objects.create(
            verb="reception.opened", at=NIGHT + number * MINUTE, actor_kind="system", subject_kind="Place",
            subject_id=run.pk, thread_id=run.incident_id, facts={},
        )
        for number in (1, 2)
    ]  # fmt: skip
    for entry in (*entries, *entries):
        tasks.follow_proof(entry.pk)
    states = dict(RunStep.objects.filter(run=run).values_list("step_id", "state"))
    assert states == {"EXP-01": StepState.DONE, "EXP-02": StepState.OPEN}
    assert step_of(run, "EXP-01").done_at == NIGHT + MINUTE


def test_a_step_that_waits_for_what_nobody_told_is_late_too(db):
    make_world()
    run = make_run(make_step("EXP-01", condition="evacuated"))
    due = step_of(run, "EXP-01").due_at
    assert step_of(run, "EXP-01").state == StepState.WAITING
    assert tell_late(by=SYSTEM, at=due - MINUTE) == 0
    assert tell_late(by=SYSTEM, at=due) > 0
    assert tell_late(by=SYSTEM, at=due) == 0
