"""A process killed at any statement of a merge of two who are helped, or of undoing it, leaves nothing half."""

import pytest
from django.db import transaction

from nabij.cases.models import Case, Task
from nabij.double_cases.models import DoubleCase
from nabij.double_cases.tests.test_doubles import _agree, make_both
from nabij.kit import clock
from nabij.matching.actions.merging import merge_pair, undo_merge
from nabij.matching.models import Merge
from nabij.matching.tests import test_kill as killing
from nabij.matching.tests.conftest import NOON
from nabij.notify.models import ContactRule

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_merge_of_two_who_are_helped_is_whole_or_not_there(monkeypatch):
    monkeypatch.setattr(killing, "TOUCHED", (*killing.TOUCHED, Case, Task, DoubleCase, ContactRule))
    clock.move_to(NOON)
    with transaction.atomic():
        both = make_both()
        _agree(both.early, ("call",))
    merged = killing._killed_everywhere(lambda: merge_pair(both.pair, both.early.pk, {}, by=both.bo, at=NOON))
    assert merged > 40
    assert (DoubleCase.objects.count(), ContactRule.objects.count()) == (1, 2)
    undone = killing._killed_everywhere(lambda: undo_merge(Merge.objects.get(), by=both.bo, at=NOON))
    assert undone > 30
    assert ContactRule.objects.count() == 1
