from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_municipality
from nabij.aftercare.actions.closing import close_run
from nabij.aftercare.actions.doing import AlreadySettled, finish_step, reopen_step, set_start, skip_step
from nabij.aftercare.actions.owning import hand_step, hand_to_partner, take_step
from nabij.aftercare.actions.starting import change_protocol, follow_incident, start_run
from nabij.aftercare.actions.telling import tell_fact
from nabij.aftercare.factories import POLICE, WORKER, make_plan, make_run, make_step, step_of
from nabij.aftercare.models import Evidence, Run, RunStep, StepState
from nabij.aftercare.queries.choosing import Chosen
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents.actions import change_facts
from nabij.incidents.factories import NIGHT, make_incident
from nabij.incidents.facts import facts_of
from nabij.kit.clock import local

pytestmark = pytest.mark.django_db
NUMBERS = {"proof": "record", "fields": [{"name": "doors", "label_nl": "Hoeveel deuren?", "kind": "number"}]}
DECISION = {
    "proof": "decision",
    "fields": [
        {
            "name": "answer", "label_nl": "Wat spraken jullie af?", "kind": "choice",
            "choices": [
                {"code": "text_approved", "label_nl": "Tekst goed"},
                {"code": "cause_not_named", "label_nl": "Oorzaak niet noemen"},
                {"code": "not_reached", "label_nl": "Niet bereikt", "not_before": "PT2H"},
            ],
        }
    ],
}  # fmt: skip
SCHOOL = (
    make_step("SCH-04", evidence=DECISION),
    make_step("SCH-07", condition="decision:SCH-04 in text_approved|not_reached"),
    make_step(
        "SCH-09", condition="decision:SCH-04 in text_approved|not_reached", due={"start": "step:SCH-07"}
    ),
)


def state(run, step_id, occurrence=1):
    return step_of(run, step_id, occurrence).state


def said(moment):
    return local(moment).strftime("%Y-%m-%d %H:%M")


def test_a_run_has_every_step_with_its_moment_counted_from_the_event(world):
    run = make_run(
        make_step("EXP-04"),
        make_step("EXP-17", due={"start": "trigger", "offset": "PT24H", "window": "08:00-21:00"}),
        make_step("EXP-21", due={"start": "trigger", "offset": "P7D", "also": ["P14D"], "on": "working_day"}),
        make_step("EXP-05", due={"start": "step:EXP-04"}),
        incident=world.incident,
    )
    dated = run.steps.filter(due_at__isnull=False).order_by("position", "occurrence")
    assert [said(row.due_at) for row in dated] == [
        "2027-01-10 04:40", "2027-01-10 21:00", "2027-01-18 03:10", "2027-01-25 03:10",
    ]  # fmt: skip
    assert state(run, "EXP-05") == StepState.WAITING
    assert TrailEntry.objects.filter(verb="aftercare.started", thread_id=world.incident.pk).count() == 1


def test_started_twice_it_is_the_run_that_is_already_open(world):
    run = make_run(incident=world.incident, by=world.nadia)
    assert make_run(incident=world.incident, by=world.ali) == run
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(
            incident=run.incident, municipality=run.municipality, code=run.code, plan=run.plan,
            trigger_at=NIGHT, started_at=NIGHT,
        )  # fmt: skip


def test_who_may_start_and_where(world):
    place, chosen = world.incident.municipalities.get(), Chosen(make_plan())
    for nobody in (world.stranger, world.worker, world.other_team):
        with pytest.raises(PermissionDenied):
            start_run(world.incident, place, chosen, by=nobody, at=NIGHT)
    with pytest.raises(ValidationError):
        start_run(world.incident, make_municipality("GM9002"), chosen, by=SYSTEM, at=NIGHT)
    assert start_run(world.incident, place, chosen, by=world.tom, at=NIGHT).started_by == world.tom.id


