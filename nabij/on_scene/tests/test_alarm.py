from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from nabij.accounts.queries import actor_for
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import NIGHT
from nabij.on_call.queries import on_the_move
from nabij.on_scene.actions import end_alarm, raise_alarm
from nabij.on_scene.models import Alarm, Ending
from nabij.paging import actions as paging
from nabij.paging.factories import take_due_steps
from nabij.paging.models import PageState, Way

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def names(page):
    return sorted(ask.membership.user.name for ask in page.asks.all())


def test_control_room_and_coordinator_are_called_in_the_same_moment(there):
    alarm = raise_alarm(there.at, by=there.me, at=NIGHT)
    take_due_steps(NIGHT)
    assert names(alarm.page) == ["Bram Kooistra", "Ravi Mohan"]
    take_due_steps(NIGHT + 2 * MINUTE)
    take_due_steps(NIGHT + 4 * MINUTE)
    assert names(alarm.page) == ["Bart Nijhof", "Bram Kooistra", "Ravi Mohan", "Sofie Akkerman"]


def test_who_asks_for_help_is_not_called_for_it(there):
    on_site = actor_for(there.bram)
    deployment = on_the_move(there.incident, there.lead, NIGHT).people[0]
    type(deployment).objects.filter(pk=deployment.pk).update(state="on_site", on_site_at=NIGHT)
    alarm = raise_alarm(deployment, by=on_site, at=NIGHT)
    take_due_steps(NIGHT + 4 * MINUTE)
    assert "Bram Kooistra" not in names(alarm.page)
    with pytest.raises(PermissionDenied):
        end_alarm(alarm, Ending.SAFE, by=on_site, at=NIGHT)


def test_pressed_twice_is_one_alarm_and_after_it_ended_a_new_one(there):
    alarm = raise_alarm(there.at, by=there.me, at=NIGHT)
    assert raise_alarm(there.at, by=there.me, at=NIGHT).pk == alarm.pk
    end_alarm(alarm, Ending.MISTAKE, by=there.lead, at=NIGHT + MINUTE)
    assert raise_alarm(there.at, by=there.me, at=NIGHT + 2 * MINUTE).pk != alarm.pk
    with pytest.raises(IntegrityError):
        Alarm.objects.update(ended_at=None, ending="")


def test_somebody_who_gets_help_does_not_end_the_alarm(there):
    alarm = raise_alarm(there.at, by=there.me, at=NIGHT)
    take_due_steps(NIGHT)
    paging.accept(alarm.page.asks.get(membership=there.bram), by=there.lead, at=NIGHT, way=Way.APP)
    alarm.refresh_from_db()
    assert alarm.ended_at is None
    assert TrailEntry.objects.filter(verb="alarm.taken").count() == 1
    ended = end_alarm(alarm, Ending.POLICE, by=there.lead, at=NIGHT + MINUTE)
    assert (ended.ending, ended.ended_by) == (Ending.POLICE, there.bram.pk)
    assert end_alarm(alarm, Ending.SAFE, by=there.lead, at=NIGHT + 2 * MINUTE).ending == Ending.POLICE


def test_ending_it_stops_the_calling(there):
    alarm = raise_alarm(there.at, by=there.me, at=NIGHT)
    end_alarm(alarm, Ending.SAFE, by=there.lead, at=NIGHT)
    alarm.page.refresh_from_db()
    assert alarm.page.state == PageState.STOOD_DOWN


def test_only_the_person_outside_raises_it_and_never_a_stranger(night):
    deployment = night.going[night.imke.pk]
    with pytest.raises(PermissionDenied, match="112"):
        raise_alarm(deployment, by=actor_for(night.imke), at=NIGHT)
    with pytest.raises(PermissionDenied):
        raise_alarm(deployment, by=night.lead, at=NIGHT)


def test_a_colleague_on_site_and_the_asker_cannot_end_it(there):
    alarm = raise_alarm(there.at, by=there.me, at=NIGHT)
    for other in (there.me, actor_for(there.youssef), there.nadia):
        with pytest.raises(PermissionDenied):
            end_alarm(alarm, Ending.SAFE, by=other, at=NIGHT)


def test_a_yes_on_an_alarm_that_is_gone_changes_nothing(there):
    alarm = raise_alarm(there.at, by=there.me, at=NIGHT)
    take_due_steps(NIGHT)
    page = alarm.page
    Alarm.objects.all().delete()
    paging.accept(page.asks.get(membership=there.bram), by=there.lead, at=NIGHT, way=Way.APP)
    assert not TrailEntry.objects.filter(verb="alarm.taken").exists()
