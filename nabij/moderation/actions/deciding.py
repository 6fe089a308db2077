"""What a moderator decides about a post and its writer; each decision stands in the trail without text."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.keys.sealing import seal
from nabij.paging.actions import stand_down
from nabij.paging.models import Ask
from nabij.peers import content
from nabij.peers.actions.holding import change_state, decide
from nabij.peers.models import FollowUp, GroupMember, Hold, Post, PostReport, PostState, Verdict
from nabij.peers.policies import can_follow_up, can_moderate

NOT_YOURS = "U leest geen berichten in deze groep."
Rule = Callable[[Actor, Hold, datetime], bool]


def take_up(ask: Ask, *, by: Actor, at: datetime) -> None:
    """Somebody who was called reads it now: the others see that in the queue."""
    row = Hold.objects.select_for_update().filter(pk=ask.page.subject_id, decided_at__isnull=True).first()
    if row is not None and row.taken_at is None:
        row.taken_at, row.taken_by = at, ask.membership_id
        row.save(update_fields=["taken_at", "taken_by"])
        trail.record("group_post.taken_up", by=by, at=at, subject=row.post, thread_id=ask.page.thread_id)


@transaction.atomic
def note_follow_up(row: Hold, what: FollowUp, *, by: Actor, at: datetime) -> Hold:
    """Write down what was done for somebody in danger; before that, nothing can be decided about the post.

    Who is no moderator (the coordinator at night) leaves the post waiting; a moderator decides it later.
    """
    held = _open_hold(row, can_follow_up, by, at)
    held.follow_up = what
    held.save(update_fields=["follow_up"])
    if held.page is not None and not held.page.is_closed:
        stand_down(held.page, by=SYSTEM, at=at)
    facts: dict[str, trail.Fact] = {"what": str(what)}
    thread_id = held.post.talk.group.space.thread_id
    trail.record("group_post.followed_up", by=by, at=at, subject=held.post, thread_id=thread_id, facts=facts)
    if held.post.state in (PostState.WITHDRAWN, PostState.REMOVED):  # its writer took it away already
        Post.objects.filter(pk=held.post_id).update(body_sealed=b"")
        decide(held, Verdict.GONE, by=by, at=at)
    return held


@transaction.atomic
def approve_post(post: Post, *, by: Actor, at: datetime) -> Post:
    """Show a post that waited; so a newcomer becomes somebody who is known here."""
    row, waiting = _held_post(post, by, at)
    if waiting is None or row.state != PostState.HELD:
        raise ValidationError(_("Een collega heeft hier al over beslist."))
    change_state(row, PostState.SHOWN)
    row.shown_at = row.shown_at or at
    row.save(update_fields=["state", "shown_at"])
    decide(waiting, Verdict.APPROVED, by=by, at=at)
    GroupMember.objects.filter(posts=row).update(approved_posts=F("approved_posts") + 1)
    _record("group_post.approved", row, by, at)
    return row


@transaction.atomic
def refuse_post(post: Post, reason: str, note: str, *, by: Actor, at: datetime) -> Post:
    """Do not show a post that waited: its writer reads why, may change it and send it again."""
    row, waiting = _held_post(post, by, at)
    if waiting is None or row.state != PostState.HELD:
        raise ValidationError(_("Een collega heeft hier al over beslist."))
    _give_reason(row, reason, note)
    change_state(row, PostState.REFUSED)
    row.save(update_fields=["state", "reason", "note_sealed"])
    decide(waiting, Verdict.REFUSED, by=by, at=at)
    _record("group_post.refused", row, by, at, reason=reason)
    return row


@transaction.atomic
def remove_post(post: Post, reason: str, note: str, *, by: Actor, at: datetime) -> Post:
    """Take a post out of the group; its writer reads why, others read that a post was taken away."""
    row, waiting = _held_post(post, by, at)
    if row.state in (PostState.WITHDRAWN, PostState.REMOVED):
        raise ValidationError(_("Dit bericht is al weg."))
    _give_reason(row, reason, note)
    change_state(row, PostState.REMOVED)
    row.body_sealed = b""
    row.save(update_fields=["state", "reason", "note_sealed", "body_sealed"])
    if waiting is not None:
        decide(waiting, Verdict.REMOVED, by=by, at=at)
    _settle(row, by, at)
    _record("group_post.removed", row, by, at, reason=reason)
    return row


@transaction.atomic
def settle_reports(post: Post, *, by: Actor, at: datetime) -> Post:
    """The reports were read and the post stays."""
    row, _waiting = _held_post(post, by, at)
    if _settle(row, by, at):
        _record("group_post.stays", row, by, at)
    return row


@transaction.atomic
def silence_member(post: Post, days: int, *, by: Actor, at: datetime) -> GroupMember:
    """Read everything first for some days that the writer of this post writes; they are told until when.

    Their texts are still taken in, because danger in them must be seen.
    """
    row = _moderated(post, by, at)
    if days not in content.silence_choices() or row.author is None:
        raise ValidationError(_("Kies voor hoeveel dagen."))
    row.author.silenced_until = at + timedelta(days=days)
    row.author.save(update_fields=["silenced_until"])
    _record("group_member.silenced", row, by, at, days=days)
    return row.author


def _give_reason(row: Post, reason: str, note: str) -> None:
    """Why, as a code of the list and perhaps a few words for the writer, sealed with the writer's key."""
    if reason not in dict(content.choices("refuse_reason")):
        raise ValidationError({"reason": _("Kies waarom.")})
    row.reason = reason
    row.note_sealed = seal(row.author_id, note.strip()) if row.author_id else b""


def _settle(row: Post, by: Actor, at: datetime) -> int:
    waiting = PostReport.objects.filter(post=row, settled_at__isnull=True)
    return waiting.update(settled_at=at, settled_by=by.id)


def _moderated(post: Post, by: Actor, at: datetime) -> Post:
    """The post, held, for who moderates its group."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("author", "talk__group__space")
    row = rows.get(pk=post.pk)
    if not can_moderate(by, row.talk.group.space, at):
        raise PermissionDenied(NOT_YOURS)
    return row


def _held_post(post: Post, by: Actor, at: datetime) -> tuple[Post, Hold | None]:
    """The post and what makes it wait; of two moderators the second finds that it waits no more."""
    row = _moderated(post, by, at)
    waiting = Hold.objects.select_for_update(of=("self",)).select_related("page")
    found = waiting.filter(post=row, decided_at__isnull=True).first()
    if found is not None and found.is_danger and not found.follow_up:
        raise ValidationError(_("Bel eerst deze persoon, en schrijf op wat u deed."))
    return row, found


def _open_hold(row: Hold, rule: Rule, by: Actor, at: datetime) -> Hold:
    """What waits, held, for who may follow it up; ValidationError when it was decided meanwhile."""
    rows = Hold.objects.select_for_update(of=("self",)).select_related("post__talk__group__space", "page")
    held = rows.get(pk=row.pk)
    if not rule(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    if held.decided_at is not None or not held.is_danger:
        raise ValidationError(_("Een collega heeft hier al over beslist."))
    return held


def _record(verb: str, row: Post, by: Actor, at: datetime, **facts: trail.Fact) -> None:
    thread_id = row.talk.group.space.thread_id
    trail.record(verb, by=by, at=at, subject=row, thread_id=thread_id, facts=facts)
