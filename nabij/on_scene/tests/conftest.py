"""A night with a coordinator and workers who said yes, and a control room."""

import pytest

from nabij.accounts.factories import make_membership, make_region
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.factories import NIGHT
from nabij.notify.factories import make_contact_point
from nabij.on_call import actions
from nabij.on_call.factories import make_answer, make_ask, make_night, make_on_call
from nabij.on_call.models import Deployment
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Way
from nabij.rosters.models import Seat


@pytest.fixture
def night(db):
    """Bram leads; Imke and Youssef said yes; Ravi answers in the control room."""
    story = make_night()
    make_region()
    story.ravi = make_membership(Role.CONTROL_ROOM, name="Ravi Mohan")
    make_contact_point(story.ravi.pk, value="0600009901")
    answer = make_answer(by=story.nadia)
    accept(make_ask(answer), by=actor_for(story.bram), at=NIGHT, way=Way.APP)
    story.incident, story.lead = answer.request.incident, actor_for(story.bram)
    actions.call_workers(story.incident, 2, by=story.lead, at=NIGHT)
    take_due_steps(NIGHT)
    story.going = {}
    for person in (story.imke, story.youssef):
        ask = Ask.objects.get(page__kind="workers", membership=person)
        accept(ask, by=actor_for(person), at=NIGHT, way=Way.APP)
        story.going[person.pk] = Deployment.objects.get(membership=person)
    return story


@pytest.fixture
def there(night):
    """Both workers are on site."""
    for person in (night.imke, night.youssef):
        actions.set_off(night.going[person.pk], by=actor_for(person), at=NIGHT)
    for person in (night.imke, night.youssef):
        night.going[person.pk] = actions.arrive(night.going[person.pk], by=actor_for(person), at=NIGHT)
    night.at = night.going[night.imke.pk]
    night.me = actor_for(night.imke)
    return night


@pytest.fixture
def fourth(there):
    """Another worker of the team, for relief."""
    return make_on_call(Seat.WORKER, name="Vera Kok", role=Role.ON_CALL_WORKER)
