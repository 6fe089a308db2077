from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.factories import make_membership, make_municipality, make_region, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import link_of
from nabij.incidents.actions import close_incident
from nabij.incidents.clocks import clocks_of
from nabij.incidents.models import Status
from nabij.incidents.refusals import Refused
from nabij.on_call import rules
from nabij.on_call.actions import (
    arrive,
    call_workers,
    finish,
    page_now,
    set_off,
    stand_down_help,
    step_back,
    withdraw_help,
)
from nabij.on_call.factories import make_answer, make_ask
from nabij.on_call.models import ALLOWED, Deployment, DeploymentState
from nabij.on_call.queries import on_the_move, progress_of
from nabij.paging.actions import accept, accept_for
from nabij.paging.factories import make_page, take_due_steps
from nabij.paging.models import Ask, Page, PageState, Way

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def story(night):
    """Nadia asked at 03:31 and Bram said yes at 03:38."""
    night.answer = make_answer(by=night.nadia)
    night.incident = night.answer.request.incident
    accept(make_ask(night.answer), by=link_of(night.bram.pk), at=NIGHT + 7 * MINUTE, way=Way.LINK)
    night.coordinator = actor_for(night.bram)
    night.deployment = Deployment.objects.get(membership=night.bram)
    return night


def call(story, needed=2):
    page = call_workers(story.incident, needed, by=story.coordinator, at=NIGHT + 10 * MINUTE)
    take_due_steps(NIGHT + 10 * MINUTE)
    return page


def worker_says_yes(story, who):
    ask = Ask.objects.get(membership=who, page__kind="workers")
    accept(ask, by=actor_for(who), at=NIGHT + 12 * MINUTE, way=Way.APP)
    return Deployment.objects.get(membership=who)


def test_a_yes_takes_the_incident_in_hand_and_stops_the_clock_after_seven_minutes(story):
    story.incident.refresh_from_db()
    assert story.incident.status == Status.ACTIVE
    assert (story.deployment.state, story.deployment.kind) == ("coming", "coordinator")
    clock = next(each for each in clocks_of(story.incident, NIGHT) if "10 minuten" in each.label)
    assert clock.done_at - clock.started_at == 7 * MINUTE
    assert clock.done_at < clock.due_at


def test_workers_are_called_and_arrive_after_seventy_four_minutes(story):
    call(story)
    going = {who: worker_says_yes(story, who) for who in (story.imke, story.youssef)}
    for who, deployment in going.items():
        set_off(deployment, by=actor_for(who), at=NIGHT + 21 * MINUTE)
    for who, deployment in going.items():
        arrive(deployment, by=actor_for(who), at=NIGHT + 74 * MINUTE)
    assert Page.objects.get(kind="workers").state == PageState.ANSWERED
    seen = on_the_move(story.incident, story.coordinator, NIGHT + 80 * MINUTE)
    assert seen.arrival_minutes == 74
    assert [each.membership.user.name for each in seen.people] == [
        "Bram Kooistra",
        "Imke Tol",
        "Youssef Amrani",
    ]
    steps = progress_of(story.answer)
    assert (steps.accepted_at, steps.on_the_way_at) == (NIGHT + 7 * MINUTE, NIGHT + 21 * MINUTE)
    assert (steps.on_site_at, steps.on_site, steps.coming) == (NIGHT + 74 * MINUTE, 2, 1)
    counts = on_the_move(story.incident, story.nadia, NIGHT + 80 * MINUTE)
    assert counts.people == []
    assert {(each.kind, each.state_in_words, each.count) for each in counts.groups} == {
        ("coordinator", "komt", 1),
        ("workers", "ter plaatse", 2),
    }


def test_while_nobody_is_there_the_clock_of_arrival_counts_up(story):
    assert on_the_move(story.incident, story.nadia, NIGHT + 40 * MINUTE).arrival_minutes == 40


def test_a_norm_for_arrival_that_was_agreed_becomes_a_clock(story, monkeypatch, tmp_path):
    own = tmp_path / "rules.toml"
    text = rules._FILE.read_text(encoding="utf-8").replace("on_site_minutes = 0", "on_site_minutes = 90")
    own.write_text(text, encoding="utf-8")
    monkeypatch.setattr(rules, "_FILE", own)
    clock = next(each for each in clocks_of(story.incident, NIGHT) if each.label == "Aankomst")
    assert (clock.due_at, clock.done_at) == (NIGHT + 90 * MINUTE, None)


def test_an_incident_for_which_nobody_was_paged_has_no_clock_and_nobody_on_the_move(night):
    at = datetime(2027, 1, 12, 13, 10, tzinfo=UTC)
    incident = make_answer(by=night.nadia, at=at, happened_at=at).request.incident
    assert clocks_of(incident, at) == []
    assert on_the_move(incident, night.nadia, at).arrival_minutes is None


def test_each_step_is_stamped_and_said_twice_changes_nothing(story):
    me = story.coordinator
    for number, (act, state) in enumerate(((set_off, "on_the_way"), (arrive, "on_site"), (finish, "done"))):
        at = NIGHT + (10 + number) * MINUTE
        act(story.deployment, by=me, at=at)
        again = act(story.deployment, by=me, at=at + MINUTE)
        assert (again.state, again.state_since) == (state, at)


@pytest.mark.parametrize("act", [set_off, arrive, step_back])
def test_what_is_done_stays_done(story, act):
    finish(story.deployment, by=story.coordinator, at=NIGHT + 20 * MINUTE)
    with pytest.raises(Refused, match="klaar"):
        act(story.deployment, by=story.coordinator, at=NIGHT + 21 * MINUTE)


