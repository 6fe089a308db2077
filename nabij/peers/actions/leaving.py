"""Leaving takes everything along: the key goes, the texts go, the place of a post stays empty."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.keys.sealing import destroy_key
from nabij.peers.models import (
    GroupMember,
    Hold,
    Introduction,
    IntroductionState,
    Invitation,
    Leaving,
    Mute,
    Post,
    PostReport,
    PostState,
    Talk,
    Verdict,
)
from nabij.peers.policies import is_member
from nabij.peers.queries.keeping import held_members, members_to_erase
from nabij.privacy.queries import wait_for_placing

GONE = Q(state__in=[PostState.WITHDRAWN, PostState.REMOVED])


@transaction.atomic
def leave(member: GroupMember, *, by: Actor, at: datetime) -> None:
    """A member goes, and takes along all that they wrote, for good."""
    held = _held(member)
    if not is_member(by, held, at):
        raise PermissionDenied("Dit bestaat niet voor u.")
    let_go(held, Leaving.OWN_WISH, by=by, at=at)


@transaction.atomic
def leave_of(member_id: UUID, owner_id: UUID, *, by: Actor, at: datetime) -> bool:
    """The app above says that somebody's entry ended: they leave, with their posts; False when not in."""
    if by.kind == ActorKind.HELPED_PERSON and by.id != member_id:
        raise PermissionDenied("Dit bestaat niet voor u.")
    rows = GroupMember.objects.filter(member_id=member_id, space__owner_id=owner_id, left_at__isnull=True)
    found = rows.first()
    if found is not None:
        let_go(_held(found), Leaving.ENTRY_ENDED, by=by, at=at)
    return found is not None


@transaction.atomic
def leave_all(members: Iterable[GroupMember], leaving: Leaving, *, by: Actor, at: datetime) -> int:
    """Nabij itself lets these members go: the groups ended, or they were not here for a long time."""
    if by.kind != ActorKind.SYSTEM:
        raise PermissionDenied("Dit doet Nabij zelf.")
    rows = [_held(each) for each in members]
    for row in rows:
        let_go(row, leaving, by=by, at=at)
    return len(rows)


@transaction.atomic
def expel_from_outside(member_id: UUID, owner_id: UUID, *, by: Actor, at: datetime) -> bool:
    """The app above put somebody out (the wrong person): gone here too, and not coming back."""
    if by.kind not in (ActorKind.MEMBERSHIP, ActorKind.SYSTEM):
        raise PermissionDenied("U zet niemand uit deze groep.")
    rows = GroupMember.objects.filter(member_id=member_id, space__owner_id=owner_id, left_at__isnull=True)
    found = rows.first()
    if found is not None:
        let_go(_held(found), Leaving.EXPELLED, by=by, at=at)
    return found is not None


@transaction.atomic
def end_spaces(*, by: Actor, at: datetime) -> int:
    """Every space whose term after the end is over loses its members and posts; nothing is archived.

    What a hold keeps stays sealed, where nobody reads it, and goes once nothing holds it any more.
    """
    left = GroupMember.objects.filter(space__erased_at__lte=at, left_at__isnull=False, is_under_review=True)
    left.update(is_under_review=False, member_id=None)
    wait_for_placing()
    return leave_all(members_to_erase(at), Leaving.SPACE_ENDED, by=by, at=at)


def let_go(member: GroupMember, leaving: Leaving, *, by: Actor, at: datetime) -> None:
    """End a held membership. Only who was expelled stays known by their id, so that they do not come back.

    So does who leaves while a colleague still has to decide about them, until that is decided. A post that
    told of danger is gone too; that somebody must be phoned stays until it is done.
    """
    Post.objects.filter(author=member).exclude(GONE).update(state=PostState.WITHDRAWN)
    Post.objects.filter(author=member).update(body_sealed=b"", note_sealed=b"", author=None)
    Talk.objects.filter(author=member).update(title_sealed=b"", author=None)
    _let_waiting_go(by, at)
    _end_introductions(member, at)
    PostReport.objects.filter(reporter=member).delete()
    Mute.objects.filter(Q(member=member) | Q(muted=member)).delete()
    destroy_key(member.pk, at=at)
    member.left_at, member.leaving = at, leaving
    member.alias_sealed, member.alias_mark, member.meets_about = b"", None, []
    member.is_open_to_meeting = member.wants_notices = False
    if leaving == Leaving.EXPELLED:
        member.is_under_review = False
    elif not member.is_under_review:
        member.member_id = None
    member.save()
    trail.record("group.left", by=by, at=at, subject=member, facts={"how": str(leaving)})


def _let_waiting_go(by: Actor, at: datetime) -> None:
    """Nobody needs to decide about posts that are gone, unless somebody must still be phoned."""
    waiting = Hold.objects.filter(post__author=None, post__staff=None, decided_at__isnull=True)
    done = waiting.filter(Q(is_danger=False) | ~Q(follow_up=""))
    done.update(decided_at=at, decided_by=by.id, verdict=Verdict.GONE, member_id=None)


def _end_introductions(member: GroupMember, at: datetime) -> None:
    """Who had contact with this member has it no more, and nobody is asked for them."""
    both = Introduction.objects.filter(Q(asker=member) | Q(other=member))
    said = Post.objects.filter(talk__introduction__in=both).exclude(GONE)
    kept = list(said.filter(author__in=held_members(at)).values_list("pk", flat=True))
    said.exclude(pk__in=kept).update(state=PostState.WITHDRAWN, body_sealed=b"")
    said.filter(pk__in=kept).update(state=PostState.WITHDRAWN)
    both.exclude(state=IntroductionState.ENDED).update(state=IntroductionState.ENDED, ended_at=at)
    Invitation.objects.filter(member=member).delete()


def _held(member: GroupMember) -> GroupMember:
    rows = GroupMember.objects.select_for_update(of=("self",)).select_related("space")
    return rows.get(pk=member.pk)
