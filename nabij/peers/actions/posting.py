"""Writing in a group: plain text, by members and by moderators; changing, taking away, reporting."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.sealing import seal, seal_all
from nabij.peers import content
from nabij.peers.actions.holding import change_state, decide, hold, reasons_to_wait
from nabij.peers.models import GroupMember, Hold, Post, PostReport, PostState, Talk, Verdict
from nabij.peers.policies import (
    can_change,
    can_report,
    can_take_away,
    can_write_as_moderator,
    is_in,
    talks_visible_to,
)

NOT_HERE = "Dit bestaat niet voor u."


@transaction.atomic
def start_talk(member: GroupMember, title: str, subject: str, body: str, *, by: Actor, at: datetime) -> Post:
    """Begin a talk in one's own group with a first post."""
    held = _writer(member, by, at)
    if subject not in dict(content.choices("subject")):
        raise ValidationError({"subject": _("Kies waar het over gaat.")})
    if not title.strip() or len(title) > content.number("longest_title"):
        raise ValidationError({"title": _("Schrijf in een paar woorden waar het over gaat.")})
    talk = Talk.objects.create(
        group=held.group,
        subject=subject,
        author=held,
        title_sealed=seal(held.pk, title.strip()),
        started_at=at,
    )
    return _write(held, talk, body, f"{title}\n{body}", by, at)


@transaction.atomic
def reply(member: GroupMember, talk: Talk, body: str, *, by: Actor, at: datetime) -> Post:
    """Write in a talk that one may read; in quiet hours too, nobody gets a notice then."""
    held = _writer(member, by, at)
    if not Talk.objects.filter(talks_visible_to(held), pk=talk.pk).exists():
        raise PermissionDenied(NOT_HERE)
    return _write(held, talk, body, body, by, at)


@transaction.atomic
def change_post(post: Post, body: str, *, by: Actor, at: datetime) -> Post:
    """Write one's own post anew; it is looked at as if it were new, and again when it was refused."""
    row = _locked(post)
    if not can_change(by, row, at) or row.author is None:
        raise PermissionDenied(NOT_HERE)
    _check_length(body)
    was = row.state
    reasons = reasons_to_wait(row.author, row.talk, body, is_again=was == PostState.REFUSED, at=at)
    row.body_sealed, row.changed_at, row.reason, row.note_sealed = (
        seal(row.author.pk, body.strip()),
        at,
        "",
        b"",
    )
    if reasons or was == PostState.HELD:
        if was != PostState.HELD:
            change_state(row, PostState.HELD)
        row.save()
        hold(row, reasons or ["again"], by=by, at=at)
    else:
        row.save()
    trail.record("group_post.changed", by=by, at=at, subject=row)
    return row


@transaction.atomic
def withdraw_post(post: Post, *, by: Actor, at: datetime) -> Post:
    """Take one's own post away for good; when it told of danger, a moderator reads it before it goes."""
    row = _locked(post)
    if not can_take_away(by, row, at):
        raise PermissionDenied(NOT_HERE)
    change_state(row, PostState.WITHDRAWN)
    waiting = Hold.objects.select_for_update().filter(post=row, decided_at__isnull=True).first()
    if waiting is None or not waiting.is_danger or waiting.follow_up:
        row.body_sealed = b""
        if waiting is not None:
            decide(waiting, Verdict.GONE, by=by, at=at)
    row.save()
    trail.record("group_post.withdrawn", by=by, at=at, subject=row)
    return row


@transaction.atomic
def write_as_moderator(talk: Talk, body: str, *, by: Actor, at: datetime) -> Post:
    """A moderator writes in a talk, shown as a moderator."""
    if not can_write_as_moderator(by, talk, at):
        raise PermissionDenied("Hier kunt u niet als moderator schrijven.")
    _check_length(body)
    post = Post(talk=talk, staff_id=by.id, state=PostState.SHOWN, written_at=at, shown_at=at)
    post.body_sealed = seal(post.pk, body.strip())
    post.save(force_insert=True)
    trail.record("group_post.written", by=by, at=at, subject=post)
    return post


@transaction.atomic
def report_post(
    post: Post, member: GroupMember, reason: str, note: str, *, by: Actor, at: datetime
) -> PostReport:
    """Say that a post is not right: moderators look sooner, and the post stays to be read until then."""
    if not can_report(by, member, post, at):
        raise PermissionDenied(NOT_HERE)
    if reason not in dict(content.choices("report_reason")):
        raise ValidationError({"reason": _("Kies wat er niet goed is.")})
    locked = _locked(post)
    row = PostReport.objects.filter(post=locked, reporter=member, settled_at__isnull=True).first()
    row = row or PostReport(post=locked, reporter=member, reported_at=at)
    row.reason, row.note_sealed = reason, seal(member.pk, note.strip())
    row.save()
    trail.record("group_post.reported", by=by, at=at, subject=post, facts={"reason": reason})
    return row


def _write(member: GroupMember, talk: Talk, body: str, checked: str, by: Actor, at: datetime) -> Post:
    """A new post, shown at once or held; its text is sealed with the member's own key."""
    _check_length(body)
    reasons = reasons_to_wait(member, talk, checked, is_again=False, at=at)
    post = Post(talk=talk, author=member, written_at=at, state=PostState.HELD if reasons else PostState.SHOWN)
    post.shown_at = None if reasons else at
    post.body_sealed = seal_all(member.pk, {"body": body.strip()})["body"]
    post.save(force_insert=True)
    trail.record("group_post.written", by=by, at=at, subject=post)
    if reasons:
        hold(post, reasons, by=by, at=at)
    return post


def _check_length(body: str) -> None:
    longest = content.number("longest_post")
    if not body.strip():
        raise ValidationError({"body": _("Schrijf eerst een bericht.")})
    if len(body) > longest:
        said = _("Uw bericht is te lang. Er passen %(longest)s tekens in.") % {"longest": longest}
        raise ValidationError({"body": said})


def _writer(member: GroupMember, by: Actor, at: datetime) -> GroupMember:
    """The member, held so that what is counted of them is right; for others the group is not there."""
    rows = GroupMember.objects.select_for_update(of=("self",)).select_related("space", "group__space")
    held = rows.get(pk=member.pk)
    if not is_in(by, held, at):
        raise PermissionDenied(NOT_HERE)
    return held


def _locked(post: Post) -> Post:
    """The post, held: who writes, takes away and decides at the same moment come one after the other."""
    rows = Post.objects.select_for_update(of=("self",))
    return rows.select_related("author__space", "talk__group__space", "talk__introduction").get(pk=post.pk)
