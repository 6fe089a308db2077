"""When care is due after a deployment."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nabij.care import rules

ENDED = datetime(2027, 3, 1, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dead", "children", "has_violence", "heavy"),
    [(0, 0, False, False), (1, 0, False, True), (0, 1, False, True), (0, 0, True, True)],
)
def test_death_a_child_or_violence_makes_a_deployment_heavy(dead, children, has_violence, heavy):
    assert rules.is_heavy(dead=dead, children=children, has_violence=has_violence) is heavy


def test_three_contacts_follow_within_a_day_on_day_5_to_7_and_in_week_4_to_6():
    first, second, third = rules.contacts_after(ENDED)
    assert (first.by, first.from_at, first.due_at) == ("care_list", ENDED, ENDED + timedelta(days=1))
    assert second.by == third.by == "team_leader"
    assert (second.from_at, second.due_at) == (ENDED + timedelta(days=5), ENDED + timedelta(days=7))
    assert (third.from_at, third.due_at) == (ENDED + timedelta(weeks=4), ENDED + timedelta(weeks=6))


@pytest.mark.parametrize(("month", "day"), [(3, 28), (10, 31)])
def test_rest_is_eleven_real_hours_also_when_the_clock_changes(month, day):
    ended = datetime(2027, month, day, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert rules.rest_after(ended) - ended.astimezone(UTC) == timedelta(hours=11)


def test_two_deployments_with_deaths_in_fourteen_days_ask_for_a_talk():
    assert rules.needs_talk([ENDED - timedelta(days=14), ENDED], at=ENDED)


def test_one_deployment_or_one_too_long_ago_or_still_to_come_asks_for_no_talk():
    assert not rules.needs_talk([ENDED], at=ENDED)
    assert not rules.needs_talk([ENDED - timedelta(days=14, seconds=1), ENDED], at=ENDED)
    assert not rules.needs_talk([ENDED, ENDED + timedelta(seconds=1)], at=ENDED)
