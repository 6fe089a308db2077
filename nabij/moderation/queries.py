"""What moderators see: what waits, the most urgent first; who is there; what is asked of a colleague."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from nabij.accounts.models import Membership
from nabij.accounts.roles import PERMISSIONS, Permission
from nabij.audit.actor import Actor
from nabij.keys.sealing import Opener
from nabij.moderation.models import Expulsion, ModeratorShift, SubjectOptOut
from nabij.paging.models import Page
from nabij.peers import content
from nabij.peers.models import Group, Hold, HoldReason, Post, PostReport, Space, Talk
from nabij.peers.policies import can_follow_up, spaces_visible_to

MODERATORS = [role for role, may in PERMISSIONS.items() if Permission.MODERATE_GROUPS in may]
LEADERS = [role for role, may in PERMISSIONS.items() if Permission.LEAD_GROUPS in may]
MODERATOR_SEAT, LEAD_SEAT = "group_moderator", "group_lead"
DAYS_AHEAD = 3


class Priority(IntEnum):
    """What is read first."""

    DANGER = 0
    REPORTED_OFTEN = 1
    REPORTED = 2
    NAMED = 3
    FIRST_POSTS = 4


@dataclass(frozen=True)
class Waiting:
    """One post in the queue; the text is read on its own page."""

    post: Post
    hold: Hold | None
    reports: int
    since: datetime

    @property
    def priority(self) -> Priority:
        """Danger first; then what members reported, more often is sooner; newcomers last."""
        if self.hold is not None and self.hold.is_danger:
            return Priority.DANGER
        if self.reports:
            return Priority.REPORTED_OFTEN if self.reports > 1 else Priority.REPORTED
        quiet = {HoldReason.NEWCOMER.value, HoldReason.SILENCED.value, HoldReason.AGAIN.value}
        only_quiet = self.hold is not None and set(self.hold.reasons) <= quiet
        return Priority.FIRST_POSTS if only_quiet else Priority.NAMED


def spaces_for(actor: Actor, at: datetime) -> QuerySet[Space]:
    """The spaces that this moderator watches over."""
    rows = Space.objects.filter(spaces_visible_to(actor, at)).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    )
    return rows.order_by("opened_at", "pk")


def skipped_by(actor: Actor) -> list[str]:
    """The subjects that this moderator leaves out."""
    if actor.id is None:
        return []
    return list(SubjectOptOut.objects.filter(membership_id=actor.id).values_list("subject", flat=True))


def _skipping(actor: Actor) -> tuple[list[str], list[str]]:
    """The subjects that an actor skips, and the kinds of danger that belong to them."""
    skipped = skipped_by(actor)
    return skipped, [danger for each in skipped if (danger := content.danger_of(each))]


def queue_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What waits for this moderator: held or reported, without the subjects they leave out."""
    spaces = Space.objects.filter(spaces_visible_to(actor, at)).values("pk")
    skipped, dangers = _skipping(actor)
    holds = Hold.objects.filter(post__talk__group__space__in=spaces, decided_at__isnull=True)
    holds = holds.exclude(post__talk__subject__in=skipped).exclude(reasons__overlap=dangers)
    held = {row.post_id: row for row in holds.select_related("post__talk__group__space", "page")}
    counted = (
        PostReport.objects.filter(post__talk__group__space__in=spaces, settled_at__isnull=True)
        .exclude(post__talk__subject__in=skipped)
        .values("post_id")
        .annotate(number=Count("pk"), since=Min("reported_at"))
    )
    reports = {row["post_id"]: (row["number"], row["since"]) for row in counted}
    posts = Post.objects.filter(pk__in=reports.keys() - held.keys()).select_related("talk__group__space")
    found = [
        Waiting(row.post, row, reports.get(pk, (0, None))[0], row.held_at) for pk, row in held.items()
    ] + [Waiting(post, None, *reports[post.pk]) for post in posts]
    return sorted(found, key=lambda each: (each.priority, each.since, str(each.post.pk)))


