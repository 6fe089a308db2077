"""Exercises: on a clock of their own, repeatable, nothing sent, nothing counted, and all wiped."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.advice.actions import answer_question
from nabij.advice.factories import make_question
from nabij.advice.models import AdviceQuestion
from nabij.aftercare.actions.doing import finish_step
from nabij.aftercare.models import Run, RunStep, StepState
from nabij.aftercare.queries.runs import due_today
from nabij.audit.actor import SYSTEM
from nabij.cases.factories import make_case
from nabij.cases.models import Case
from nabij.drills import actions
from nabij.drills.actions import DrillData
from nabij.drills.content import scenes
from nabij.drills.models import Drill, DrillState, Practised
from nabij.drills.paper import as_paper
from nabij.drills.queries import drills_for
from nabij.drills.wiping import wipe_event
from nabij.incidents.factories import NIGHT, make_incident
from nabij.incidents.models import Incident
from nabij.kit.tests.at_once import together
from nabij.notify.factories import make_contact_point
from nabij.notify.models import Delivery, Message, State
from nabij.notify.queries import failed_count, failed_deliveries_for
from nabij.on_call.queries import open_pages_for
from nabij.paging.actions import take_step
from nabij.paging.factories import seated
from nabij.paging.models import DueMoment, Page, PageState
from nabij.people.models import ContactWish
from nabij.protocols.examples import example_for, examples

pytestmark = pytest.mark.django_db
NOW = NIGHT + timedelta(days=30)
STAYS = {"audit_trailentry", "audit_readentry", "notify_keptinside", "drills_drill", "keys_subjectkey"}

NOBODY_CAN_ANSWER = {
    "proof": "decision",
    "fields": [
        {
            "name": "answer", "label_nl": "Wat is besloten?", "kind": "choice",
            "choices": [
                {"code": "yes", "label_nl": "Ja", "not_before": "P900D"},
                {"code": "no", "label_nl": "Nee", "not_before": "P900D"},
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def nadia():
    return actor_for(make_membership(Role.DUTY_OFFICER, name="Nadia Vroom"))


def begin(by, scene="explosion", practised=Practised.PROTOCOL, **told):
    place = make_municipality()
    data = DrillData(practised, scene, place, NIGHT, **{"speed": 60, "seed": 7, **told})
    return actions.begin_drill(data, by=by, at=NOW)


def finished(by, **told):
    drill = begin(by, **told)
    actions.play_to_the_end(drill, by=by, at=NOW)
    return actions.end_drill(drill, by=by, at=NOW)


@pytest.mark.parametrize("scene", sorted(scenes()))
def test_every_protocol_is_played_from_start_to_end_and_nothing_is_sent(nadia, scene):
    drill = finished(nadia, scene=scene)
    rows = RunStep.objects.filter(run__incident=drill.incident)
    assert rows.count() >= 8
    assert not rows.filter(state=StepState.OPEN).exists()
    assert drill.sent == 0
    assert drill.report["sums"]["on_time"] > drill.report["sums"]["late"]
    assert {each["by"] for each in drill.report["steps"] if each["done"]} - {"agreed"} == {"game"}


def test_the_scenes_play_all_eight_protocols_the_variants_and_both_reasons_for_homicide():
    started = {code: example_for(each.topic, known_of(each)).code for code, each in scenes().items()}
    assert set(started.values()) == set(examples())
    assert [started[each] for each in ("missing", "sexual", "domestic")] == ["P-GEN"] * 3
    assert [started[each] for each in ("homicide", "traffic")] == ["P-HOM"] * 2


def known_of(scene):
    """What a scene says of the event, as conditions ask for it."""
    return {name: number or 0 for name, number in scene.counts.items()}


def test_the_same_number_gives_the_same_game_and_another_number_another(nadia):
    games = [finished(nadia, seed=seed).report["steps"] for seed in (7, 7, 8)]
    assert games[0] == games[1] != games[2]


def test_its_clock_runs_faster_stands_still_and_jumps(nadia):
    drill = begin(nadia)
    assert drill.clock_at(NOW + timedelta(hours=1)) == NIGHT
    drill = actions.run_clock(drill, 60, by=nadia, at=NOW)
    assert drill.clock_at(NOW + timedelta(minutes=1)) == NIGHT + timedelta(hours=1)
    assert actions.play(drill, by=nadia, at=NOW + timedelta(minutes=1)) > 0
    drill = actions.pause(drill, by=nadia, at=NOW + timedelta(minutes=2))
    assert drill.clock_at(NOW + timedelta(days=1)) == NIGHT + timedelta(hours=2)
    assert actions.jump_to_next(drill, by=nadia, at=NOW + timedelta(days=1))
    drill.refresh_from_db()
    assert drill.drill_at > NIGHT + timedelta(hours=2)
    with pytest.raises(ValidationError, match="snelheid"):
        actions.run_clock(drill, 7, by=nadia, at=NOW)


def test_steps_of_who_plays_are_left_to_them_and_the_report_says_so(nadia):
    drill = begin(nadia, played=("municipality",))
    actions.play_to_the_end(drill, by=nadia, at=NOW)
    mine = RunStep.objects.filter(
        run__incident=drill.incident, owner_org="municipality", state=StepState.OPEN
    )
    mine = mine.filter(occurrence=1, due_at__isnull=False).order_by("position")
    row = next(each for each in mine.select_related("run") if not each.step.evidence.fields)
    finish_step(row, {}, by=nadia, at=row.due_at + timedelta(minutes=30))
    drill = actions.end_drill(drill, by=nadia, at=NOW)
    line = next(each for each in drill.report["steps"] if each["id"] == row.step_id)
    assert (line["by"], line["result"], line["minutes_late"]) == ("people", "late", 30)
    assert drill.report["sums"]["open"] > 0
    assert {each["by"] for each in drill.report["steps"] if not each["done"]} <= {"", "game"}


def test_an_oproepschema_is_practised_with_made_up_answers(nadia):
    bram = make_membership(Role.ON_CALL_COORDINATOR, name="Bram Kooistra")
    make_contact_point(bram.pk, value="0600000001")
    with seated({"coordinator": [bram.pk]}):
        drill = finished(nadia, practised=Practised.PAGING)
    assert Page.objects.get().state in (PageState.ANSWERED, PageState.EXHAUSTED)
    assert (drill.sent, drill.report["kept"]) == (0, Delivery.objects.count())
    assert drill.report["calls"][0]["answer"] in ("accepted", "declined", "open")
    assert drill.report["kept"] > 0


def rows_about(incident_id):
    """Every table in which this id still stands in a column of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = 'uuid'"
        )
        columns = cursor.fetchall()
        found = set()
        for table, column in columns:
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = %s LIMIT 1', [incident_id])
            if cursor.fetchone():
                found.add(table)
    return found


