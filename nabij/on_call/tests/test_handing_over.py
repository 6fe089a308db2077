from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import NIGHT
from nabij.incidents.refusals import Refused
from nabij.on_call import actions, guards
from nabij.on_call.factories import make_answer, make_ask, make_night
from nabij.on_call.models import Deployment, DeploymentState, HelpHandOver, Receiver
from nabij.on_call.queries import progress_of
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Page, Way

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def night():
    made = make_night()
    made.answer = make_answer(by=made.nadia)
    accept(make_ask(made.answer), by=actor_for(made.bram), at=NIGHT, way=Way.APP)
    made.incident = made.answer.request.incident
    made.lead = actor_for(made.bram)
    return made


def worker(night, number=1) -> Deployment:
    actions.call_workers(night.incident, number, by=night.lead, at=NIGHT + MINUTE)
    take_due_steps(NIGHT + MINUTE)
    ask = Ask.objects.filter(page__kind="workers", membership=night.imke).get()
    accept(ask, by=actor_for(night.imke), at=NIGHT + 2 * MINUTE, way=Way.APP)
    return Deployment.objects.get(membership=night.imke)


def test_the_asker_sees_when_the_help_was_handed_over(night):
    assert progress_of(night.answer).handed_over_at is None
    actions.hand_over_help(night.incident, Receiver.DAY_TEAM, by=night.lead, at=NIGHT + MINUTE)
    assert progress_of(night.answer).handed_over_at == NIGHT + MINUTE
    assert TrailEntry.objects.get(verb="help.handed_over").facts == {"receiver": "day_team"}


def test_said_again_it_stands_as_it_was_said_last(night):
    for receiver in (Receiver.DAY_TEAM, Receiver.MUNICIPALITY):
        actions.hand_over_help(night.incident, receiver, by=night.lead, at=NIGHT)
    assert HelpHandOver.objects.get().receiver == Receiver.MUNICIPALITY


def test_only_who_leads_hands_the_help_over(night):
    for other in (night.nadia, actor_for(night.imke), SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.hand_over_help(night.incident, Receiver.NOBODY, by=other, at=NIGHT)


def test_a_worker_says_in_how_many_minutes_they_arrive(night):
    deployment = worker(night)
    held = actions.expect(deployment, 45, by=actor_for(night.imke), at=NIGHT + 3 * MINUTE)
    assert held.expected_at == NIGHT + 48 * MINUTE
    with pytest.raises(Refused):
        actions.expect(deployment, 44, by=actor_for(night.imke), at=NIGHT)
    with pytest.raises(PermissionDenied):
        actions.expect(deployment, 15, by=actor_for(night.youssef), at=NIGHT)


def test_who_is_there_expects_nothing_any_more(night):
    deployment = worker(night)
    actions.set_off(deployment, by=actor_for(night.imke), at=NIGHT + 3 * MINUTE)
    actions.arrive(deployment, by=night.lead, at=NIGHT + 9 * MINUTE)
    with pytest.raises(Refused, match="ter plaatse"):
        actions.expect(deployment, 15, by=actor_for(night.imke), at=NIGHT + 9 * MINUTE)


def test_a_worker_who_steps_back_is_replaced(night):
    deployment = worker(night)
    before = Page.objects.filter(kind="workers").count()
    actions.step_back(deployment, by=actor_for(night.imke), at=NIGHT + 3 * MINUTE)
    assert Page.objects.filter(kind="workers").count() == before + 1
    take_due_steps(NIGHT + 3 * MINUTE)
    newest = Page.objects.filter(kind="workers").latest("started_at")
    assert night.youssef in [ask.membership for ask in newest.asks.all()]


def test_who_was_replaced_as_silent_is_not_replaced_again(night):
    deployment = worker(night)
    Deployment.objects.filter(pk=deployment.pk).update(state=DeploymentState.SILENT, silent_at=NIGHT)
    before = Page.objects.count()
    actions.step_back(deployment, by=actor_for(night.imke), at=NIGHT + 3 * MINUTE)
    assert Page.objects.count() == before


def test_an_app_above_can_object_to_a_step(night, monkeypatch):
    deployment = worker(night)
    monkeypatch.setattr(guards, "_guards", [])
    guards.register(lambda held, state, by, at: "Wacht nog even." if state == "on_the_way" else "")
    with pytest.raises(Refused, match="Wacht nog even"):
        actions.set_off(deployment, by=actor_for(night.imke), at=NIGHT + 3 * MINUTE)
    deployment.refresh_from_db()
    assert deployment.state == DeploymentState.COMING


def test_the_pages_say_it_with_one_tap(night, client):
    deployment = worker(night)
    client.force_login(night.imke.user)
    arrival = f"/werk/piket/inzet/{deployment.pk}/verwacht/"
    text = client.post(arrival, {"minuten": "30"}, follow=True).content.decode()
    assert "U bent er om" in text
    text = client.post(arrival, {"minuten": "veel"}, follow=True).content.decode()
    assert "Dat kan niet meer" in text
    client.force_login(night.bram.user)
    address = f"/werk/piket/{night.incident.pk}/"
    assert "verwacht" in client.get(address).content.decode()
    text = client.post(f"{address}overdragen/", {"receiver": "iemand"}, follow=True).content.decode()
    assert "Kies wie er verdergaat" in text
    text = client.post(f"{address}overdragen/", {"receiver": "day_team"}, follow=True).content.decode()
    assert "aan het dagteam van slachtofferhulp" in text


def test_another_region_finds_nothing(night, client):
    other = make_municipality("GM9950", "Elders")
    stranger = make_actor(Role.DUTY_OFFICER, municipality=other)
    with pytest.raises(PermissionDenied):
        actions.hand_over_help(night.incident, Receiver.NOBODY, by=stranger, at=NIGHT)
