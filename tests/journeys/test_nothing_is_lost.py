"""The kill test of item 3, in short: the long one is bench/night_kill.py."""

import pytest

from bench.night_kill import VICTIMS, kill_and_compare

pytestmark = pytest.mark.journey


def test_no_request_is_lost_or_doubled_while_web_engines_and_database_are_killed():
    outcome = kill_and_compare(count=12, threads=4, pause=1.0, each_at_least=1)
    assert outcome.receipts == 12
    assert all(outcome.kills[each] for each in VICTIMS)
    assert outcome.lost == []
    assert outcome.twice == []
    assert outcome.apart == []
    assert outcome.not_paged == []
