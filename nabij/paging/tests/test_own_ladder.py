from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.paging.actions import give_up_ladder, write_ladder
from nabij.paging.factories import NIGHT, make_page, take_due_steps
from nabij.paging.models import TeamLadder
from nabij.paging.queries import first_asked, ladders_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
QUICK = [("coordinator", 0), ("national", 5)]


@pytest.fixture
def lead():
    return make_actor(Role.TEAM_LEADER)


def write(by, steps=QUICK, *, kind="coordinator", at=NIGHT):
    return write_ladder(kind, steps=steps, repeat_minutes=5, repeat_until_hours=12, by=by, at=at)


def asked(page):
    return [ask.membership for ask in page.asks.order_by("asked_at", "membership__user__name")]


def reminders(page):
    return TrailEntry.objects.filter(subject_id=page.pk, verb="page.asked_again").count()


def test_a_team_is_called_by_its_own_steps(night, lead):
    write(lead)
    page = make_page(team_id=lead.team_id)
    take_due_steps(NIGHT)
    take_due_steps(NIGHT + 5 * MINUTE - timedelta(microseconds=1))
    assert asked(page) == [night.bram]
    take_due_steps(NIGHT + 5 * MINUTE)
    assert asked(page) == [night.bram, night.bart]
    take_due_steps(NIGHT + 9 * MINUTE)
    assert reminders(page) == 0
    take_due_steps(NIGHT + 10 * MINUTE)
    assert reminders(page) == 1


def test_another_team_keeps_the_national_steps(night, lead):
    write(lead)
    page = make_page(team_id=make_team("Zuid").pk)
    take_due_steps(NIGHT)
    take_due_steps(NIGHT + 5 * MINUTE)
    assert asked(page) == [night.bram]


def test_a_page_that_runs_keeps_the_steps_it_began_with(night, lead):
    page = make_page(team_id=lead.team_id)
    take_due_steps(NIGHT)
    write(lead, at=NIGHT + MINUTE)
    take_due_steps(NIGHT + 5 * MINUTE)
    assert asked(page) == [night.bram]
    take_due_steps(NIGHT + 10 * MINUTE)
    assert asked(page) == [night.bram, night.noor]


def test_who_is_asked_first_follows_the_own_steps(night, lead):
    night.seats["coordinator"] = []
    assert first_asked("coordinator", lead.team_id, NIGHT)[0] == "second_coordinator"
    write(lead)
    assert first_asked("coordinator", lead.team_id, NIGHT) == ("national", [night.bart.pk])


def test_a_newer_ladder_follows_the_older_and_both_are_kept(lead):
    write(lead)
    newer = write(lead, [("coordinator", 0), ("second_coordinator", 4), ("national", 8)], at=NIGHT + MINUTE)
    assert list(TeamLadder.objects.filter(ended_at=None)) == [newer]
    assert TeamLadder.objects.get(ended_at=NIGHT + MINUTE).steps == [list(step) for step in QUICK]
    with pytest.raises(IntegrityError):
        TeamLadder.objects.update(ended_at=None)


def test_back_to_the_national_steps(night, lead):
    write(lead)
    give_up_ladder("coordinator", by=lead, at=NIGHT)
    give_up_ladder("coordinator", by=lead, at=NIGHT)
    assert not any(each.is_own for each in ladders_of(lead, NIGHT))
    assert TrailEntry.objects.filter(verb="ladder.given_up").count() == 1


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "meteen"),
        ([("coordinator", 2), ("national", 5)], "meteen"),
        ([("coordinator", 0), ("national", 0)], "later"),
        ([("coordinator", 0), ("second_coordinator", 9), ("national", 8)], "later"),
        ([("national", 0), ("coordinator", 3), ("national", 5)], "één keer"),
        ([("worker", 0), ("national", 5)], "één keer"),
        ([("coordinator", 0), ("second_coordinator", 5)], "laatste stap blijft"),
        ([("coordinator", 0), ("national", 31)], "binnen 30 minuten"),
    ],
)
def test_steps_by_which_somebody_could_be_forgotten_are_refused(lead, steps, words):
    with pytest.raises(ValidationError, match=words):
        write(lead, steps)
    assert not TeamLadder.objects.exists()


def test_only_who_plans_the_roster_of_a_team_chooses_its_steps():
    for actor in (SYSTEM, make_actor(Role.ON_CALL_WORKER), make_actor(Role.DUTY_OFFICER)):
        assert ladders_of(actor, NIGHT) == []
        with pytest.raises(PermissionDenied):
            write(actor)
        with pytest.raises(PermissionDenied):
            give_up_ladder("coordinator", by=actor, at=NIGHT)


@pytest.fixture
def as_role(client):
    def log_in(role):
        client.force_login(make_membership(role).user)
        return client

    return log_in


def form_of(**changes):
    base = {
        "seat_0": "coordinator", "minutes_0": "0", "seat_1": "", "minutes_1": "",
        "seat_2": "national", "minutes_2": "5", "repeat_minutes": "5", "repeat_until_hours": "12",
    }  # fmt: skip
    return base | changes


def test_the_team_leader_changes_the_steps_on_a_page(as_role):
    client = as_role(Role.TEAM_LEADER)
    assert "Landelijk schema" in client.get("/werk/oproepen/schema/").content.decode()
    assert client.get("/werk/oproepen/schema/coordinator/").status_code == 200
    text = client.post("/werk/oproepen/schema/coordinator/", form_of(), follow=True).content.decode()
    assert "Eigen schema van dit team" in text
    assert "Na 5 minuten: landelijke achterwacht" in text
    assert TeamLadder.objects.get().steps == [list(step) for step in QUICK]
    text = client.post("/werk/oproepen/schema/coordinator/landelijk/", follow=True).content.decode()
    assert "Eigen schema van dit team" not in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes_2": ""}, "Vul in na hoeveel minuten."),
        ({"minutes_1": "3"}, "Kies wie er wordt opgeroepen"),
        ({"minutes_0": "4"}, "De eerste wordt meteen opgeroepen"),
        ({"minutes_2": "veel"}, "geheel getal"),
        ({"repeat_minutes": "1"}, "minstens 5"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(as_role, changes, words):
    client = as_role(Role.TEAM_LEADER)
    answer = client.post("/werk/oproepen/schema/coordinator/", form_of(repeat_until_hours="7") | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="7"' in answer.content.decode()
    assert not TeamLadder.objects.exists()


def test_others_do_not_find_the_page(as_role):
    client = as_role(Role.ON_CALL_WORKER)
    assert client.get("/werk/oproepen/schema/").status_code == 403
    assert client.get("/werk/oproepen/schema/coordinator/").status_code == 404
    assert client.post("/werk/oproepen/schema/coordinator/landelijk/").status_code == 404


def test_a_kind_that_no_team_chooses_does_not_exist(as_role):
    assert as_role(Role.TEAM_LEADER).get("/werk/oproepen/schema/iets/").status_code == 404