def test_wiping_leaves_nothing_but_the_trail_and_the_report(nadia):
    other = make_incident()
    bram = make_membership(Role.ON_CALL_COORDINATOR)
    make_contact_point(bram.pk, value="0600000001")
    with seated({"coordinator": [bram.pk]}):
        paged = finished(nadia, practised=Practised.PAGING)
    drill = finished(nadia)
    gone = [drill.incident_id, paged.incident_id]
    drill = actions.wipe_drill(drill, by=nadia, at=NOW)
    actions.wipe_drill(paged, by=nadia, at=NOW)
    assert rows_about(gone[0]) | rows_about(gone[1]) <= STAYS
    assert not any(model.objects.exists() for model in (Run, Page, Message))
    assert list(Incident.objects.all()) == [other]
    assert (drill.state, drill.incident) == (DrillState.WIPED, None)
    assert as_paper(drill).startswith(b"%PDF")


def test_what_really_happened_is_never_wiped():
    with pytest.raises(ValueError, match="exercise"):
        wipe_event(make_incident(), at=NOW)


def test_something_real_that_hangs_on_a_drill_is_never_wiped(nadia):
    drill = finished(nadia)
    case = make_case()
    Case.objects.filter(pk=case.pk).update(incident=drill.incident)
    with pytest.raises(ValidationError, match="echt"), transaction.atomic():
        actions.wipe_drill(drill, by=nadia, at=NOW)
    assert Case.objects.get().incident == drill.incident
    drill.refresh_from_db()
    assert drill.state == DrillState.ENDED


def test_a_question_for_advice_at_a_drill_stays_in_the_house_is_counted_and_goes_with_it(nadia):
    drill = begin(nadia)
    noor = make_membership(Role.ADVICE_LINE)
    make_contact_point(nadia.id, value="0600000009")
    question = make_question(by=nadia, incident=drill.incident, at=NOW)
    answer_question(question, "Ga dezelfde dag nog langs.", by=actor_for(noor), at=NOW)
    told = Delivery.objects.filter(message__template__startswith="advice")
    assert set(told.values_list("state", flat=True)) == {State.KEPT}
    drill = actions.end_drill(drill, by=nadia, at=NOW)
    assert (drill.sent, drill.report["kept"] >= 1) == (0, True)
    actions.wipe_drill(drill, by=nadia, at=NOW)
    assert not AdviceQuestion.objects.exists()
    assert not Message.objects.exists()


