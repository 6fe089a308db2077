"""Coming in: one relation, one group, one alias."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.peers import actions, content
from nabij.peers.factories import (
    NOON,
    end_space,
    make_group,
    make_member,
    make_post,
    make_space,
    make_verified,
)
from nabij.peers.models import Age, Group, GroupMember, Leaving, Mute, Relation
from nabij.peers.policies import peer
from nabij.peers.queries.members import alias_of, posts_of

LATER = NOON + timedelta(minutes=1)


def enter(space, verified, alias="Kievit", **options):
    who = Actor(ActorKind.HELPED_PERSON, id=verified.member_id)
    return actions.enter(space, verified, alias, by=who, at=NOON, **options)


def test_the_relation_decides_the_group_and_the_trail_does_not_tell_who_it_is(centre):
    make_group(centre.space, Relation.RESIDENTS)
    verified = make_verified(Relation.RESIDENTS)
    member = enter(centre.space, verified)
    assert member.group.relation == Relation.RESIDENTS
    assert alias_of(member) == "Kievit"
    entry = TrailEntry.objects.get(verb="group.entered", actor_id=member.pk)
    assert str(verified.member_id) not in str(vars(entry))


def test_the_database_refuses_a_member_of_another_relation_than_the_group(centre):
    residents = make_group(centre.space, Relation.RESIDENTS)
    for change in ({"group": residents}, {"relation": "injured"}, {"space": make_space()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupMember.objects.filter(pk=centre.reiger.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.filter(pk=residents.pk).update(relation="offender")


def test_nobody_of_the_side_of_the_offender_comes_in(centre):
    with pytest.raises(PermissionDenied):
        enter(centre.space, make_verified(is_kin_of_offender=True))


def test_nobody_comes_in_for_another_without_a_group_twice_or_after_the_end(centre):
    verified = make_verified()
    with pytest.raises(PermissionDenied):
        actions.enter(centre.space, verified, "Kievit", by=centre.as_merel, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.enter(centre.space, verified, "Kievit", by=centre.noor, at=NOON)
    with pytest.raises(PermissionDenied):
        enter(centre.space, make_verified(Relation.WITNESSES))
    enter(centre.space, verified)
    with pytest.raises(PermissionDenied):
        enter(centre.space, verified, "Grutto")
    end_space(centre.space, NOON)
    with pytest.raises(PermissionDenied):
        enter(centre.space, make_verified(), "Wulp")


@pytest.mark.parametrize(
    "alias", ["réiger", "RE-IGER", "06 12345678", "!!", "x" * 31, "zelfmoord", "Joris Meer"]
)
def test_an_alias_is_of_one_and_tells_nothing(centre, alias):
    actions.enter_names(centre.space, ["Joris Meer"], by=centre.noor, at=NOON)
    with pytest.raises(ValidationError) as wrong:
        enter(centre.space, make_verified(), alias)
    assert "alias" in wrong.value.message_dict


def test_under_16_comes_in_with_a_guardians_yes_and_only_among_the_young(centre):
    young = make_verified(age=Age.UNDER_16, has_guardians_yes=True)
    with pytest.raises(PermissionDenied):
        enter(centre.space, young)  # there is no group for the young yet
    youth = make_group(centre.space, youth_worker=centre.group.contact)
    with pytest.raises(PermissionDenied):
        enter(centre.space, dataclasses.replace(young, has_guardians_yes=False))
    assert enter(centre.space, young).group == youth
    sixteen = make_verified(age=Age.FROM_16)
    assert enter(centre.space, sixteen, "Wulp").group == centre.group
    assert enter(centre.space, make_verified(age=Age.FROM_16), "Grutto", wants_youth=True).group == youth
    assert enter(centre.space, make_verified(), "Tureluur", wants_youth=True).group == centre.group


def test_the_database_keeps_adults_from_the_young_and_the_young_from_being_alone(centre):
    youth = make_group(centre.space, youth_worker=centre.group.contact)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMember.objects.filter(pk=centre.reiger.pk).update(group=youth, is_youth=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMember.objects.filter(pk=centre.reiger.pk).update(age="under_16")
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.filter(pk=youth.pk).update(youth_worker=None)


def test_an_alias_changes_once_a_month_and_also_at_what_was_written(centre):
    post = make_post(centre.merel)
    changed = actions.change_alias(centre.merel, "Merel Twee", by=centre.as_merel, at=NOON)
    assert posts_of(post.talk, centre.reiger)[0].who == "Merel Twee"
    with pytest.raises(ValidationError):
        actions.change_alias(changed, "Merel Drie", by=centre.as_merel, at=NOON + timedelta(days=29))
    actions.change_alias(changed, "Merel Drie", by=centre.as_merel, at=NOON + timedelta(days=30))
    with pytest.raises(PermissionDenied):
        actions.change_alias(changed, "Iets", by=centre.as_reiger, at=NOON + timedelta(days=99))


def test_a_muted_member_is_not_read_and_never_hears_it(centre):
    post = make_post(centre.merel, "Dit is van Merel")
    actions.mute(centre.reiger, centre.merel, by=centre.as_reiger, at=NOON)
    shown = posts_of(post.talk, centre.reiger)[0]
    assert shown.is_muted
    assert shown.text == ""
    assert posts_of(post.talk, centre.merel)[0].text == "Dit is van Merel"
    actions.unmute(centre.reiger, centre.merel, by=centre.as_reiger, at=NOON)
    assert posts_of(post.talk, centre.reiger)[0].text == "Dit is van Merel"
    stranger = make_member(make_group(centre.space, Relation.INJURED))
    for other in (centre.reiger, stranger):
        with pytest.raises(PermissionDenied):
            actions.mute(centre.reiger, other, by=centre.as_reiger, at=NOON)


def test_leaving_takes_every_post_along_for_good_and_replies_keep_the_empty_place(centre):
    post = make_post(centre.merel, "Ik schreef dit")
    reply = make_post(make_member(centre.group, approved=3), "En ik dat", talk=post.talk, at=LATER)
    actions.mute(centre.reiger, centre.merel, by=centre.as_reiger, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.leave(centre.merel, by=centre.as_reiger, at=NOON)
    actions.leave(centre.merel, by=centre.as_merel, at=NOON)
    first, second = posts_of(post.talk, centre.reiger)
    assert first.is_gone
    assert (first.text, first.who) == ("", "")
    assert second.text == "En ik dat"
    row = GroupMember.objects.get(pk=centre.merel.pk)
    assert (row.member_id, bytes(row.alias_sealed), row.leaving) == (None, b"", Leaving.OWN_WISH)
    assert not Mute.objects.exists()
    assert bytes(reply.talk.posts.get(author=None).body_sealed) == b""
    again = enter(centre.space, make_verified(member_id=centre.merel.member_id), "Merel")
    assert again.approved_posts == 0  # a newcomer again


def test_the_app_above_ends_an_entry_and_a_member_cannot_do_that_for_another(centre):
    with pytest.raises(PermissionDenied):
        actions.leave_of(centre.merel.member_id, centre.space.owner_id, by=centre.as_reiger, at=NOON)
    assert actions.leave_of(centre.merel.member_id, centre.space.owner_id, by=centre.noor, at=NOON)
    assert not actions.leave_of(centre.merel.member_id, centre.space.owner_id, by=centre.noor, at=NOON)


def test_the_groups_end_three_months_after_it_was_said_and_nothing_is_kept(centre):
    with pytest.raises(ValidationError):
        actions.announce_end(centre.space, NOON + timedelta(days=91), by=centre.noor, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.announce_end(centre.space, NOON + timedelta(days=100), by=centre.sjoerd, at=NOON)
    ends = NOON + timedelta(days=100)
    space = actions.announce_end(centre.space, ends, by=centre.noor, at=NOON)
    with pytest.raises(ValidationError):
        actions.announce_end(space, ends - timedelta(days=1), by=centre.noor, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(space).objects.filter(pk=space.pk).update(ends_at=NOON + timedelta(days=80))
    post = make_post(centre.merel)
    erased = ends + content.days("reading_days")
    assert space.erased_at == erased
    assert actions.end_spaces(by=SYSTEM, at=erased - timedelta(minutes=1)) == 0
    assert actions.end_spaces(by=SYSTEM, at=erased) == 2
    assert not post.talk.posts.exclude(body_sealed=b"").exists()
    with pytest.raises(PermissionDenied):
        actions.leave_all([], Leaving.INACTIVE, by=centre.noor, at=NOON)


def test_who_reads_is_kept_as_one_moment_and_not_at_every_click(centre):
    soon, later = NOON + timedelta(minutes=5), NOON + timedelta(minutes=20)
    for at, seen in ((soon, NOON), (later, later)):
        actions.see(centre.reiger, by=centre.as_reiger, at=at)
        assert GroupMember.objects.get(pk=centre.reiger.pk).seen_at == seen
    actions.see(centre.merel, by=centre.as_reiger, at=later)
    assert GroupMember.objects.get(pk=centre.merel.pk).seen_at == NOON


def test_a_member_acts_only_as_themselves(centre):
    for act in (actions.choose_notices,):
        with pytest.raises(PermissionDenied):
            act(centre.merel, True, by=peer(centre.reiger), at=NOON)


def test_three_months_over_the_change_of_the_clock_are_never_an_hour_too_few(centre):
    """From a late evening in February to 2 May are 89 days by the calendar, and an hour less by the clock."""
    at = datetime(2027, 2, 1, 22, 50, tzinfo=UTC)
    with pytest.raises(ValidationError) as refused:
        actions.announce_end(centre.space, datetime(2027, 5, 1, 22, tzinfo=UTC), by=centre.noor, at=at)
    assert "ends_on" in refused.value.message_dict
    ends_at = content.earliest_end(at)
    assert actions.announce_end(centre.space, ends_at, by=centre.noor, at=at).ends_at == ends_at
