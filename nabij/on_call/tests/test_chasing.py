"""Who said yes and is silent is reminded, then somebody else is called; who sets off late still counts."""

from datetime import timedelta

import pytest

from nabij.accounts.queries import actor_for
from nabij.audit.actor import SYSTEM
from nabij.incidents.factories import NIGHT
from nabij.incidents.models import Incident, Status
from nabij.notify.models import Message
from nabij.on_call import tasks
from nabij.on_call.actions import call_workers, chase_silent, set_off
from nabij.on_call.actions.chasing import _chase
from nabij.on_call.factories import make_answer
from nabij.on_call.models import Deployment, DeploymentState
from nabij.on_call.queries import own_deployments
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Page, Way

MINUTE = timedelta(minutes=1)
LATE = NIGHT + 30 * MINUTE


@pytest.fixture
def story(night):
    """Imke said yes at 03:31 and is not heard of since."""
    night.incident = make_answer(by=night.nadia).request.incident
    take_due_steps(NIGHT)
    night.page = call_workers(night.incident, 1, by=actor_for(night.bram), at=NIGHT)
    take_due_steps(NIGHT)
    ask = Ask.objects.select_related("page").get(page=night.page, membership=night.imke)
    accept(ask, by=actor_for(night.imke), at=NIGHT, way=Way.APP)
    night.deployment = Deployment.objects.get(membership=night.imke)
    return night


def chase(at):
    return chase_silent(by=SYSTEM, at=at)


def test_nobody_is_chased_before_the_time_to_leave_is_over(story):
    assert chase(LATE - MINUTE) == 0
    assert chase(LATE) == 1
    assert chase(LATE + MINUTE) == 0
    assert list(
        Message.objects.filter(template="deployment_silent").values_list("recipient_id", flat=True)
    ) == [story.imke.pk]


def test_who_stays_silent_is_replaced_and_not_asked_again(story):
    chase(LATE)
    chase(LATE + 10 * MINUTE)
    take_due_steps(LATE + 10 * MINUTE)
    story.deployment.refresh_from_db()
    assert story.deployment.state == DeploymentState.SILENT
    again = Page.objects.filter(kind="workers").exclude(pk=story.page.pk).get()
    assert set(again.asks.values_list("membership_id", flat=True)) == {story.youssef.pk}
    assert chase(LATE + 20 * MINUTE) == 0


def test_who_was_silent_still_sets_off(story):
    chase(LATE)
    chase(LATE + 10 * MINUTE)
    at = LATE + 12 * MINUTE
    [mine] = own_deployments(actor_for(story.imke), at)
    assert set_off(mine, by=actor_for(story.imke), at=at).state == DeploymentState.ON_THE_WAY
    assert chase(at + 60 * MINUTE) == 0


def test_who_set_off_meanwhile_is_left_alone(story):
    set_off(story.deployment, by=actor_for(story.imke), at=NIGHT)
    assert not _chase(story.deployment, SYSTEM, LATE)
    assert chase(LATE) == 0


def test_of_a_closed_incident_nobody_is_chased(story):
    Incident.objects.filter(pk=story.incident.pk).update(
        status=Status.CLOSED, closed_at=NIGHT, closed_by=story.bram.pk
    )
    assert chase(LATE) == 0


def test_who_closed_the_incident_at_the_same_moment_stops_the_chase(story):
    Incident.objects.filter(pk=story.incident.pk).update(
        status=Status.CLOSED, closed_at=NIGHT, closed_by=story.bram.pk
    )
    assert not _chase(story.deployment, SYSTEM, LATE)


def test_a_yes_of_days_ago_wakes_nobody(story):
    assert chase(NIGHT + timedelta(hours=15)) == 0


@pytest.mark.django_db(transaction=True)
def test_each_minute_somebody_looks():
    tasks.chase_silent(timestamp=0)  # the real clock is long before that night
    assert not Message.objects.filter(template="deployment_silent").exists()