def post_to_read(actor: Actor, pk: UUID, at: datetime) -> Post | None:
    """A post for who moderates; of a talk of two only when it waits or was reported.

    Who took the call about a post in danger reads that one post, also without being a moderator.
    """
    rows = Post.objects.select_related("author", "talk__group__space", "talk__introduction")
    row = rows.filter(pk=pk).first()
    if row is None:
        return None
    waiting = open_hold_of(row)
    if waiting is not None and waiting.is_danger and can_follow_up(actor, waiting, at):
        return row
    spaces = Space.objects.filter(spaces_visible_to(actor, at))
    between_two = row.talk.introduction_id is not None
    called_for = waiting is not None or row.reports.filter(settled_at__isnull=True).exists()
    seen = spaces.filter(pk=row.talk.group.space_id).exists() and (called_for or not between_two)
    return row if seen and row.talk.subject not in skipped_by(actor) else None


def talk_to_read(actor: Actor, pk: UUID, at: datetime) -> Talk | None:
    """A talk of a group for who moderates; never one between two people."""
    spaces = Space.objects.filter(spaces_visible_to(actor, at)).values("pk")
    rows = Talk.objects.filter(pk=pk, group__space__in=spaces, introduction__isnull=True)
    return rows.exclude(subject__in=skipped_by(actor)).select_related("group__space").first()


def open_hold_of(post: Post) -> Hold | None:
    """Why a post waits now."""
    rows = Hold.objects.filter(post=post, decided_at__isnull=True).select_related("post__talk__group__space")
    return rows.select_related("page", "post__talk__group__space").first()


def reports_of(post: Post) -> list[tuple[PostReport, str, str]]:
    """What members said of a post and is not settled: the report, why in words, and their note."""
    rows = list(PostReport.objects.filter(post=post, settled_at__isnull=True).order_by("reported_at", "pk"))
    opener = Opener(row.reporter_id for row in rows)
    return [
        (row, content.in_words("report_reason", row.reason), opener.open(row.reporter_id, row.note_sealed))
        for row in rows
    ]


def posts_in(talk: Talk) -> QuerySet[Post]:
    """Every post of a talk, for who moderates it."""
    return Post.objects.filter(talk=talk)


def groups_in(space: Space) -> list[Group]:
    """The groups of a space with how many are in each."""
    here = Count("members", filter=Q(members__left_at__isnull=True))
    rows = space.groups.select_related("contact__user", "youth_worker__user").annotate(number=here)
    return list(rows.order_by("relation", "is_youth"))


def talks_in(actor: Actor, space: Space) -> list[tuple[Talk, str]]:
    """The latest talks of the groups of a space with their titles, without subjects that are left out."""
    rows = Talk.objects.filter(group__space=space, introduction__isnull=True)
    rows = rows.exclude(subject__in=skipped_by(actor)).exclude(author=None)
    found = list(rows.select_related("group").order_by("-started_at", "pk")[:30])
    opener = Opener(row.author_id for row in found if row.author_id)
    return [(row, opener.open(row.author_id, row.title_sealed)) for row in found if row.author_id]


def expulsions_of(space: Space) -> list[Expulsion]:
    """Who is to be put out, and who was, the newest first; no alias is left of who was."""
    rows = Expulsion.objects.filter(member__space=space).select_related("member__group")
    return list(rows.order_by("-asked_at", "pk")[:50])


def expulsion_for(actor: Actor, pk: UUID, at: datetime) -> Expulsion | None:
    """One of these, for who moderates there."""
    spaces = Space.objects.filter(spaces_visible_to(actor, at)).values("pk")
    return Expulsion.objects.filter(pk=pk, member__space__in=spaces).select_related("member__space").first()


def memberships_of_person(actor: Actor) -> set[UUID]:
    """Every role that the person who acts has: four eyes are of people, not of roles."""
    own = Membership.objects.filter(user_id=actor.user_id or UUID(int=0)).values_list("pk", flat=True)
    return {*own, actor.id} if actor.id else set(own)


def asked_of_colleague(post: Post) -> Expulsion | None:
    """That somebody asked to put the writer of this post out, and nobody decided."""
    return Expulsion.objects.filter(member_id=post.author_id, decided_at__isnull=True).first()


# Presence


