from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from nabij.accounts.factories import make_actor, make_membership, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS
from nabij.audit.models import TrailEntry
from nabij.incidents.actions import (
    change_facts,
    close_incident,
    move_request,
    reopen_request,
    withdraw_request,
)
from nabij.incidents.facts import facts_of
from nabij.incidents.refusals import Refused
from nabij.notify.models import Message
from nabij.on_call import tasks
from nabij.on_call.actions import (
    arrive,
    call_workers,
    set_off,
    stand_down_help,
    tell_changed_facts,
    withdraw_help,
)
from nabij.on_call.factories import make_answer, make_ask
from nabij.on_call.models import Deployment, HelpAnswer
from nabij.on_call.queries import pages_at, progress_of
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Page, PageState, Way

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def told(template):
    return set(Message.objects.filter(template=template).values_list("recipient_id", flat=True))


def test_no_longer_needed_stands_down_and_tells_everybody_who_was_asked(night):
    answer = make_answer(by=night.nadia)
    take_due_steps(NIGHT)
    take_due_steps(NIGHT + 10 * MINUTE)
    withdraw_help(answer, by=night.nadia, at=NIGHT + 12 * MINUTE)
    assert Page.objects.get().state == PageState.STOOD_DOWN
    assert told("page_stood_down") == {night.bram.pk, night.sofie.pk}
    assert progress_of(answer).is_withdrawn


def test_who_is_coming_is_recalled_and_who_is_on_site_stays_until_done(night):
    answer = make_answer(by=night.nadia)
    accept(make_ask(answer), by=actor_for(night.bram), at=NIGHT, way=Way.APP)
    incident, bram = answer.request.incident, actor_for(night.bram)
    call_workers(incident, 1, by=bram, at=NIGHT)
    take_due_steps(NIGHT)
    imke = actor_for(night.imke)
    accept(Ask.objects.get(membership=night.imke), by=imke, at=NIGHT, way=Way.APP)
    there = Deployment.objects.get(membership=night.imke)
    set_off(there, by=imke, at=NIGHT + MINUTE)
    arrive(there, by=bram, at=NIGHT + 2 * MINUTE)
    assert stand_down_help(incident, by=bram, at=NIGHT + 3 * MINUTE)
    assert {each.membership: each.state for each in Deployment.objects.all()} == {
        night.bram: "withdrawn",
        night.imke: "on_site",
    }
    assert not stand_down_help(incident, by=bram, at=NIGHT + 4 * MINUTE)
    assert Message.objects.filter(template="page_stood_down", recipient_id=night.bram.pk).count() == 1


def test_as_long_as_another_request_stands_nobody_is_stood_down(night):
    first = make_answer(by=night.nadia)
    make_answer(by=night.nadia, add_to=first.request.incident_id, form_key=uuid4())
    withdraw_help(first, by=night.nadia, at=NIGHT)
    assert Page.objects.get().state == PageState.OPEN


def test_help_is_withdrawn_once_and_by_who_asked(night):
    answer = make_answer(by=night.nadia)
    other = make_actor(Role.DUTY_OFFICER, municipality=make_municipality("GM9002", "Duinrand"))
    with pytest.raises(PermissionDenied):
        withdraw_help(answer, by=other, at=NIGHT)
    withdraw_help(answer, by=night.nadia, at=NIGHT)
    with pytest.raises(Refused):
        withdraw_help(answer, by=night.nadia, at=NIGHT)


def test_an_asker_who_may_not_end_pages_still_stands_everybody_down(night):
    officer = actor_for(make_membership(Role.GHOR_OFFICER))
    answer = make_answer(by=officer, caller_kind="ghor")
    take_due_steps(NIGHT)
    withdraw_help(answer, by=officer, at=NIGHT)
    assert Page.objects.get().state == PageState.STOOD_DOWN


def test_the_municipality_cannot_stand_down_what_a_coordinator_leads(night):
    answer = make_answer(by=night.nadia)
    with pytest.raises(PermissionDenied):
        stand_down_help(answer.request.incident, by=night.nadia, at=NIGHT)


