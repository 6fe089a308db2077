"""Which calls somebody had, and under which rules they fall."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from nabij.accounts.models import Membership
from nabij.working_time.law import PAID, VOLUNTEER
from nabij.working_time.models import CallWork
from nabij.working_time.rules import Stretch, has_worked_enough

DAY = timedelta(days=1)


def status_of(membership: Membership) -> str:
    """The legal status; it belongs to a membership, so who changes status gets a new membership that day."""
    return VOLUNTEER if membership.is_volunteer else PAID


def calls_of(user_ids: Collection[UUID], since: datetime) -> dict[UUID, list[Stretch]]:
    """Per person, over all their memberships, the work because of calls that ended after this; one query."""
    found: dict[UUID, list[Stretch]] = {each: [] for each in user_ids}
    rows = CallWork.objects.filter(membership__user_id__in=user_ids, ends_at__gt=since)
    for user_id, starts_at, ends_at in rows.values_list("membership__user_id", "starts_at", "ends_at"):
        found[user_id].append(Stretch(starts_at, ends_at))
    return found


def who_worked_enough(membership_ids: Collection[UUID], at: datetime) -> set[UUID]:
    """Of these people whose calls of the last day reached what the rules allow; two queries."""
    people = list(Membership.objects.filter(pk__in=membership_ids))
    calls = calls_of({each.user_id for each in people}, at - DAY)
    return {each.pk for each in people if has_worked_enough(calls[each.user_id], at, status_of(each))}


def calls_by_membership(membership_ids: Collection[UUID], since: datetime) -> dict[UUID, list[Stretch]]:
    """Per membership the calls that ended after this; one query."""
    found: dict[UUID, list[Stretch]] = {each: [] for each in membership_ids}
    rows = CallWork.objects.filter(membership_id__in=membership_ids, ends_at__gt=since)
    for membership_id, starts_at, ends_at in rows.values_list("membership_id", "starts_at", "ends_at"):
        found[membership_id].append(Stretch(starts_at, ends_at))
    return found