def shifts_of(space: Space, at: datetime) -> list[ModeratorShift]:
    """Shifts that go on or come, in order."""
    rows = space.shifts.filter(ends_at__gt=at).select_related("membership__user")
    return list(rows.order_by("starts_at", "pk"))


def shift_for(space: Space, pk: UUID) -> ModeratorShift | None:
    """One shift of this space."""
    return space.shifts.filter(pk=pk).select_related("space").first()


def gaps_of(space: Space, at: datetime) -> list[tuple[datetime, datetime]]:
    """Hours of the coming days in which a moderator must be there and nobody is, in a row together."""
    shifts = list(space.shifts.filter(ends_at__gt=at).values_list("starts_at", "ends_at"))
    hour = at.replace(minute=0, second=0, microsecond=0)
    found: list[tuple[datetime, datetime]] = []
    for step in range(DAYS_AHEAD * 24):
        start = hour + timedelta(hours=step)
        end = start + timedelta(hours=1)
        is_covered = any(first <= max(start, at) and end <= last for first, last in shifts)
        if is_covered or not content.must_be_attended(space.opened_at, max(start, at)):
            continue
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def is_moderated(owner_id: UUID, at: datetime) -> bool:
    """Whether there are groups of this centre or community and a moderator is there now; for who opens it."""
    shifts = ModeratorShift.objects.filter(space__owner_id=owner_id, starts_at__lte=at, ends_at__gt=at)
    return shifts.exists() and Group.objects.filter(space__owner_id=owner_id).exists()


def moderators_of(space: Space, at: datetime) -> QuerySet[Membership]:
    """Who may watch over the groups of this space."""
    rows = Membership.objects.current(at).filter(organisation_id=space.organisation_id, role__in=MODERATORS)
    return rows.select_related("user").order_by("user__name", "pk")


# Who is called


def seats_of_groups(seat: str, team_id: UUID | None, at: datetime) -> list[UUID]:
    """Who watches over groups now, or leads them: what the paging engine asks.

    A shift in an exercise does not count here.
    """
    if seat == MODERATOR_SEAT:
        return _on_duty(ModeratorShift.objects.filter(space__is_exercise=False), at)
    if seat == LEAD_SEAT:
        leads = Membership.objects.current(at).filter(role__in=LEADERS).order_by("pk")
        return list(leads.values_list("pk", flat=True))
    return []


def _on_duty(shifts: QuerySet[ModeratorShift], at: datetime) -> list[UUID]:
    now = shifts.filter(starts_at__lte=at, ends_at__gt=at).order_by("starts_at", "pk")
    return list(now.values_list("membership_id", flat=True))


def who_to_call(page: Page, seat: str, people: list[UUID], at: datetime) -> list[UUID]:
    """Of a chair of the groups only who belongs to this space and reads about this kind of danger.

    Who moderates now is asked of the space itself, so that a post of an exercise reaches who practises there.
    """
    if seat not in (MODERATOR_SEAT, LEAD_SEAT):
        return people
    row = Hold.objects.filter(pk=page.subject_id).select_related("post__talk__group__space").first()
    if row is None:
        return []
    space, talk = row.post.talk.group.space, row.post.talk
    if seat == MODERATOR_SEAT:
        here = _on_duty(space.shifts.all(), at)
    else:
        leads = Membership.objects.filter(pk__in=people, organisation_id=space.organisation_id)
        known = set(leads.values_list("pk", flat=True))
        here = [each for each in people if each in known]
    opted = SubjectOptOut.objects.filter(membership_id__in=here).values_list("membership_id", "subject")
    away = {
        membership
        for membership, subject in opted
        if subject == talk.subject or content.danger_of(subject) in row.reasons
    }
    return [each for each in dict.fromkeys(here) if each not in away]


def waiting_count(actor: Actor, at: datetime) -> tuple[int, int]:
    """How many posts wait for this moderator, and how many of them tell of danger."""
    found = queue_for(actor, at)
    return len(found), sum(each.priority == Priority.DANGER for each in found)


def post_of_call(hold_id: UUID) -> UUID | None:
    """The post that a call is about."""
    return Hold.objects.filter(pk=hold_id).values_list("post_id", flat=True).first()
