from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.queries import actor_for
from nabij.audit.actor import SYSTEM, link_of
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import NIGHT
from nabij.notify.models import Message
from nabij.on_call import actions as on_call
from nabij.on_scene import tasks
from nabij.on_scene.actions import begin_watch, end_watch, look_after, say_all_right
from nabij.on_scene.models import Watch
from nabij.on_scene.queries import board_of
from nabij.paging import actions as paging
from nabij.paging.factories import take_due_steps
from nabij.paging.models import PageState, Way

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def watch(there):
    return begin_watch(there.at, by=SYSTEM, at=NIGHT)


def missed(watch, at=NIGHT + HOUR):
    """Nobody reported: the first step has been taken."""
    assert look_after(by=SYSTEM, at=at) == 1
    take_due_steps(at)
    watch.refresh_from_db()
    return watch.page


def asked(page):
    return [(ask.seat, ask.membership.user.name) for ask in page.asks.order_by("asked_at", "step")]


def test_who_arrives_reports_within_an_hour(watch, there):
    assert watch.due_at == NIGHT + HOUR
    assert begin_watch(there.at, by=SYSTEM, at=NIGHT + MINUTE).pk == watch.pk
    assert look_after(by=SYSTEM, at=NIGHT + HOUR - MINUTE) == 0


def test_who_left_before_the_job_ran_is_not_watched(there):
    on_call.finish(there.at, by=there.me, at=NIGHT)
    assert begin_watch(there.at, by=SYSTEM, at=NIGHT) is None


def test_a_missed_check_calls_the_worker_then_the_coordinators_then_the_control_room(watch, there):
    page = missed(watch)
    assert asked(page) == [("self", "Imke Tol")]
    take_due_steps(NIGHT + HOUR + 5 * MINUTE)
    take_due_steps(NIGHT + HOUR + 10 * MINUTE)
    take_due_steps(NIGHT + HOUR + 12 * MINUTE)
    assert asked(page) == [
        ("self", "Imke Tol"),
        ("coordinator", "Bram Kooistra"),
        ("second_coordinator", "Sofie Akkerman"),
        ("control_room", "Ravi Mohan"),
    ]
    templates = Message.objects.filter(recipient_id=there.ravi.pk).values_list("template", flat=True)
    assert list(templates) == ["scene_no_sign_police"]
    assert TrailEntry.objects.filter(verb="scene.not_heard", thread_id=there.incident.pk).count() == 1


def test_one_call_runs_at_a_time(watch):
    missed(watch)
    assert look_after(by=SYSTEM, at=NIGHT + HOUR + MINUTE) == 0


def test_the_worker_answers_by_the_link_and_reports_again_in_an_hour(watch, there):
    page = missed(watch)
    paging.accept(page.asks.get(), by=link_of(there.imke.pk), at=NIGHT + HOUR + 2 * MINUTE, way=Way.LINK)
    watch.refresh_from_db()
    assert watch.due_at == NIGHT + 2 * HOUR + 2 * MINUTE
    assert watch.last_ok_at == NIGHT + HOUR + 2 * MINUTE
    assert not watch.is_missed


def test_a_no_means_help_and_the_coordinator_is_called_at_once(watch, there):
    page = missed(watch)
    at = NIGHT + HOUR + MINUTE
    paging.decline(page.asks.get(), by=link_of(there.imke.pk), at=at, way=Way.LINK)
    take_due_steps(at)
    assert asked(page)[-1] == ("coordinator", "Bram Kooistra")


def test_when_a_colleague_seeks_contact_the_question_comes_again_soon(watch, there):
    page = missed(watch)
    at = NIGHT + HOUR + 5 * MINUTE
    take_due_steps(at)
    paging.accept(page.asks.get(membership=there.bram), by=there.lead, at=at, way=Way.APP)
    watch.refresh_from_db()
    assert watch.due_at == at + 15 * MINUTE
    assert watch.last_ok_at is None
    again = missed(watch, at + 15 * MINUTE)
    assert again.pk != page.pk


def test_one_tap_on_the_duty_page_stops_the_calling(watch, there):
    page = missed(watch)
    assert say_all_right(there.at, by=there.me, at=NIGHT + HOUR + 3 * MINUTE)
    page.refresh_from_db()
    assert page.state == PageState.STOOD_DOWN
    watch.refresh_from_db()
    assert watch.due_at == NIGHT + 2 * HOUR + 3 * MINUTE


def test_who_leads_may_say_it_after_a_phone_call_and_a_stranger_may_not(watch, there):
    assert say_all_right(there.at, by=there.lead, at=NIGHT)
    for other in (there.nadia, actor_for(there.youssef)):
        with pytest.raises(PermissionDenied):
            say_all_right(there.at, by=other, at=NIGHT)


def test_who_is_done_is_called_no_more(watch, there):
    page = missed(watch)
    end_watch(there.at, by=SYSTEM, at=NIGHT + HOUR)
    end_watch(there.at, by=SYSTEM, at=NIGHT + HOUR)
    page.refresh_from_db()
    assert page.is_closed
    assert look_after(by=SYSTEM, at=NIGHT + 9 * HOUR) == 0
    assert not say_all_right(there.at, by=there.me, at=NIGHT + HOUR)


def test_nothing_ends_where_nothing_began(there):
    end_watch(there.at, by=SYSTEM, at=NIGHT)
    assert not say_all_right(there.at, by=there.me, at=NIGHT)


def test_a_yes_on_a_check_that_is_gone_changes_nothing(watch, there):
    page = missed(watch)
    Watch.objects.all().delete()
    paging.accept(page.asks.get(), by=link_of(there.imke.pk), at=NIGHT + HOUR, way=Way.LINK)


def test_a_check_that_was_answered_meanwhile_is_not_called(watch, monkeypatch):
    stale = [Watch.objects.get(pk=watch.pk)]
    monkeypatch.setattr("nabij.on_scene.actions.watching.due_watches", lambda at: stale)
    assert look_after(by=SYSTEM, at=NIGHT) == 0


def test_after_eleven_hours_the_coordinator_is_told_once_to_think_of_relief(watch, there):
    Watch.objects.update(due_at=NIGHT + 30 * HOUR)
    for at in (NIGHT + 11 * HOUR - MINUTE, NIGHT + 11 * HOUR, NIGHT + 11 * HOUR + MINUTE):
        look_after(by=SYSTEM, at=at)
    told = Message.objects.filter(template="scene_relief")
    assert [each.recipient_id for each in told] == [there.bram.pk]
    place = board_of(there.incident, NIGHT + 11 * HOUR).places[0]
    assert place.is_too_long


@pytest.mark.django_db(transaction=True)
def test_arriving_and_leaving_start_and_end_the_check_by_themselves(there):
    entry = TrailEntry.objects.get(verb="deployment.on_site", subject_id=there.at.pk)
    tasks.begin_watch(entry.pk)
    assert Watch.objects.get().ended_at is None
    on_call.finish(there.at, by=there.me, at=NIGHT)
    tasks.end_watch(TrailEntry.objects.get(verb="deployment.done", subject_id=there.at.pk).pk)
    assert Watch.objects.get().ended_at is not None
    tasks.look_after(0)
