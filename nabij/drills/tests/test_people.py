"""Made-up people ring in, open their doors, register and stay silent; the same number, the same story."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.aftercare.models import RunStep, StepState
from nabij.audit.models import TrailEntry
from nabij.centres.factories import make_live_centre
from nabij.desk.models import Need
from nabij.doors.models import Door, Outcome, Pair, Round, StreetAsk
from nabij.drills import actions
from nabij.drills.content import behaviour
from nabij.drills.paper import as_paper
from nabij.drills.people import content, walking
from nabij.drills.tests.test_drills import NOW, STAYS, begin
from nabij.drills.words import people_in_words
from nabij.incidents.factories import NIGHT
from nabij.incidents.models import HelpRequest
from nabij.keys.models import SubjectKey
from nabij.notify.factories import make_contact_point
from nabij.notify.models import Delivery, State
from nabij.on_call.models import HelpAnswer
from nabij.on_call.queries.answers import unverified_pages_since
from nabij.paging.factories import seated
from nabij.paging.models import Ask
from nabij.people.models import Person, Registration

pytestmark = pytest.mark.django_db
JOBS = {"procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers"}


@pytest.fixture
def nadia():
    return actor_for(make_membership(Role.DUTY_OFFICER, name="Nadia Vroom"))


@pytest.fixture
def bram():
    found = make_membership(Role.ON_CALL_COORDINATOR, name="Bram Kooistra", email="bram@example.nl")
    make_contact_point(found.pk, value="0600000001")
    return found


@pytest.fixture
def walkers():
    """Two of victim support who may go, and two of the municipality."""
    for name in ("Imke Tol", "Youssef Amrani"):
        worker = make_membership(Role.VOLUNTEER, name=name)
        make_certified(
            worker, task="support", on=NIGHT.date(), last_valid_on=NIGHT.date() + timedelta(days=200)
        )
    for name in ("Jip", "Mo"):
        make_membership(Role.DUTY_OFFICER, name=name)


@pytest.fixture
def behave(monkeypatch):
    def change(what, **told):
        changed = replace(getattr(content, what)(), **told)
        for module in ("calling", "walking", "registering", "counting"):
            path = f"nabij.drills.people.{module}.{what}"
            monkeypatch.setattr(path, lambda: changed, raising=False)
        monkeypatch.setattr(f"nabij.drills.playing.{what}", lambda: changed, raising=False)

    return change


def play_days(drill, by, days):
    """Let the clock run so long at its highest speed and do what is due by then."""
    run = actions.run_clock(drill, 600, by=by, at=NOW)
    actions.pause(run, by=by, at=NOW + timedelta(days=days) / 600)
    run.refresh_from_db()
    return run


def test_professionals_ring_in_and_somebody_is_paged_within_the_house(nadia, bram):
    with seated({"coordinator": [bram.pk], "second_coordinator": [], "national": []}):
        drill = play_days(begin(nadia), nadia, 1)
    rung = [each for each in drill.acted if each.startswith("caller")]
    answers = HelpAnswer.objects.filter(request__incident=drill.incident)
    assert 2 <= len(rung) == answers.count() <= 5
    assert answers.filter(page__is_drill=True).exists()
    assert Ask.objects.filter(page__thread_id=drill.incident_id, membership=bram).exists()
    assert set(Delivery.objects.values_list("state", flat=True)) <= {State.KEPT, State.FAILED}
    told = actions.end_drill(drill, by=nadia, at=NOW).report
    assert (drill.incident.is_exercise, told["people"]["callers"]["rang"]) == (True, len(rung))
    assert told["people"]["callers"]["norm"] == 10


def test_callers_of_a_drill_do_not_keep_real_requests_from_being_paged(nadia, bram):
    with seated({"coordinator": [bram.pk], "second_coordinator": [], "national": []}):
        drill = play_days(begin(nadia), nadia, 1)
    paged = HelpAnswer.objects.filter(request__is_verified=False, page__isnull=False)
    assert paged.exists()
    team = paged.first().team_id
    assert unverified_pages_since(drill.starts_at, team) == 0


def test_who_says_nothing_leaves_the_callers_without_an_answer(nadia, bram, behave):
    behave("staff", silent=1.0)
    with seated({"coordinator": [bram.pk], "second_coordinator": [], "national": []}):
        drill = play_days(begin(nadia), nadia, 2)
    told = actions.end_drill(drill, by=nadia, at=NOW).report["people"]
    assert told["staff"]["accepted"] == told["staff"]["declined"] == 0
    assert told["staff"]["open"] + told["staff"]["withdrawn"] > 0
    assert told["callers"]["unanswered"] == told["callers"]["paged"] > 0
    assert told["callers"]["in_time"] == 0


def test_an_answer_within_the_norm_counts_and_one_after_it_does_not(nadia, bram, behave, monkeypatch):
    behave("staff", silent=0.0)
    behave("callers", number=(1, 1), minutes=(10, 10), kinds=("municipality",), urgencies=("urgent",))
    found = []
    for minutes in (3, 40):
        quick = replace(behaviour(), answer_minutes=(minutes, minutes), says_yes=1.0)
        monkeypatch.setattr("nabij.drills.playing.behaviour", lambda quick=quick: quick)
        with seated({"coordinator": [bram.pk], "second_coordinator": [], "national": []}):
            drill = play_days(begin(nadia), nadia, 1)
        told = actions.end_drill(drill, by=nadia, at=NOW).report["people"]["callers"]
        found.append((told["paged"], told["in_time"]))
    assert found == [(1, 1), (1, 0)]


def test_forgotten_steps_wait_until_the_coordinator_heard_of_them(nadia, behave):
    behave("staff", forgotten=1.0)
    drill = play_days(begin(nadia), nadia, 3)
    chased = RunStep.objects.filter(run__incident=drill.incident, coordinator_told_at__isnull=False)
    done = chased.filter(state=StepState.DONE, done_by__isnull=False) | chased.filter(state=StepState.SKIPPED)
    assert chased.exists()
    assert all(each.done_at > each.coordinator_told_at for each in done)


def test_residents_open_or_do_not_and_the_report_adds_up(nadia, walkers):
    drill = play_days(begin(nadia), nadia, 2)
    found = Round.objects.get(incident=drill.incident)
    assert found.closed_at is not None
    assert Pair.objects.filter(round=found, briefed_at__isnull=False).count() == 2
    assert not found.doors.filter(outcome=Outcome.OPEN).exists()
    assert StreetAsk.objects.get().state == "accepted"
    told = actions.end_drill(drill, by=nadia, at=NOW).report["people"]["doors"]
    assert 12 <= told["doors"] == sum(told["outcomes"].values()) <= 24
    assert told["outcomes"]["talked"] == Door.objects.filter(outcome=Outcome.TALKED).count()
    assert told["first_hours"] <= told["norm_hours"] == 24
    drill.refresh_from_db()
    lines = dict(people_in_words(drill.report))
    assert lines["Deuren"] == str(told["doors"])
    assert "norm: 24 uur" in lines["Eerste deur"]
    assert lines["Aan de deur: gesproken"] == str(told["outcomes"]["talked"])
    assert as_paper(drill).startswith(b"%PDF")
    assert people_in_words({}) == []
    walked = told["doors"] - told["outcomes"]["elsewhere"]
    assert sum(each.startswith("door ") for each in drill.acted) == walked


def test_who_plays_a_side_walks_themselves_and_without_people_there_is_no_round(nadia, walkers):
    played = play_days(begin(nadia, played=("municipality",)), nadia, 2)
    assert not Round.objects.exists()
    assert walking.PLANNED not in played.acted
    robbery = play_days(begin(nadia, scene="robbery"), nadia, 2)
    assert walking.PLANNED not in robbery.acted


def test_a_round_that_nobody_can_walk_is_not_planned(nadia):
    drill = play_days(begin(nadia), nadia, 2)
    assert walking.PLANNED in drill.acted
    assert not Round.objects.exists()
    assert actions.end_drill(drill, by=nadia, at=NOW).report["people"]["doors"]["first_hours"] is None


def test_a_municipality_outside_nabij_plans_no_round(walkers):
    place = make_municipality("GM9007", "Elders")
    data = actions.DrillData("protocol", "explosion", place, NIGHT, speed=60, seed=7)
    leader = actor_for(make_membership(Role.TEAM_LEADER, name="Olaf"))
    drill = play_days(actions.begin_drill(data, by=leader, at=NOW), leader, 2)
    assert walking.PLANNED in drill.acted
    assert not Round.objects.exists()


def test_people_register_once_a_centre_is_live_and_what_they_need_reaches_the_desk(nadia):
    drill = begin(nadia, scene="disaster")
    actions.play(drill, by=nadia, at=NOW)
    assert not Registration.objects.exists()
    make_live_centre(drill.incident, at=NIGHT + timedelta(hours=3))
    drill = play_days(drill, nadia, 2)
    rows = Registration.objects.filter(incident=drill.incident)
    assert rows.count() == 25
    assert not Person.objects.filter(has_phone=True).exists()
    assert Need.objects.filter(incident=drill.incident).exists()
    told = actions.end_drill(drill, by=nadia, at=NOW).report["people"]["registered"]
    assert (told["registered"], told["had_centre"]) == (25, True)
    drill.refresh_from_db()
    assert ("Aanmeldingen", "25") in people_in_words(drill.report)
    assert told["urgent"] == rows.filter(is_urgent=True).count()


def story(drill):
    """What happened, without any identity: verbs with their moments and facts that are no ids."""
    rows = TrailEntry.objects.filter(thread_id=drill.incident_id).exclude(verb__startswith="drill.")
    return Counter((each.verb, each.at) for each in rows)


def test_the_same_number_gives_the_same_people(nadia, bram, walkers):
    stories = []
    for seed in (7, 7, 8):
        with seated({"coordinator": [bram.pk], "second_coordinator": [], "national": []}):
            drill = play_days(begin(nadia, seed=seed), nadia, 2)
        doors = tuple(
            Door.objects.filter(round__incident=drill.incident)
            .order_by("position")
            .values_list("position", "outcome")
        )
        kinds = tuple(
            HelpRequest.objects.filter(incident=drill.incident)
            .order_by("asked_at")
            .values_list("caller_kind", "asked_at")
        )
        stories.append((story(drill), doors, kinds))
    assert stories[0] == stories[1]
    assert stories[0] != stories[2]


def rows_of_every_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_type = 'BASE TABLE'"
        )
        names = [name for (name,) in cursor.fetchall()]
        counts = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            counts[name] = cursor.fetchone()[0]
    return counts


def test_wiped_with_one_button_every_table_is_as_it_was(nadia, bram, walkers):
    place = make_municipality()
    centre_staff = [make_membership(role) for role in (Role.IAC_CHIEF, Role.IAC_EDITOR)]
    before = rows_of_every_table()
    keys = set(SubjectKey.objects.values_list("pk", flat=True))
    with seated({"coordinator": [bram.pk], "second_coordinator": [], "national": []}):
        drill = play_days(begin(nadia), nadia, 2)
    people = rows_of_every_table()
    assert people["doors_door"] > before["doors_door"]
    assert people["incidents_helprequest"] > before["incidents_helprequest"]
    drill = actions.end_drill(drill, by=nadia, at=NOW)
    assert drill.sent == 0
    drill = actions.wipe_drill(drill, by=nadia, at=NOW)
    after = rows_of_every_table()
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= STAYS | JOBS, changed - STAYS - JOBS
    assert not SubjectKey.objects.exclude(pk__in=keys).filter(destroyed_at__isnull=True).exists()
    assert (drill.acted, place.pk, len(centre_staff)) == ([], "GM9001", 2)


def test_wiping_takes_who_registered_along(nadia):
    drill = begin(nadia, scene="disaster")
    make_live_centre(drill.incident, at=NIGHT + timedelta(hours=3))
    drill = actions.end_drill(play_days(drill, nadia, 2), by=nadia, at=NOW)
    assert Person.objects.exists()
    actions.wipe_drill(drill, by=nadia, at=NOW)
    for model in (Person, Registration, Need):
        assert not model.objects.exists()
    assert not SubjectKey.objects.filter(destroyed_at__isnull=True).exists()
