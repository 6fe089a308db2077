from datetime import timedelta

import pytest

from nabij.accounts.queries import actor_for
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.care.models import CareContact, Rest
from nabij.incidents.factories import NIGHT
from nabij.incidents.models import Incident
from nabij.on_call import actions, tasks
from nabij.on_call.factories import make_answer, make_ask, make_night
from nabij.on_call.models import Deployment
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Page, Way
from nabij.rosters.queries.calling import OFF_DUTY, ids_to_call
from nabij.working_time.queries import calls_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def night():
    made = make_night()
    made.answer = make_answer(by=made.nadia, topic="EVT-04", children=None)
    accept(make_ask(made.answer), by=actor_for(made.bram), at=NIGHT, way=Way.APP)
    made.incident = made.answer.request.incident
    made.deployment = Deployment.objects.get(membership=made.bram)
    return made


def go(night):
    for step in (actions.set_off, actions.arrive, actions.finish):
        step(night.deployment, by=actor_for(night.bram), at=NIGHT)


def test_a_light_event_gives_rest_only_and_deaths_known_later_make_it_heavy(night):
    go(night)
    assert actions.care_after(night.incident, by=SYSTEM, at=NIGHT) == 1
    assert Rest.objects.get().ends_at == NIGHT + 11 * HOUR
    assert not CareContact.objects.exists()
    Incident.objects.filter(pk=night.incident.pk).update(dead=2)
    actions.care_after(Incident.objects.get(pk=night.incident.pk), by=SYSTEM, at=NIGHT + HOUR)
    assert CareContact.objects.count() == 3
    assert Rest.objects.get().has_deaths


def test_violence_makes_it_heavy_and_who_led_by_phone_keeps_working(night):
    Incident.objects.filter(pk=night.incident.pk).update(topic="EVT-15")
    actions.finish(night.deployment, by=actor_for(night.bram), at=NIGHT)
    actions.care_after(Incident.objects.get(pk=night.incident.pk), by=SYSTEM, at=NIGHT)
    assert CareContact.objects.count() == 3
    assert Rest.objects.get().ends_at == NIGHT


def test_who_is_still_there_is_not_planned_yet_and_old_deployments_never(night):
    assert actions.care_after(night.incident, by=SYSTEM, at=NIGHT) == 0
    go(night)
    assert actions.care_after(night.incident, by=SYSTEM, at=NIGHT + 43 * timedelta(days=1)) == 0


def test_who_rests_is_called_last_on_a_chair_and_not_at_all_off_duty(night):
    go(night)
    actions.care_after(night.incident, by=SYSTEM, at=NIGHT)
    Rest.objects.update(membership=night.imke)
    people = ids_to_call("worker", night.imke.team_id, NIGHT + HOUR)
    assert people[-1] == night.imke.pk
    assert night.youssef.pk in people
    night.imke.duties.all().delete()
    assert night.imke.pk not in ids_to_call(OFF_DUTY, night.imke.team_id, NIGHT + HOUR)
    assert night.imke.pk in ids_to_call(OFF_DUTY, night.imke.team_id, NIGHT + 12 * HOUR)


def test_who_stepped_back_is_not_asked_to_replace_themselves(night):
    actions.call_workers(night.incident, 1, by=actor_for(night.bram), at=NIGHT)
    take_due_steps(NIGHT)
    asks = Ask.objects.filter(page__kind="workers").select_related("page", "membership")
    first = next(each for each in asks if each.membership in (night.imke, night.youssef))
    accept(first, by=actor_for(first.membership), at=NIGHT, way=Way.APP)
    actions.step_back(
        Deployment.objects.get(membership=first.membership), by=actor_for(first.membership), at=NIGHT + HOUR
    )
    take_due_steps(NIGHT + HOUR)
    newest = Page.objects.filter(kind="workers").latest("started_at")
    asked = [each.membership for each in newest.asks.all()]
    assert asked
    assert first.membership not in asked


@pytest.mark.django_db(transaction=True)
def test_the_job_plans_when_somebody_is_done(night):
    go(night)
    tasks.care_after(TrailEntry.objects.get(verb="deployment.done").pk)
    assert Rest.objects.count() == 1


def test_the_hours_of_a_deployment_count_as_work(night):
    go(night)
    actions.care_after(night.incident, by=SYSTEM, at=NIGHT)
    actions.care_after(night.incident, by=SYSTEM, at=NIGHT)
    user = night.bram.user_id
    assert [each.starts_at for each in calls_of([user], NIGHT - HOUR)[user]] == [NIGHT]
