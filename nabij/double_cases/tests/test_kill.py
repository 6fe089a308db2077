"""A process killed in a merge of two who are helped, or in undoing it, leaves nothing half done."""

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
APART = 40  # matching kills at each statement; here, where there are many more, at one in so many


def _killed_here_and_there(act):
    before = killing._everything()
    for number in range(5, 5000, APART):
        if killing._is_done(act, number):
            return number
        assert killing._everything() == before, f"killed at statement {number}"
    raise AssertionError


def test_a_merge_of_two_who_are_helped_is_whole_or_not_there(monkeypatch):
    monkeypatch.setattr(killing, "TOUCHED", (*killing.TOUCHED, Case, Task, DoubleCase, ContactRule))
    clock.move_to(NOON)
    with transaction.atomic():
        both = make_both()
        _agree(both.early, ("call",))
    merged = _killed_here_and_there(lambda: merge_pair(both.pair, both.early.pk, {}, by=both.bo, at=NOON))
    assert merged > APART
    assert (DoubleCase.objects.count(), ContactRule.objects.count()) == (1, 2)
    undone = _killed_here_and_there(lambda: undo_merge(Merge.objects.get(), by=both.bo, at=NOON))
    assert undone > APART
    assert ContactRule.objects.count() == 1