@pytest.mark.django_db(transaction=True)
def test_facts_changed_on_any_page_reach_everybody_who_was_asked(night):
    answer = make_answer(by=night.nadia)
    take_due_steps(NIGHT)
    incident = answer.request.incident
    change_facts(incident, replace(facts_of(incident), people=80), by=night.nadia, at=NIGHT)
    entry = TrailEntry.objects.get(verb="incident.facts_changed")
    jobs = ProcrastinateJob.objects.filter(task_name="nabij.on_call.tasks.tell_changed_facts")
    assert jobs.filter(args={"entry_id": entry.pk}).count() == 1
    tasks.tell_changed_facts(entry.pk)
    assert told("page_changed") == {night.bram.pk}


@pytest.mark.django_db(transaction=True)
def test_a_request_withdrawn_on_any_page_stands_everybody_down(night):
    answer = make_answer(by=night.nadia)
    take_due_steps(NIGHT)
    withdraw_request(answer.request, by=night.nadia, at=NIGHT)
    entry = TrailEntry.objects.get(verb="request.withdrawn")
    tasks.stand_down_if_unneeded(entry.pk)
    tasks.stand_down_if_unneeded(entry.pk)
    assert Message.objects.filter(template="page_stood_down").count() == 1


@pytest.mark.django_db(transaction=True)
def test_closing_the_incident_tells_whoever_was_paged(night):
    answer = make_answer(by=night.nadia)
    take_due_steps(NIGHT)
    close_incident(answer.request.incident, by=actor_for(night.bram), at=NIGHT)
    tasks.stand_down_if_unneeded(TrailEntry.objects.get(verb="incident.closed").pk)
    assert Page.objects.get().state == PageState.STOOD_DOWN
    assert Message.objects.filter(template="page_stood_down").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_that_was_taken_back_meanwhile_stands_nobody_down(night):
    answer = make_answer(by=night.nadia)
    held = withdraw_request(answer.request, by=night.nadia, at=NIGHT)
    reopen_request(held, by=night.nadia, at=NIGHT)
    tasks.stand_down_if_unneeded(TrailEntry.objects.get(verb="request.withdrawn").pk)
    assert Page.objects.get().state == PageState.OPEN


@pytest.mark.django_db(transaction=True)
def test_a_confirmation_where_nobody_waited_for_it_pages_nobody_again(night):
    answer = make_answer(by=night.nadia)
    from nabij.incidents.actions import confirm_request

    confirm_request(answer.request, "MK-1", by=actor_for(make_membership(Role.CONTROL_ROOM)), at=NIGHT)
    tasks.page_when_confirmed(TrailEntry.objects.get(verb="request.confirmed").pk)
    assert Page.objects.count() == 1


def test_changed_facts_are_told_to_nobody_after_standing_down(night):
    answer = make_answer(by=night.nadia)
    accept(make_ask(answer), by=actor_for(night.bram), at=NIGHT, way=Way.APP)
    incident = answer.request.incident
    assert tell_changed_facts(incident, by=night.nadia, at=NIGHT) == 1
    stand_down_help(incident, by=actor_for(night.bram), at=NIGHT)
    assert tell_changed_facts(incident, by=night.nadia, at=NIGHT) == 0


def test_a_request_that_moved_after_paging_takes_its_page_along(night):
    right = make_answer(by=night.nadia, urgency="not_urgent")
    moved = make_answer(by=ANONYMOUS)
    bram = actor_for(night.bram)
    accept(make_ask(moved), by=bram, at=NIGHT + 7 * MINUTE, way=Way.APP)
    move_request(moved.request, right.request.incident, by=bram, at=NIGHT + 8 * MINUTE)
    moved = HelpAnswer.objects.select_related("request__incident", "page").get(pk=moved.pk)
    incident = moved.request.incident
    assert incident == right.request.incident
    assert progress_of(moved).accepted_at == NIGHT + 7 * MINUTE
    assert [page.pk for page in pages_at(incident)] == [moved.page_id]
    assert tell_changed_facts(incident, by=bram, at=NIGHT) == 1
    assert stand_down_help(incident, by=bram, at=NIGHT)
    assert Deployment.objects.get().state == "withdrawn"
    assert told("page_stood_down") == {night.bram.pk}