def test_a_step_opens_only_when_its_condition_is_told_to_be_so(world):
    run = make_run(
        make_step("EXP-11", condition="scene_open"), make_step("EXP-12", condition="not scene_open"),
        incident=world.incident,
    )  # fmt: skip
    assert state(run, "EXP-11") == StepState.WAITING
    with pytest.raises(ValidationError, match="kan nog niet"):
        finish_step(step_of(run, "EXP-11"), {}, by=world.nadia, at=NIGHT)
    tell_fact(run, "scene_open", True, by=world.tom, at=NIGHT)
    assert (state(run, "EXP-11"), state(run, "EXP-12")) == (StepState.OPEN, StepState.DROPPED)
    tell_fact(run, "scene_open", False, by=world.nadia, at=NIGHT)
    assert (state(run, "EXP-11"), state(run, "EXP-12")) == (StepState.DROPPED, StepState.OPEN)
    with pytest.raises(ValidationError):
        tell_fact(run, "homes", 3, by=world.nadia, at=NIGHT)
    with pytest.raises(PermissionDenied):
        tell_fact(run, "scene_open", True, by=world.stranger, at=NIGHT)


def test_facts_of_the_event_count_again_when_they_change(world):
    run = make_run(make_step("EXP-20", condition="children >= 8"), incident=world.incident)
    assert state(run, "EXP-20") == StepState.DROPPED
    more = facts_of(world.incident)
    change_facts(world.incident, type(more)(**(vars(more) | {"children": 9})), by=world.nadia, at=NIGHT)
    follow_incident(world.incident, by=SYSTEM, at=NIGHT)
    assert state(run, "EXP-20") == StepState.OPEN


def test_an_event_that_happened_earlier_than_was_said_moves_what_is_still_to_be_done(world):
    run = make_run(make_step("EXP-01"), make_step("EXP-04"), incident=world.incident)
    finish_step(step_of(run, "EXP-01"), {}, by=world.nadia, at=NIGHT)
    kept = step_of(run, "EXP-01").due_at
    known = facts_of(world.incident)
    earlier = world.incident.happened_at - timedelta(hours=1)
    change_facts(
        world.incident, type(known)(**(vars(known) | {"happened_at": earlier})), by=world.nadia, at=NIGHT
    )
    follow_incident(world.incident, by=SYSTEM, at=NIGHT)
    assert said(step_of(run, "EXP-04").due_at) == "2027-01-10 03:40"
    assert step_of(run, "EXP-01").due_at == kept


def test_a_step_after_another_counts_from_when_that_one_was_done_also_when_it_stands_further_down(world):
    run = make_run(
        make_step("EXP-03", due={"start": "step:EXP-02", "offset": "PT15M"}), make_step("EXP-02"),
        incident=world.incident,
    )  # fmt: skip
    finish_step(step_of(run, "EXP-02"), {}, by=world.nadia, at=NIGHT)
    assert step_of(run, "EXP-03").due_at == NIGHT + timedelta(minutes=15)


def test_what_follows_a_step_that_is_not_needed_is_not_needed(world):
    run = make_run(
        make_step("EXP-03", due={"start": "step:EXP-02"}), make_step("EXP-02", condition="children >= 99"),
        incident=world.incident,
    )  # fmt: skip
    assert state(run, "EXP-03") == StepState.DROPPED


def test_the_parents_decide_what_the_school_may_tell(world):
    run = make_run(*SCHOOL, plan=None, incident=world.incident)
    assert {state(run, each) for each in ("SCH-07", "SCH-09")} == {StepState.WAITING}
    with pytest.raises(ValidationError) as early:
        finish_step(
            step_of(run, "SCH-04"),
            {"answer": "not_reached"},
            by=world.nadia,
            at=NIGHT + timedelta(hours=1, minutes=59),
        )
    assert early.value.message_dict == {"answer": ["Dit kan nu nog niet. Probeer het eerst nog."]}
    finish_step(
        step_of(run, "SCH-04"), {"answer": "not_reached"}, by=world.nadia, at=NIGHT + timedelta(hours=2)
    )
    assert state(run, "SCH-07") == StepState.OPEN


def test_parents_who_refuse_that_the_cause_is_told_close_the_way_to_the_class(world):
    run = make_run(*SCHOOL, incident=world.incident)
    finish_step(step_of(run, "SCH-04"), {"answer": "cause_not_named"}, by=world.nadia, at=NIGHT)
    assert {state(run, each) for each in ("SCH-07", "SCH-09")} == {StepState.DROPPED}
    reopen_step(step_of(run, "SCH-04"), by=world.nadia, at=NIGHT)
    assert state(run, "SCH-07") == StepState.WAITING
    finish_step(step_of(run, "SCH-04"), {"answer": "text_approved"}, by=world.nadia, at=NIGHT)
    assert state(run, "SCH-07") == StepState.OPEN


