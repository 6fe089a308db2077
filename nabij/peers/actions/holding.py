"""A post waits for a moderator; danger words call one at once."""

from datetime import datetime

import structlog
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.paging.actions import stand_down, start_page
from nabij.peers import content
from nabij.peers.checks import contacts_in, dangers_in, has_name
from nabij.peers.models import (
    ALLOWED,
    GroupMember,
    Hold,
    HoldReason,
    NameMark,
    Post,
    PostState,
    Talk,
    Verdict,
)
from nabij.peers.models.holds import DANGER

log = structlog.get_logger(__name__)
DANGER_IN_HOURS, DANGER_OUTSIDE_HOURS = "group_danger", "group_danger_outside_hours"


def change_state(post: Post, state: PostState) -> None:
    """Move a post to a state that its present one allows."""
    if state not in ALLOWED[post.state]:
        raise ValueError(f"a post that is {post.state} cannot become {state}")
    post.state = state


def reasons_to_wait(member: GroupMember, talk: Talk, text: str, *, is_again: bool, at: datetime) -> list[str]:
    """Why a moderator reads this first, the most serious reason first.

    Between the two of an introduction only danger and names of the list make a text wait: they chose each
    other, and may give each other a number.
    """
    marks = NameMark.objects.filter(space_id=member.space_id).values_list("mark", "words")
    found: list[HoldReason] = dangers_in(text)
    if has_name(text, member.space_id, {bytes(mark): words for mark, words in marks}):
        found.append(HoldReason.NAME)
    if talk.introduction_id is None:
        found += contacts_in(text)
        if member.approved_posts < content.number("newcomer_posts"):
            found.append(HoldReason.NEWCOMER)
    if is_again:
        found.append(HoldReason.AGAIN)
    if member.is_silenced(at):
        found.append(HoldReason.SILENCED)
    return [str(each.value) for each in HoldReason if each in found]


def hold(post: Post, reasons: list[str], *, by: Actor, at: datetime) -> Hold:
    """Let a post wait; danger that was seen once is not taken away by other words.

    Danger in words that came after somebody was phoned is danger anew: called for and followed up again.
    """
    row = Hold.objects.select_for_update().filter(post=post, decided_at__isnull=True).first()
    row = row or Hold(post=post, held_at=at, reasons=[])
    if row.follow_up and any(each in DANGER for each in reasons):
        row.follow_up, row.page, row.taken_at, row.taken_by, row.is_danger = "", None, None, None, False
    was_danger = row.is_danger
    kept = {each for each in row.reasons if each in DANGER}
    row.reasons = [each.value for each in HoldReason if each.value in {*reasons, *kept}]
    row.is_danger = any(each in DANGER for each in row.reasons)
    row.member_id = post.author.member_id if row.is_danger and post.author else None
    row.save()
    facts: dict[str, trail.Fact] = {"danger": row.is_danger}
    thread_id = post.talk.group.space.thread_id
    trail.record("group_post.held", by=by, at=at, subject=post, thread_id=thread_id, facts=facts)
    if row.is_danger and not was_danger:
        _call(row, by, at)
    return row


def _call(row: Hold, by: Actor, at: datetime) -> None:
    """Page in a savepoint: when that fails the post still waits, and a job tries again each minute."""
    space = row.post.talk.group.space
    in_hours = content.must_be_attended(space.opened_at, at)
    try:
        with transaction.atomic():
            row.page = start_page(
                DANGER_IN_HOURS if in_hours else DANGER_OUTSIDE_HOURS,
                subject_id=row.pk, thread_id=space.thread_id, team_id=space.team_id, needed=1,
                exercise=space.is_exercise, by=by, at=at, values={"reference": space.reference},
            )  # fmt: skip
            row.save(update_fields=["page"])
    except Exception as error:
        log.error("paging failed", error=type(error).__name__, hold=str(row.pk))
        row.page = None
        trail.record("group_post.paging_failed", by=by, at=at, subject=row.post, thread_id=space.thread_id)


@transaction.atomic
def call_again(*, by: Actor, at: datetime) -> int:
    """Call for every post with danger for which no call runs and nothing was decided; says how many."""
    waiting = Hold.objects.select_for_update(of=("self",), skip_locked=True).filter(
        is_danger=True, decided_at__isnull=True, page__isnull=True
    )
    rows = list(waiting.select_related("post__talk__group__space"))
    for row in rows:
        _call(row, by, at)
    return len(rows)


def decide(row: Hold, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    """End a waiting post; nobody is called for it any more, and who it was is forgotten."""
    row.decided_at, row.decided_by, row.verdict, row.member_id = at, by.id, verdict, None
    row.save(update_fields=["decided_at", "decided_by", "verdict", "member_id"])
    if row.page is not None and not row.page.is_closed:
        stand_down(row.page, by=SYSTEM, at=at)
