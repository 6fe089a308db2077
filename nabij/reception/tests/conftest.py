"""A night at which Bram leads and Imke is deployed, with a sports hall open for people."""

from typing import Any

import pytest

from nabij.accounts.queries import actor_for
from nabij.incidents.factories import NIGHT
from nabij.on_call import actions as on_call
from nabij.on_call.factories import make_answer, make_ask, make_night
from nabij.on_call.models import Deployment
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Way
from nabij.reception.actions import Answers, open_place


@pytest.fixture
def night(db):
    story = make_night()
    answer = make_answer(by=story.nadia)
    accept(make_ask(answer), by=actor_for(story.bram), at=NIGHT, way=Way.APP)
    story.incident, story.lead, story.me = (
        answer.request.incident, actor_for(story.bram), actor_for(story.imke),
    )  # fmt: skip
    on_call.call_workers(story.incident, 1, by=story.lead, at=NIGHT)
    take_due_steps(NIGHT)
    ask = Ask.objects.get(page__kind="workers", membership=story.imke)
    accept(ask, by=story.me, at=NIGHT, way=Way.APP)
    story.deployment = Deployment.objects.get(membership=story.imke)
    story.place = open_place(story.incident, "Sporthal De Zilvermeeuw", 200, by=story.me, at=NIGHT)
    return story


@pytest.fixture
def answers():
    def make(**changes) -> Answers:
        given: dict[str, Any] = {
            "name": "Mirjam", "phone": "+31600000042", "language": "nl", "safe_to_call": "",
            "wants_call": True, "needs": ("shelter", "phone"), "agreed": True, "is_old_enough": True,
        }  # fmt: skip
        return Answers(**(given | changes))

    return make
