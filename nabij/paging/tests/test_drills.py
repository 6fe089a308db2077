"""A page of a drill runs on the drill's clock: the engine leaves it alone and nobody is disturbed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nabij.accounts.queries import actor_for
from nabij.audit.actor import SYSTEM, link_of
from nabij.notify.kept import keep_inside
from nabij.notify.models import Delivery, State
from nabij.paging import actions, answers
from nabij.paging.actions import Outcome, audit_pages, take_step
from nabij.paging.factories import NIGHT, make_page, take_due_steps
from nabij.paging.models import PageState, Way
from nabij.paging.queries import asks_for, next_due, open_page_count, seconds_overdue, stuck_pages

pytestmark = pytest.mark.django_db
YEAR_LATER = NIGHT + timedelta(days=365)


@pytest.fixture
def drilled(night):
    thread = uuid4()
    keep_inside(thread)
    return make_page(thread_id=thread, exercise=True)


def test_the_engine_leaves_it_alone(drilled):
    assert take_due_steps(YEAR_LATER) == 0
    assert (next_due(YEAR_LATER), seconds_overdue(YEAR_LATER), open_page_count()) == (None, 0.0, 0)
    drilled.moments.all().delete()
    assert not stuck_pages().exists()
    assert audit_pages(by=SYSTEM, at=YEAR_LATER) == 0


def test_the_drill_takes_the_steps_itself_and_nothing_is_sent(night, drilled):
    assert take_step(drilled.moments.get().pk, by=SYSTEM, at=NIGHT)
    assert [ask.membership for ask in drilled.asks.all()] == [night.bram]
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.KEPT}


def test_who_is_asked_in_a_drill_does_not_see_it_and_is_not_deployed_by_a_yes(night, drilled, monkeypatch):
    deployed = []
    monkeypatch.setitem(answers._callbacks, "coordinator", [lambda *told: deployed.append(told)])
    take_step(drilled.moments.get().pk, by=SYSTEM, at=NIGHT)
    assert not asks_for(actor_for(night.bram), NIGHT).exists()
    ask = drilled.asks.get()
    said = actions.accept(ask, by=link_of(night.bram.pk), at=NIGHT, way=Way.APP)
    drilled.refresh_from_db()
    assert (said, drilled.state, deployed) == (Outcome.ACCEPTED, PageState.ANSWERED, [])
