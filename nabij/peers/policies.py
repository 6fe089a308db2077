"""Who may be in a group, who may read what, and who decides."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.paging.models import Answer, Ask
from nabij.peers.models import GroupMember, Hold, IntroductionState, Post, PostState, Space, Talk

NOBODY = Q(pk__in=[])


def peer(member: GroupMember) -> Actor:
    """A member as somebody who acts: the seat in the group, so that the trail does not tell who it is."""
    return Actor(ActorKind.HELPED_PERSON, id=member.pk)


def is_in(actor: Actor, member: GroupMember, at: datetime) -> bool:
    """Whether the actor is this member, who did not leave, while the space is open to write in."""
    return is_member(actor, member, at) and member.space.is_open(at)


def is_member(actor: Actor, member: GroupMember, at: datetime) -> bool:
    """Whether the actor is this member, who did not leave, as long as there is something to read."""
    own = actor.kind == ActorKind.HELPED_PERSON and actor.id == member.pk
    return own and member.left_at is None and member.space.is_readable(at)


def talks_visible_to(member: GroupMember) -> Q:
    """Talks of one's own group; a talk of an introduction for its two only, while it goes on."""
    own = Q(introduction__asker=member) | Q(introduction__other=member)
    together = Q(introduction__state=IntroductionState.TOGETHER)
    return Q(group_id=member.group_id) & (Q(introduction__isnull=True) | own & together)


def posts_visible_to(member: GroupMember) -> Q:
    """What the group reads, one's own posts in every state, and the place where a post was taken away."""
    gone = Q(state__in=[PostState.WITHDRAWN, PostState.REMOVED], shown_at__isnull=False)
    return Q(state=PostState.SHOWN) | Q(author=member) | gone


def can_change(actor: Actor, post: Post, at: datetime) -> bool:
    """The writer, as long as the post was not taken away and the space is open."""
    return can_take_away(actor, post, at) and post.author is not None and is_in(actor, post.author, at)


def can_take_away(actor: Actor, post: Post, at: datetime) -> bool:
    """The writer, as long as the post stands there to be read; also after the end."""
    mine = post.author is not None and is_member(actor, post.author, at)
    return mine and post.state in (PostState.HELD, PostState.SHOWN, PostState.REFUSED)


def can_report(actor: Actor, member: GroupMember, post: Post, at: datetime) -> bool:
    """A member of the same group, about what others wrote and everybody there reads."""
    readable = post.state == PostState.SHOWN and post.talk.group_id == member.group_id
    talk = post.talk.introduction
    among = talk is None or member.pk in (talk.asker_id, talk.other_id)
    return is_in(actor, member, at) and readable and among and post.author_id != member.pk


def spaces_visible_to(actor: Actor, at: datetime) -> Q:
    """Spaces of one's own organisation, for its moderators."""
    if actor.kind != ActorKind.MEMBERSHIP or not actor.may(Permission.MODERATE_GROUPS):
        return NOBODY
    return Q(organisation_id=actor.organisation_id)


def can_moderate(actor: Actor, space: Space, at: datetime) -> bool:
    """A moderator of the organisation whose space it is."""
    own = actor.kind == ActorKind.MEMBERSHIP and actor.organisation_id == space.organisation_id
    return own and actor.may(Permission.MODERATE_GROUPS)


def can_lead(actor: Actor, space: Space, at: datetime) -> bool:
    """The coordinator of the groups."""
    return can_moderate(actor, space, at) and actor.may(Permission.LEAD_GROUPS)


def can_open(actor: Actor, at: datetime) -> bool:
    """The app above, and who leads groups."""
    return actor.kind == ActorKind.SYSTEM or actor.may(Permission.LEAD_GROUPS)


def can_end(actor: Actor, space: Space, at: datetime) -> bool:
    """The coordinator, and the app above, whose centre or community ends."""
    return actor.kind == ActorKind.SYSTEM or can_lead(actor, space, at)


def can_follow_up(actor: Actor, hold: Hold, at: datetime) -> bool:
    """A moderator; at night also who took the call about this post, and for this post only."""
    if can_moderate(actor, hold.post.talk.group.space, at):
        return True
    took = Q(page_id=hold.page_id, membership_id=actor.id, answer=Answer.ACCEPTED)
    known = actor.kind == ActorKind.MEMBERSHIP and hold.is_danger and hold.page_id is not None
    return known and Ask.objects.filter(took).exists()


def can_write_as_moderator(actor: Actor, talk: Talk, at: datetime) -> bool:
    """A moderator in a talk of a group, not between two people."""
    return talk.introduction_id is None and can_moderate(actor, talk.group.space, at)
