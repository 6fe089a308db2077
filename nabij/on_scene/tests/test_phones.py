from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.factories import make_team
from nabij.accounts.queries import actor_for
from nabij.audit.actor import SYSTEM, link_of
from nabij.incidents.factories import NIGHT
from nabij.notify.models import Message
from nabij.on_scene import tasks
from nabij.on_scene.actions import try_all_phones, try_phones
from nabij.on_scene.models import PhoneTest
from nabij.on_scene.queries import phone_tests_for, results_of
from nabij.paging import actions as paging
from nabij.paging.factories import take_due_steps
from nabij.paging.models import PageState, Way

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def test_now(night):
    test = try_phones(night.bram.team, by=actor_for(night.bram), at=NIGHT)
    take_due_steps(NIGHT)
    return test


def answer(test, person, at):
    ask = test.page.asks.get(membership=person)
    return paging.accept(ask, by=link_of(person.pk), at=at, way=Way.VOICE)


def test_who_is_on_duty_is_called_as_an_exercise(test_now, night):
    names = [each.membership.user.name for each in results_of(test_now)]
    assert names == ["Bart Nijhof", "Bram Kooistra", "Imke Tol", "Sofie Akkerman", "Youssef Amrani"]
    messages = Message.objects.filter(template="scene_phone_test")
    assert messages.count() == 5
    assert all(each.is_exercise for each in messages)


def test_the_result_stands_per_person_and_who_was_not_reached_comes_first(test_now, night):
    answer(test_now, night.imke, NIGHT + 3 * MINUTE)
    answer(test_now, night.bart, NIGHT + 16 * MINUTE)
    paging.decline(test_now.page.asks.get(membership=night.bram), by=link_of(night.bram.pk), at=NIGHT)
    found = {each.membership: (each.is_reached, each.after) for each in results_of(test_now)}
    assert found[night.imke] == (True, 3 * MINUTE)
    assert found[night.bart] == (False, 16 * MINUTE)
    assert found[night.bram] == (False, None)
    assert results_of(test_now)[-1].membership == night.imke


def test_when_everybody_answered_the_test_is_over(test_now, night):
    for person in (night.bram, night.sofie, night.bart, night.imke, night.youssef):
        answer(test_now, person, NIGHT + MINUTE)
    test_now.page.refresh_from_db()
    assert test_now.page.state == PageState.ANSWERED


def test_with_nobody_on_duty_the_test_says_so(night):
    test = try_phones(make_team("Zuid"), by=SYSTEM, at=NIGHT + timedelta(days=900))
    assert test.page is None
    assert results_of(test) == []


def test_each_team_is_tested_by_itself(night):
    make_team("Zuid")
    assert try_all_phones(by=SYSTEM, at=NIGHT) == 2
    assert PhoneTest.objects.count() == 2


def test_only_planners_test_and_read_and_only_their_own_team(night):
    for actor in (actor_for(night.imke), night.nadia):
        assert not phone_tests_for(actor, NIGHT).exists()
        with pytest.raises(PermissionDenied):
            try_phones(night.bram.team, by=actor, at=NIGHT)
    with pytest.raises(PermissionDenied):
        try_phones(make_team("Zuid"), by=actor_for(night.bram), at=NIGHT)


@pytest.mark.django_db(transaction=True)
def test_the_weekly_job_tests_every_team(night):
    tasks.try_phones(0)
    assert PhoneTest.objects.count() == 1


def test_the_planner_starts_a_test_and_reads_the_result(night, client):
    client.force_login(night.bram.user)
    text = client.post("/werk/ter-plaatse/proefoproep/", follow=True).content.decode()
    assert "De proefoproep is verstuurd" in text
    client.force_login(night.imke.user)
    assert client.get("/werk/ter-plaatse/proefoproep/").status_code == 403
