"""A hold keeps somebody's place in a group and what they wrote, by whatever id they are a member."""

from datetime import timedelta

import pytest

from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.closed_part.factories import EVENING, make_insider
from nabij.closed_rooms.actions.groups import open_group_at
from nabij.peers.actions import end_spaces
from nabij.peers.actions.leaving import leave
from nabij.peers.factories import make_member, make_post
from nabij.peers.models import GroupMember, Introduction, IntroductionState, Post, Space, Talk
from nabij.peers.policies import peer
from nabij.privacy.actions import Placing, lift_hold, place_hold, remove_expired
from nabij.privacy.models import HoldGround, HoldOn

AT = EVENING
LATER = AT + timedelta(days=800)  # nobody was here for more than two years


@pytest.fixture
def group(door):
    renske = make_membership(Role.COMMUNITY_COORDINATOR, name="Renske Duin", team=door.member.rosa.team)
    return open_group_at(door.centre, "bereaved", renske, is_youth=False, by=actor_for(renske), at=AT)


def member(door, group, alias):
    """Somebody bereaved with a post in the group, and by which registration they are in."""
    entry = make_insider(door.centre, relation="bereaved", by=door.rosa)
    made = make_member(group, alias, member_id=entry.pk, at=AT)
    make_post(made, at=AT)
    return made, entry.registration


def held(kind, subject_id, at):
    placing = Placing(
        kind, subject_id, HoldGround.COURT, "Er loopt een zaak.", (at + timedelta(days=60)).date()
    )
    return place_hold(placing, by=make_actor(Role.TEAM_LEADER), at=at)


def still_in():
    rows = GroupMember.objects.filter(left_at__isnull=True)
    unread = Post.objects.filter(author__in=rows, body_sealed=b"")
    assert not unread.exists()
    return set(rows)


@pytest.mark.parametrize("ends", ["nobody came", "groups end"])
def test_a_hold_on_a_person_keeps_their_place_and_posts_until_it_is_lifted(door, group, ends):
    merel, registration = member(door, group, "Merel")
    reiger, _other = member(door, group, "Reiger")
    hold = held(HoldOn.PERSON, registration.person_id, LATER)
    if ends == "groups end":
        said = AT - timedelta(days=200)
        Space.objects.update(
            opened_at=said, end_announced_at=said, ends_at=AT, erased_at=AT + timedelta(days=30)
        )

    def night(at):
        if ends == "groups end":
            end_spaces(by=SYSTEM, at=at)
        else:
            remove_expired(by=SYSTEM, at=at)

    night(LATER)
    assert still_in() == {merel}
    assert Post.objects.filter(author=merel).exclude(body_sealed=b"").exists()
    lift_hold(hold, by=make_actor(Role.TEAM_LEADER), at=LATER)
    night(LATER + timedelta(days=1))
    assert still_in() == set()
    assert not Post.objects.exclude(body_sealed=b"").exists()


def test_a_hold_on_an_event_keeps_every_place_in_its_groups(door, group):
    merel, _registration = member(door, group, "Merel")
    held(HoldOn.INCIDENT, door.incident.pk, LATER)
    remove_expired(by=SYSTEM, at=LATER)
    assert still_in() == {merel}


def test_who_leaves_does_not_take_along_what_somebody_held_wrote_between_the_two(door, group):
    merel, registration = member(door, group, "Merel")
    reiger, _other = member(door, group, "Reiger")
    meeting = Introduction.objects.create(
        asker=merel, other=reiger, subjects=["everyday"], state=IntroductionState.TOGETHER, asked_at=AT,
        together_at=AT,
    )  # fmt: skip
    talk = Talk.objects.create(group=group, introduction=meeting, subject="everyday", started_at=AT)
    kept, gone = (
        make_post(merel, "Ik ben bang.", talk=talk, at=AT),
        make_post(reiger, "Dag.", talk=talk, at=AT),
    )
    held(HoldOn.PERSON, registration.person_id, AT)
    leave(reiger, by=peer(reiger), at=AT)
    for row in (kept, gone):
        row.refresh_from_db()
    assert (kept.state, gone.state) == ("withdrawn", "withdrawn")
    assert (bool(kept.body_sealed), bool(gone.body_sealed)) == (True, False)
