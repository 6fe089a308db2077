"""A process killed at any statement of a merge, of undoing it or of the jobs leaves nothing half done."""

import os
import signal
from collections.abc import Callable
from itertools import count

import pytest
from django.db import connection

from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import make_incident
from nabij.matching.actions.comparing import compare_all
from nabij.matching.actions.keying import fill_keys
from nabij.matching.actions.merging import merge_pair, undo_merge
from nabij.matching.models import Comparison, MatchKey, Merge, PossibleDouble
from nabij.matching.tests.conftest import NOON, make_two
from nabij.notify.models import ContactPoint
from nabij.people.factories import make_registration
from nabij.people.models import BlindIndex, Consent, ContactWish, Person, Registration

pytestmark = pytest.mark.django_db(transaction=True)
TOUCHED = (
    Person, Registration, Consent, ContactWish, ContactPoint, BlindIndex, Comparison, MatchKey, Merge,
    PossibleDouble, TrailEntry,
)  # fmt: skip


def _everything():
    return {
        model.__name__: sorted(
            str([bytes(each) if isinstance(each, memoryview) else each for each in row])
            for row in model.objects.values_list()
        )
        for model in TOUCHED
    }


def _is_done(act: Callable[[], object], killed_at: int) -> bool:
    """In a process of its own that is killed -9 before this statement; whether it came to its end."""
    child = os.fork()
    if child == 0:
        connection.connection = None  # the parent's; this process opens its own
        statements = count(1)

        def wrapper(execute, sql, params, many, context):
            if next(statements) == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(wrapper):
                act()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it failed before it was killed"
    return not os.WIFSIGNALED(status)


def _killed_everywhere(act: Callable[[], object]) -> int:
    """Kill it at each statement in turn until it comes to its end; gives how often it was killed."""
    before = _everything()
    for number in count(1):
        if _is_done(act, number):
            return number - 1
        assert _everything() == before, f"killed at statement {number}"
    raise AssertionError


def test_a_merge_and_its_undoing_are_whole_or_not_there():
    two = make_two()
    merged = _killed_everywhere(lambda: merge_pair(two.pair, two.early.pk, {}, by=two.bo, at=NOON))
    merge = Merge.objects.get()
    assert merged > 15
    assert Registration.objects.get(pk=two.late.pk).state == "merged"
    assert not MatchKey.objects.filter(registration=two.late).exists()
    assert _killed_everywhere(lambda: undo_merge(merge, by=two.bo, at=NOON)) > 15
    assert Registration.objects.get(pk=two.late.pk).state == "new"
    assert TrailEntry.objects.filter(verb__in=("double.merged", "double.undone")).count() == 2


def test_the_jobs_go_on_after_every_kill_and_do_nothing_twice():
    fire = make_incident()
    for _ in range(3):
        make_registration(fire)

    def work():
        fill_keys(by=SYSTEM, at=NOON)
        compare_all(by=SYSTEM, at=NOON)

    killed = next(number for number in count(1) if _is_done(work, number))
    assert killed > 5
    assert Comparison.objects.filter(compared_at__isnull=False).count() == 3
    assert PossibleDouble.objects.count() == 3, "each pair once"
    each = MatchKey.objects.values_list("registration", flat=True)
    assert len({MatchKey.objects.filter(registration=pk).count() for pk in set(each)}) == 1