def test_every_state_has_its_row_in_the_table_of_what_is_allowed():
    assert set(ALLOWED) == set(DeploymentState)


def test_nobody_reports_a_step_for_somebody_else_except_who_leads(story):
    with pytest.raises(PermissionDenied):
        set_off(story.deployment, by=actor_for(story.imke), at=NIGHT)
    with pytest.raises(PermissionDenied):
        set_off(story.deployment, by=story.nadia, at=NIGHT)
    set_off(story.deployment, by=actor_for(story.sofie), at=NIGHT + 9 * MINUTE)


def test_a_coordinator_who_cannot_come_after_all_is_replaced_by_a_new_page(story):
    step_back(story.deployment, by=story.coordinator, at=NIGHT + 9 * MINUTE)
    pages = Page.objects.filter(thread_id=story.incident.pk, kind="coordinator").order_by("started_at")
    assert [page.state for page in pages] == [PageState.ANSWERED, PageState.OPEN]
    step_back(story.deployment, by=story.coordinator, at=NIGHT + 9 * MINUTE)
    assert Page.objects.count() == 2


def test_a_worker_who_cannot_come_after_all_is_replaced(story):
    call(story, needed=1)
    deployment = worker_says_yes(story, story.imke)
    step_back(deployment, by=actor_for(story.imke), at=NIGHT + 20 * MINUTE)
    assert Page.objects.count() == 3


def test_a_coordinator_answers_for_a_worker_who_phoned(story):
    call(story, needed=1)
    ask = Ask.objects.get(membership=story.imke)
    accept_for(ask, by=story.coordinator, at=NIGHT + 12 * MINUTE, reason="Gebeld om 03:42")
    assert Deployment.objects.get(membership=story.imke).state == "coming"


def test_somebody_who_is_deployed_already_is_not_deployed_twice(story):
    page = make_page(team_id=story.bram.team_id, thread_id=story.incident.pk, at=NIGHT + 20 * MINUTE)
    take_due_steps(NIGHT + 20 * MINUTE)
    ask = Ask.objects.get(page=page, membership=story.bram)
    accept(ask, by=story.coordinator, at=NIGHT + 21 * MINUTE, way=Way.APP)
    assert Deployment.objects.filter(membership=story.bram).count() == 1


def test_a_page_about_something_else_deploys_nobody(night):
    page = make_page(team_id=night.bram.team_id, thread_id=uuid4())
    take_due_steps(NIGHT)
    accept(Ask.objects.get(page=page), by=actor_for(night.bram), at=NIGHT, way=Way.APP)
    assert not Deployment.objects.exists()


def test_of_two_coordinators_who_call_workers_at_once_the_second_hears_that_it_is_done(story):
    call(story)
    with pytest.raises(Refused, match="was u voor"):
        call_workers(story.incident, 2, by=actor_for(story.sofie), at=NIGHT + 10 * MINUTE)
    assert Page.objects.filter(kind="workers").count() == 1


@pytest.mark.parametrize("needed", [0, -1, 21, 1_000_000])
def test_a_call_for_nobody_or_for_a_crowd_is_refused(story, needed):
    with pytest.raises(Refused, match="1 tot 20"):
        call_workers(story.incident, needed, by=story.coordinator, at=NIGHT)


def test_workers_are_not_called_by_the_municipality_nor_for_a_closed_incident(story):
    with pytest.raises(PermissionDenied):
        call_workers(story.incident, 2, by=story.nadia, at=NIGHT)
    close_incident(story.incident, by=story.coordinator, at=NIGHT)
    with pytest.raises(PermissionDenied):
        call_workers(story.incident, 2, by=story.coordinator, at=NIGHT)


def test_workers_of_the_own_team_are_called_when_no_team_answers_for_the_place(night):
    lonely = make_region("VR99")
    lonely.team = None
    lonely.save()
    place = make_municipality("GM9009", "Eiland", region=lonely)
    answer = make_answer(by=night.nadia, municipalities=(place,))
    national = actor_for(night.bart)
    assert call_workers(answer.request.incident, 1, by=national, at=NIGHT).team_id is None


def test_a_request_is_paged_once_and_only_while_it_runs(night):
    coordinator = actor_for(night.bram)
    answer = make_answer(by=night.nadia)
    with pytest.raises(Refused, match="al opgeroepen"):
        page_now(answer, by=coordinator, at=NIGHT)
    withdrawn = make_answer(by=night.nadia, urgency="not_urgent")
    withdraw_help(withdrawn, by=night.nadia, at=NIGHT)
    with pytest.raises(Refused, match="ingetrokken"):
        page_now(withdrawn, by=coordinator, at=NIGHT)
    closed = make_answer(by=night.nadia, urgency="not_urgent")
    close_incident(closed.request.incident, by=coordinator, at=NIGHT)
    with pytest.raises(Refused, match="afgesloten"):
        page_now(closed, by=coordinator, at=NIGHT)
    with pytest.raises(PermissionDenied):
        page_now(closed, by=night.nadia, at=NIGHT)


def test_a_coordinator_of_another_team_does_not_see_this_incident(story):
    stranger = actor_for(make_membership(Role.ON_CALL_COORDINATOR, team=make_team("Elders")))
    for act in (
        lambda: call_workers(story.incident, 1, by=stranger, at=NIGHT),
        lambda: stand_down_help(story.incident, by=stranger, at=NIGHT),
    ):
        with pytest.raises(PermissionDenied):
            act()
