"""Plain makers of spaces, groups and members, shared by tests and the demonstration."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from nabij.accounts.factories import make_membership, make_team, make_victim_support
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.peers import actions
from nabij.peers.models import (
    Age,
    Group,
    GroupMember,
    Post,
    Relation,
    Space,
    SpaceKind,
    Talk,
)
from nabij.peers.outside import Verified
from nabij.peers.policies import peer

NOON = datetime(2027, 5, 17, 10, 0, tzinfo=UTC)  # Monday, noon in Amsterdam
_names = iter(f"Reiger {number}" for number in range(1, 1_000_000))


def make_space(*, owner_id: UUID | None = None, at: datetime = NOON, **fields: Any) -> Space:
    opened = actions.Opened(
        **{
            "kind": SpaceKind.CENTRE, "owner_id": owner_id or uuid4(), "thread_id": uuid4(),
            "reference": "2027-0042", "organisation": make_victim_support(), "team": make_team(),
            "phone": "088-0000000", "is_exercise": False, **fields,
        }
    )  # fmt: skip
    return actions.open_space(opened, by=SYSTEM, at=at)


def make_group(
    space: Space | None = None, relation: Relation = Relation.BEREAVED, *, at: datetime = NOON,
    contact: Membership | None = None, youth_worker: Membership | None = None,
) -> Group:  # fmt: skip
    space = space or make_space(at=at)
    contact = contact or make_membership(Role.COMMUNITY_COORDINATOR, name="Noor Visser")
    return actions.open_group(space, relation, contact, by=SYSTEM, at=at, youth_worker=youth_worker)


def end_space(space: Space, ends_at: datetime) -> Space:
    """The end was said a hundred days before; after it members read for thirty days."""
    space.end_announced_at, space.ends_at = ends_at - timedelta(days=100), ends_at
    space.erased_at = ends_at + timedelta(days=30)
    space.save()
    return space


def make_verified(relation: Relation = Relation.BEREAVED, **fields: Any) -> Verified:
    given: dict[str, Any] = {
        "member_id": uuid4(), "age": Age.ADULT, "has_guardians_yes": False, "is_kin_of_offender": False,
        **fields,
    }  # fmt: skip
    return Verified(relation=relation, **given)


def make_member(
    group: Group, alias: str = "", *, at: datetime = NOON, approved: int = 0, **fields: Any
) -> GroupMember:
    verified = make_verified(Relation(group.relation), **fields)
    who = Actor(ActorKind.HELPED_PERSON, id=verified.member_id)
    member = actions.enter(
        group.space, verified, alias or next(_names), by=who, at=at, wants_youth=group.is_youth
    )
    if approved:
        GroupMember.objects.filter(pk=member.pk).update(approved_posts=approved)
        member.approved_posts = approved
    return member


def make_post(
    member: GroupMember, body: str = "Vandaag was een goede dag.", *, talk: Talk | None = None,
    subject: str = "everyday", at: datetime = NOON,
) -> Post:  # fmt: skip
    if talk is not None:
        return actions.reply(member, talk, body, by=peer(member), at=at)
    return actions.start_talk(member, "Hoe gaat het", subject, body, by=peer(member), at=at)