def test_proof_that_is_missing_or_of_another_kind_is_said_beside_its_field(world):
    run = make_run(make_step("EXP-11", evidence=NUMBERS), incident=world.incident)
    for given in ({}, {"doors": -1}, {"doors": "veel"}, {"doors": True}):
        with pytest.raises(ValidationError) as wrong:
            finish_step(step_of(run, "EXP-11"), given, by=world.nadia, at=NIGHT)
        assert list(wrong.value.message_dict) == ["doors"]
    finish_step(step_of(run, "EXP-11"), {"doors": 84, "unasked": "x"}, by=world.nadia, at=NIGHT)
    assert Evidence.objects.get().values == {"doors": 84}


def test_who_does_which_step(world):
    run = make_run(
        make_step("EXP-01"), make_step("EXP-05", owner=WORKER), make_step("EXP-08", owner=POLICE),
        incident=world.incident,
    )  # fmt: skip
    for step_id, nobody in (
        ("EXP-01", world.tom), ("EXP-05", world.nadia), ("EXP-08", world.tom), ("EXP-01", world.stranger),
        ("EXP-01", world.worker),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            finish_step(step_of(run, step_id), {}, by=nobody, at=NIGHT)
        with pytest.raises(PermissionDenied):
            reopen_step(step_of(run, step_id), by=nobody, at=NIGHT)
        with pytest.raises(PermissionDenied):
            take_step(step_of(run, step_id), by=nobody, at=NIGHT)
    finish_step(step_of(run, "EXP-01"), {}, by=world.nadia, at=NIGHT)
    finish_step(step_of(run, "EXP-05"), {}, by=world.tom, at=NIGHT)
    finish_step(step_of(run, "EXP-08"), {}, by=world.ali, at=NIGHT)
    assert run.steps.filter(state=StepState.DONE).count() == 3


def test_a_step_is_done_once_and_the_second_hears_that_a_colleague_was_first(world):
    run = make_run(incident=world.incident)
    row = step_of(run, "EXP-01")
    finish_step(row, {}, by=world.nadia, at=NIGHT)
    with pytest.raises(AlreadySettled):
        finish_step(row, {}, by=world.ali, at=NIGHT)
    with pytest.raises(AlreadySettled):
        skip_step(row, "te laat", by=world.ali, at=NIGHT)
    assert step_of(run, "EXP-01").done_by == world.nadia.id


def test_a_step_is_skipped_only_with_a_reason_and_what_follows_goes_on(world):
    run = make_run(
        make_step("EXP-09"), make_step("EXP-10", due={"start": "step:EXP-09", "offset": "PT1H"}),
        make_step("EXP-25", skip_needs_reason=False), make_step("EXP-26", condition="children >= 99"),
        incident=world.incident,
    )  # fmt: skip
    with pytest.raises(ValidationError) as missing:
        skip_step(step_of(run, "EXP-09"), "  ", by=world.nadia, at=NIGHT)
    assert list(missing.value.message_dict) == ["reason"]
    skip_step(step_of(run, "EXP-09"), "De straat is leeg", by=world.nadia, at=NIGHT)
    skip_step(step_of(run, "EXP-25"), "", by=world.nadia, at=NIGHT)
    assert state(run, "EXP-10") == StepState.OPEN
    with pytest.raises(ValidationError, match="niet nodig"):
        skip_step(step_of(run, "EXP-26"), "x", by=world.nadia, at=NIGHT)
    reopen_step(step_of(run, "EXP-09"), by=world.nadia, at=NIGHT)
    again = step_of(run, "EXP-10")
    assert (again.state, again.due_at, step_of(run, "EXP-09").reason) == (StepState.WAITING, None, "")


def test_a_step_that_stands_open_stays_as_it_is_when_it_is_opened_again(world):
    run = make_run(incident=world.incident)
    assert reopen_step(step_of(run, "EXP-01"), by=world.nadia, at=NIGHT).state == StepState.OPEN


def test_before_its_first_sensible_moment_a_step_is_refused(world):
    run = make_run(
        make_step("HOM-23", due={"start": "trigger", "offset": "P7M", "not_before": "P6M"}),
        incident=world.incident,
    )
    with pytest.raises(ValidationError, match="te vroeg"):
        finish_step(step_of(run, "HOM-23"), {}, by=world.nadia, at=NIGHT)
    later = NIGHT + timedelta(days=200)
    assert finish_step(step_of(run, "HOM-23"), {}, by=world.nadia, at=later).state == StepState.DONE


def test_somebody_sets_the_day_or_says_that_it_happened(world):
    run = make_run(
        make_step("EXP-18", due={"start": "decision"}),
        make_step("HOM-09", due={"start": "told", "offset": "P1D"}),
        make_step("DIS-06", due={"start": "commission"}),
        make_step("DIS-07", due={"start": "commission", "offset": "PT2H"}), make_step("EXP-01"),
        incident=world.incident,
    )  # fmt: skip
    thursday = datetime(2027, 1, 14, 18, 30, tzinfo=NIGHT.tzinfo)
    set_start(step_of(run, "EXP-18"), thursday, by=world.nadia, at=NIGHT)
    set_start(step_of(run, "HOM-09"), NIGHT, by=world.nadia, at=NIGHT)
    set_start(step_of(run, "DIS-06"), NIGHT, by=world.nadia, at=NIGHT)
    assert step_of(run, "EXP-18").due_at == thursday
    assert step_of(run, "HOM-09").due_at == NIGHT + timedelta(days=1)
    assert step_of(run, "DIS-07").due_at == NIGHT + timedelta(hours=2)
    with pytest.raises(ValidationError):
        set_start(step_of(run, "EXP-01"), NIGHT, by=world.nadia, at=NIGHT)


def test_a_day_that_is_set_later_moves_the_repeats_and_leaves_what_was_done(world):
    due = {"start": "told", "offset": "P1D", "also": ["P2D", "P3D"]}
    run = make_run(make_step("EXP-26", due=due), incident=world.incident)
    assert run.steps.count() == 1
    set_start(step_of(run, "EXP-26"), NIGHT, by=world.nadia, at=NIGHT)
    assert run.steps.count() == 3
    finish_step(step_of(run, "EXP-26"), {}, by=world.nadia, at=NIGHT)
    set_start(step_of(run, "EXP-26", 2), NIGHT + timedelta(days=7), by=world.nadia, at=NIGHT)
    assert step_of(run, "EXP-26").due_at == NIGHT + timedelta(days=1)
    assert step_of(run, "EXP-26", 2).due_at == NIGHT + timedelta(days=9)


def test_what_always_stands_ready_is_not_a_thing_to_do(world):
    run = make_run(make_step("ROB-00", due={"start": "standing"}, phase="standing"), incident=world.incident)
    assert state(run, "ROB-00") == StepState.DONE
    assert step_of(run, "ROB-00").due_at is None


def test_steps_are_taken_and_handed_over(world):
    run = make_run(make_step("EXP-01"), incident=world.incident)
    row = step_of(run, "EXP-01")
    assert take_step(row, by=world.nadia, at=NIGHT).owner_id == world.nadia.id
    assert hand_step(row, world.rows.ali, by=world.nadia, at=NIGHT).owner_id == world.ali.id
    with pytest.raises(ValidationError):
        hand_step(row, world.rows.tom, by=world.nadia, at=NIGHT)
    with pytest.raises(ValidationError):
        hand_to_partner(row, "somebody", by=world.nadia, at=NIGHT)
    handed = hand_to_partner(row, "victim_support", by=world.nadia, at=NIGHT)
    assert (handed.owner_org, handed.owner_id) == ("victim_support", None)
    with pytest.raises(PermissionDenied):
        finish_step(row, {}, by=world.nadia, at=NIGHT)
    finish_step(row, {}, by=world.tom, at=NIGHT)
    with pytest.raises(ValidationError, match="al klaar"):
        take_step(row, by=world.tom, at=NIGHT)


def test_aftercare_ends_when_nothing_is_left_or_with_a_reason(world):
    run = make_run(incident=world.incident)
    with pytest.raises(PermissionDenied):
        close_run(run, by=world.tom, at=NIGHT)
    with pytest.raises(ValidationError) as missing:
        close_run(run, by=world.nadia, at=NIGHT)
    assert list(missing.value.message_dict) == ["reason"]
    finish_step(step_of(run, "EXP-01"), {}, by=world.nadia, at=NIGHT)
    assert not close_run(run, by=world.nadia, at=NIGHT).is_open
    assert close_run(run, by=world.nadia, at=NIGHT + timedelta(days=1)).closed_at == NIGHT
    with pytest.raises(PermissionDenied):
        reopen_step(step_of(run, "EXP-01"), by=world.nadia, at=NIGHT)
    other = make_run(incident=make_incident(by=world.nadia))
    assert close_run(other, "Alles ging anders", by=world.nadia, at=NIGHT).close_reason == "Alles ging anders"


def test_midway_another_protocol_takes_over_and_what_was_done_stays(world):
    run = make_run(make_step("EXP-01"), make_step("EXP-11", condition="scene_open"), incident=world.incident)
    tell_fact(run, "scene_open", True, by=world.nadia, at=NIGHT)
    finish_step(step_of(run, "EXP-01"), {}, by=world.nadia, at=NIGHT)
    homicide = Chosen(make_plan(make_step("HOM-01", condition="scene_open"), code="P-HOM"))
    with pytest.raises(PermissionDenied):
        change_protocol(run, homicide, by=world.tom, at=NIGHT)
    with pytest.raises(ValidationError):
        change_protocol(run, Chosen(make_plan()), by=world.nadia, at=NIGHT)
    new = change_protocol(run, homicide, by=world.nadia, at=NIGHT)
    run.refresh_from_db()
    assert (run.replaced_by, run.closed_at) == (new, NIGHT)
    assert RunStep.objects.get(run=run, step_id="EXP-01").state == StepState.DONE
    assert state(new, "HOM-01") == StepState.OPEN


def test_a_step_after_one_that_the_municipality_switched_off_counts_from_the_event(world):
    run = make_run(
        make_step("EXP-10", due={"start": "step:EXP-09", "offset": "PT1H"}), incident=world.incident
    )
    assert step_of(run, "EXP-10").due_at == world.incident.happened_at + timedelta(hours=1)


def test_a_day_that_moves_may_leave_fewer_moments(world):
    due = {"start": "told", "offset": "PT20H", "also": ["PT22H"], "window": "08:00-21:00"}
    run = make_run(make_step("EXP-26", due=due), incident=world.incident)
    noon = NIGHT.replace(hour=11)
    set_start(step_of(run, "EXP-26"), noon, by=world.nadia, at=NIGHT)
    assert run.steps.count() == 2
    set_start(step_of(run, "EXP-26"), NIGHT, by=world.nadia, at=NIGHT)
    assert [said(row.due_at) for row in run.steps.all()] == ["2027-01-10 21:00"]
    set_start(step_of(run, "EXP-26"), noon, by=world.nadia, at=NIGHT)
    finish_step(step_of(run, "EXP-26", 2), {}, by=world.nadia, at=NIGHT)
    set_start(step_of(run, "EXP-26"), NIGHT, by=world.nadia, at=NIGHT)
    assert run.steps.count() == 2


def test_a_repeat_that_was_done_out_of_order_stays_when_what_it_follows_is_taken_back_and_done_again(world):
    run = make_run(
        make_step("EXP-01"),
        make_step("EXP-02", due={"start": "step:EXP-01", "offset": "P1D", "every": "P1D", "until": "P5D"}),
    )
    first = finish_step(step_of(run, "EXP-01"), {}, by=world.nadia, at=NIGHT)
    finish_step(step_of(run, "EXP-02", 3), {}, by=world.nadia, at=NIGHT + timedelta(days=3))
    reopen_step(first, by=world.nadia, at=NIGHT + timedelta(days=3))
    assert [row.occurrence for row in run.steps.filter(step_id="EXP-02").order_by("occurrence")] == [1, 3]
    again = NIGHT + timedelta(hours=1)
    finish_step(step_of(run, "EXP-01"), {}, by=world.nadia, at=again)
    rows = list(run.steps.filter(step_id="EXP-02").order_by("occurrence"))
    assert [(row.occurrence, row.state) for row in rows] == [
        (1, "open"), (2, "open"), (3, "done"), (4, "open"), (5, "open"),
    ]  # fmt: skip
    assert [row.due_at for row in rows if row.state == "open"] == [
        again + timedelta(days=days) for days in (1, 2, 4, 5)
    ]


@pytest.mark.parametrize("far", [timedelta(days=4000), timedelta(days=-4000)])
def test_a_day_much_too_far_away_is_not_set(world, far):
    run = make_run(make_step("EXP-18", due={"start": "decision", "offset": "P1M"}))
    with pytest.raises(ValidationError, match="te ver weg"):
        set_start(step_of(run, "EXP-18"), NIGHT + far, by=world.nadia, at=NIGHT)
    assert step_of(run, "EXP-18").start_at is None
