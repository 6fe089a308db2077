"""Whose place in a group may go, and whose a hold keeps."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.peers.models import GroupMember
from nabij.peers.outside import members_of
from nabij.privacy.queries import held_at
from nabij.privacy.removal import Held


def inactive_members(before: datetime) -> QuerySet[GroupMember]:
    """Members who were not here since this moment."""
    return GroupMember.objects.filter(left_at__isnull=True, seen_at__lt=before)


def about_members(held: Held) -> Q:
    """Places of persons who are held, by whatever id they are members, and all at an event that is held."""
    return Q(member_id__in=members_of(held.persons)) | Q(space__thread_id__in=held.incidents)


def held_members(at: datetime) -> QuerySet[GroupMember]:
    """Members of whose place and posts nothing may go now."""
    return GroupMember.objects.filter(about_members(held_at(at)))


def members_to_erase(at: datetime) -> QuerySet[GroupMember]:
    """Who is still a member of groups whose last day of reading is over, and is not held."""
    over = GroupMember.objects.filter(space__erased_at__lte=at, left_at__isnull=True)
    return over.exclude(about_members(held_at(at)))
