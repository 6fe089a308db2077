"""Two at the same moment: one message, and nothing that came in meanwhile is lost."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction

from nabij.audit.actor import Actor, ActorKind
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.conversations.actions import save_draft, send_message
from nabij.conversations.models import CaseMessage
from nabij.kit.tests.at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(db):
    with transaction.atomic():
        return make_case("Elske Rademaker")


@pytest.fixture
def elske(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)


def test_the_same_message_sent_at_the_same_moment_stands_there_once(case, elske):
    key = uuid4()
    act = partial(send_message, case, "Dag", key, by=elske, at=WEDNESDAY)
    assert together(act, act, act) == []
    assert CaseMessage.objects.sent().count() == 1


def test_a_draft_that_saves_itself_while_it_is_sent_leaves_one_sent_message(case, elske):
    key = uuid4()
    failed = together(
        lambda: send_message(case, "Dag", key, by=elske, at=WEDNESDAY),
        lambda: save_draft(case, "Da", key, by=elske, at=WEDNESDAY),
    )
    assert failed == []
    assert CaseMessage.objects.count() == CaseMessage.objects.sent().count() == 1
