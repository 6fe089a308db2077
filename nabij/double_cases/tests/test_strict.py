"""Of two contact rules of one person, what one forbids is forbidden."""

from datetime import time

import pytest

from nabij.double_cases.strict import permitted, strictest
from nabij.notify.models import ContactRule


def _rule(ways=("call",), weekdays=(), start=None, end=None, **told):
    hours = {"from_time": start and time(start), "until_time": end and time(end)}
    return ContactRule(ways=list(ways), weekdays=list(weekdays), **hours, **told)


@pytest.mark.parametrize(
    ("one", "other", "ways", "days", "hours"),
    [
        (_rule(), _rule(), ["call"], [], (None, None)),
        (_rule(), _rule(ways=("sms",)), [], [], (None, None)),
        (_rule(weekdays=(1,)), _rule(weekdays=(2,)), [], [], (None, None)),
        (_rule(start=9, end=12), _rule(), ["call"], [], (9, 12)),
        (_rule(start=9, end=12), _rule(start=11, end=20), ["call"], [], (11, 12)),
        (_rule(start=9, end=12), _rule(start=13, end=20), [], [], (9, 12)),
        (_rule(weekdays=(1, 2)), _rule(), ["call"], [1, 2], (None, None)),
    ],
)
def test_what_one_forbids_is_forbidden(one, other, ways, days, hours):
    found = strictest(one, other)
    told = tuple(each and each.hour for each in (found["from_time"], found["until_time"]))
    assert (found["ways"], found["weekdays"], told) == (ways, days, hours)


def test_a_secret_address_stays_secret_and_no_rule_is_no_rule():
    assert strictest(_rule(has_secret_address=True), _rule())["has_secret_address"]
    assert strictest(None, None) is None
    assert strictest(None, _rule()) == permitted(_rule())