def test_what_can_do_without_the_drill_stays_when_it_is_wiped(nadia):
    drill = finished(nadia)
    case = make_case()
    wish = ContactWish.objects.create(
        person=case.person, incident=drill.incident, source="door", is_urgent=False, created_at=NOW
    )
    Case.objects.filter(pk=case.pk).update(wish=wish)
    actions.wipe_drill(drill, by=nadia, at=NOW)
    assert not ContactWish.objects.filter(pk=wish.pk).exists()
    assert Case.objects.get().wish is None


def test_what_was_due_when_a_drill_ends_was_still_played(nadia):
    drill = actions.run_clock(begin(nadia), 600, by=nadia, at=NOW)
    drill = actions.end_drill(drill, by=nadia, at=NOW + timedelta(days=1))
    assert drill.report["sums"]["open"] == 0
    assert all(each["by"] != "people" for each in drill.report["steps"])


def test_a_drill_that_cannot_go_on_can_still_end(nadia):
    drill = actions.run_clock(begin(nadia), 600, by=nadia, at=NOW)
    run = Run.objects.get()
    for step in run.plan["steps"]:
        step["evidence"] = NOBODY_CAN_ANSWER
    run.save()
    with pytest.raises(ValidationError):
        actions.play(drill, by=nadia, at=NOW + timedelta(days=1))
    drill = actions.end_drill(drill, by=nadia, at=NOW + timedelta(days=1))
    assert drill.report["sums"]["open"] > 0


def test_a_drill_stands_on_no_list_of_what_really_waits(nadia):
    leader = make_membership(Role.TEAM_LEADER)
    bram = actor_for(make_membership(Role.ON_CALL_COORDINATOR))
    with seated({"coordinator": [bram.id], "second_coordinator": [], "national": []}):
        paged = begin(nadia, practised=Practised.PAGING)
        moment = DueMoment.objects.get()
        take_step(moment.pk, by=SYSTEM, at=NIGHT)
    run = begin(nadia)
    failed = Delivery.objects.get(message__about_id=paged.incident_id)
    assert (failed.state, failed.contact_point) == (State.FAILED, None)
    assert Page.objects.get().state in (PageState.OPEN, PageState.EXHAUSTED)
    assert open_pages_for(bram, NOW) == []
    assert not failed_deliveries_for(bram, NOW).exists()
    assert failed_count() == 0
    assert RunStep.objects.filter(run__incident=run.incident, state="open", due_at__lt=NOW).exists()
    assert due_today(nadia, NOW) == []
    assert due_today(actor_for(leader), NOW) == []


def test_a_running_drill_is_not_wiped_and_an_ended_one_does_not_run(nadia):
    drill = begin(nadia)
    with pytest.raises(ValidationError):
        actions.wipe_drill(drill, by=nadia, at=NOW)
    actions.end_drill(drill, by=nadia, at=NOW)
    for act in (actions.pause, actions.play, actions.jump_to_next, actions.end_drill):
        with pytest.raises(ValidationError, match="loopt niet meer"):
            act(drill, by=nadia, at=NOW)


def test_a_drill_of_another_municipality_does_not_exist(nadia):
    drill = begin(nadia)
    joost = actor_for(
        make_membership(Role.DUTY_OFFICER, municipality=make_municipality("GM9002", "Duinrand"))
    )
    leader = actor_for(make_membership(Role.TEAM_LEADER))
    for other in (joost, leader, actor_for(make_membership(Role.VOLUNTEER))):
        assert not drills_for(other, NOW).exists()
        with pytest.raises(PermissionDenied):
            actions.pause(drill, by=other, at=NOW)
    national = actor_for(make_membership(Role.TEAM_LEADER, is_national=True))
    practised = begin(national)
    assert list(drills_for(national, NOW)) == [practised]
    with pytest.raises(PermissionDenied):
        begin(joost)
    with pytest.raises(ValidationError, match="lijst"):
        begin(nadia, scene="zoiets")
    with pytest.raises(ValidationError, match="lijst"):
        begin(nadia, speed=3)


@pytest.mark.django_db(transaction=True)
def test_two_who_jump_at_the_same_moment_jump_one_after_the_other(nadia):
    drill = begin(nadia)
    jumps = [lambda: actions.jump_to_next(drill, by=nadia, at=NOW)] * 2
    assert together(*jumps) == []
    done = Drill.objects.get().acted
    assert len(done) == len(set(done))
