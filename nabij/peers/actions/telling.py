"""Notices: at most one a day, never in quiet hours, without content, by the person's own contact rule."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit.actor import Actor, ActorKind
from nabij.peers import content
from nabij.peers.models import GroupMember
from nabij.peers.outside import outside_of
from nabij.peers.queries.members import (
    members_to_tell_of_going_on,
    members_to_tell_of_the_end,
    members_with_news,
)

NEWS, END, GOING_ON = "group_news", "group_end", "group_goes_on"


@transaction.atomic
def tell_news(*, by: Actor, at: datetime) -> int:
    """Tell members who asked for it that there is something to read; says how many."""
    if by.kind != ActorKind.SYSTEM:
        raise PermissionDenied("Dit doet Nabij zelf.")
    told = 0
    for member in members_with_news(at, content.notice_gap()):
        outside = outside_of(member.space)
        if outside is None or member.member_id is None:
            continue
        outside.tell(member.member_id, NEWS, member.space.is_exercise, at)
        member.told_at = at
        member.save(update_fields=["told_at"])
        told += 1
    return told


@transaction.atomic
def tell_ends(*, by: Actor, at: datetime) -> int:
    """Tell every member of groups whose end was announced, once, by their own contact rule; says how many."""
    return _tell_all(members_to_tell_of_the_end, END, at, by, at)


@transaction.atomic
def tell_going_on(*, by: Actor, at: datetime) -> int:
    """Tell who heard that the groups end that they go on after all, once, by their own contact rule."""
    return _tell_all(members_to_tell_of_going_on, GOING_ON, None, by, at)


def _tell_all(
    members: Callable[[datetime], Iterable[GroupMember]], template: str, end_told_at: datetime | None,
    by: Actor, at: datetime,
) -> int:  # fmt: skip
    if by.kind != ActorKind.SYSTEM:
        raise PermissionDenied("Dit doet Nabij zelf.")
    told = 0
    for member in members(at):
        outside = outside_of(member.space)
        if outside is None or member.member_id is None:
            continue
        outside.tell(member.member_id, template, member.space.is_exercise, at)
        member.end_told_at = end_told_at
        member.save(update_fields=["end_told_at"])
        told += 1
    return told
