"""What a member sees: their group, its talks, and their own place in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from nabij.keys.sealing import Opener
from nabij.kit.clock import local
from nabij.peers import content
from nabij.peers.models import Group, GroupMember, Hold, Mute, Post, PostState, Space, Talk
from nabij.peers.policies import posts_visible_to, talks_visible_to

MANY = 200  # posts or talks on one page


@dataclass(frozen=True)
class ShownTalk:
    """One talk as it stands in the list."""

    talk: Talk
    title: str
    subject: str
    number: int
    last_at: datetime
    is_new: bool


@dataclass(frozen=True)
class ShownPost:
    """One post as a member or a moderator reads it."""

    post: Post
    who: str
    text: str
    is_mine: bool
    is_muted: bool
    why: str
    note: str

    @property
    def is_gone(self) -> bool:
        """Whether only the place of it is left."""
        return self.post.state in (PostState.WITHDRAWN, PostState.REMOVED)

    @property
    def may_be_reported(self) -> bool:
        """Whether another member may say that it is not right."""
        return self.post.state == PostState.SHOWN and not self.is_mine and self.post.author_id is not None


def space_with(pk: UUID) -> Space | None:
    """The space at this address; whether somebody may come in is for the app above it."""
    return Space.objects.filter(pk=pk).first()


def member_of(space: Space, member_id: UUID) -> GroupMember | None:
    """The place of this person in the space, as long as they did not leave."""
    rows = GroupMember.objects.filter(space=space, member_id=member_id, left_at__isnull=True)
    return rows.select_related("space", "group__space", "group__contact__user").first()


def former_place_of(space: Space, member_id: UUID) -> GroupMember | None:
    """The place that somebody had who was put out here, or went while it was still decided about them."""
    return GroupMember.objects.filter(space=space, member_id=member_id, left_at__isnull=False).first()


def groups_of(space: Space, relation: str) -> list[Group]:
    """The groups of this relation: one for everybody, perhaps one for the young."""
    return list(Group.objects.filter(space=space, relation=relation).order_by("is_youth"))


def alias_of(member: GroupMember) -> str:
    """The name that a member chose."""
    return Opener([member.pk]).open(member.pk, member.alias_sealed)


def aliases_of(members: Iterable[GroupMember | None]) -> dict[UUID, str]:
    """The names of these members, in one query for their keys."""
    known = {each.pk: each for each in members if each is not None}
    opener = Opener(known)
    return {pk: opener.open(pk, each.alias_sealed) for pk, each in known.items()}


def talks_of(member: GroupMember) -> list[ShownTalk]:
    """The talks of the member's group with something to read, the latest post first."""
    own = Q(posts__author=member) & ~Q(posts__state=PostState.WITHDRAWN)
    readable = Q(posts__state=PostState.SHOWN) | own
    rows = (
        Talk.objects.filter(talks_visible_to(member), introduction__isnull=True)
        .annotate(number=Count("posts", filter=readable), last_at=Max("posts__written_at", filter=readable))
        .filter(number__gt=0)
        .order_by(F("last_at").desc(), "pk")[:MANY]
    )
    opener = Opener(row.author_id for row in rows if row.author_id)
    subjects = dict(content.choices("subject"))
    return [
        ShownTalk(
            row, _title(row, opener), subjects.get(row.subject, ""), row.number, row.last_at,
            row.last_at > member.seen_at,
        )
        for row in rows
    ]  # fmt: skip


def _title(talk: Talk, opener: Opener) -> str:
    return opener.open(talk.author_id, talk.title_sealed) if talk.author_id else ""


def title_of(talk: Talk) -> str:
    """What a talk is about, in the words of who began it; empty when they left."""
    return _title(talk, Opener([talk.author_id] if talk.author_id else []))


def talk_for(member: GroupMember, pk: UUID) -> Talk | None:
    """A talk that this member reads."""
    own = Q(author=member) & ~Q(state=PostState.WITHDRAWN)
    posts = Post.objects.filter(Q(state=PostState.SHOWN) | own, talk=OuterRef("pk"))
    rows = Talk.objects.filter(talks_visible_to(member), pk=pk)
    rows = rows.filter(Q(introduction__isnull=False) | Exists(posts))
    return rows.select_related("introduction", "group__space").first()


def post_for(member: GroupMember, pk: UUID) -> Post | None:
    """A post that this member reads, in a talk that this member reads."""
    talks = Talk.objects.filter(talks_visible_to(member)).values("pk")
    rows = Post.objects.filter(posts_visible_to(member), talk__in=talks, pk=pk)
    return rows.select_related("talk__group__space", "talk__introduction", "author__space").first()


def posts_of(talk: Talk, member: GroupMember) -> list[ShownPost]:
    """The posts of a talk that this member reads, in order; a muted member's text is left out."""
    rows = Post.objects.filter(posts_visible_to(member), talk=talk)
    muted = set(Mute.objects.filter(member=member).values_list("muted_id", flat=True))
    return shown_posts(rows, mine=member.pk, muted=muted)


def shown_posts(
    rows: QuerySet[Post], *, mine: UUID | None = None, muted: Iterable[UUID] = ()
) -> list[ShownPost]:
    """These posts opened, with one query for them and one for the keys."""
    posts = list(rows.select_related("author", "staff__user").order_by("written_at", "pk")[:MANY])
    opener, hidden = Opener(post.key_id for post in posts), set(muted)
    return [_shown(post, opener, mine, hidden) for post in posts]


def _shown(post: Post, opener: Opener, mine: UUID | None, hidden: set[UUID]) -> ShownPost:
    is_muted = post.author_id in hidden
    who = ""
    if post.author is not None:
        who = opener.open(post.author.pk, post.author.alias_sealed)
    elif post.staff is not None:
        who = post.staff.user.name
    return ShownPost(
        post,
        who,
        "" if is_muted else opener.open(post.key_id, post.body_sealed),
        mine is not None and post.author_id == mine,
        is_muted,
        content.in_words("refuse_reason", post.reason),
        opener.open(post.key_id, post.note_sealed),
    )


def text_of(post: Post) -> str:
    """The text of one post."""
    return Opener([post.key_id]).open(post.key_id, post.body_sealed)


def is_in_danger(member: GroupMember, at: datetime) -> bool:
    """Whether this member wrote danger words today, or nobody decided yet: 112 and 113 stand on top."""
    rows = Hold.objects.filter(post__author=member, is_danger=True)
    recent = Q(decided_at__isnull=True) | Q(decided_at__gt=at - timedelta(hours=24))
    return rows.filter(recent).exists()


def has_danger_waiting(member: GroupMember) -> bool:
    """Whether nobody decided yet about something in which this member told of danger."""
    return Hold.objects.filter(post__author=member, is_danger=True, decided_at__isnull=True).exists()


def other_member(member: GroupMember, pk: UUID) -> GroupMember | None:
    """Another member of the same group."""
    rows = GroupMember.objects.filter(group_id=member.group_id, left_at__isnull=True, pk=pk)
    return rows.exclude(pk=member.pk).first()


def muted_by(member: GroupMember) -> dict[UUID, str]:
    """The names of those whom this member does not see."""
    rows = Mute.objects.filter(member=member).select_related("muted")
    return aliases_of(row.muted for row in rows)


def members_with_news(at: datetime, gap: timedelta) -> list[GroupMember]:
    """Who asked for notices, for whom others wrote since they were here, outside the quiet hours.

    At most one in each `gap`, and none again until they came to read.
    """
    rows = (
        GroupMember.objects.filter(left_at__isnull=True, wants_notices=True)
        .filter(Q(told_at__isnull=True) | Q(told_at__lte=at - gap, told_at__lt=F("seen_at")))
        .filter(
            Exists(
                Post.objects.filter(
                    talk__group=OuterRef("group"), talk__introduction__isnull=True, state=PostState.SHOWN,
                    shown_at__gt=OuterRef("seen_at"),
                ).exclude(author=OuterRef("pk"))
            )
        )
    )  # fmt: skip
    moment = local(at).time()
    held = rows.select_related("space").select_for_update(of=("self",), skip_locked=True)
    return [each for each in held if each.space.is_open(at) and not each.space.is_quiet(moment)]


def members_to_tell_of_the_end(at: datetime) -> list[GroupMember]:
    """Members who came before the end was announced and did not hear of it, outside the quiet hours."""
    waiting = Q(end_told_at__isnull=True) | Q(end_told_at__lt=F("space__end_announced_at"))
    rows = GroupMember.objects.filter(
        waiting, left_at__isnull=True, space__ends_at__gt=at, entered_at__lte=F("space__end_announced_at")
    )
    return _awake(rows, at)


def members_to_tell_of_going_on(at: datetime) -> list[GroupMember]:
    """Members who were told of an end that does not come, outside the quiet hours."""
    told = Q(end_told_at__isnull=False, left_at__isnull=True)
    return _awake(GroupMember.objects.filter(told, space__went_on_at__lte=at), at)


def _awake(rows: QuerySet[GroupMember], at: datetime) -> list[GroupMember]:
    """These, held, but for whom it is quiet now."""
    held = rows.select_related("space").select_for_update(of=("self",), skip_locked=True)
    moment = local(at).time()
    return [each for each in held if not each.space.is_quiet(moment)]
