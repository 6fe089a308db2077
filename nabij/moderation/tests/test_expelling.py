"""Putting somebody out: two pairs of eyes, and the app above hears it at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from nabij.accounts.factories import make_membership
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.kit import clock
from nabij.moderation import actions as moderation
from nabij.moderation.models import Expulsion
from nabij.notify.models import Message
from nabij.peers import actions
from nabij.peers.factories import NOON, end_space, make_member, make_post, make_verified
from nabij.peers.models import GroupMember, Hold, Leaving, Post


def test_one_asks_and_another_decides_and_the_member_is_out_everywhere(centre, above):
    make_post(centre.merel, "Ik ben van de krant.")
    row = moderation.ask_expulsion(centre.merel, "press", by=centre.sjoerd, at=NOON)
    assert Hold.objects.get(post=make_post(centre.merel)).reasons == ["silenced"]
    with pytest.raises(ValidationError, match="U vroeg dit zelf"):
        moderation.decide_expulsion(row, True, by=centre.sjoerd, at=NOON)
    row = moderation.decide_expulsion(row, True, by=centre.yara, at=NOON)
    assert row.is_confirmed
    gone = GroupMember.objects.get(pk=centre.merel.pk)
    assert (gone.leaving, gone.member_id) == (Leaving.EXPELLED, centre.merel.member_id)
    assert not Post.objects.exclude(body_sealed=b"").exists()
    assert above.expelled == [(centre.space.owner_id, centre.merel.member_id)]
    message = Message.objects.get()  # to Noor, who leads the groups
    assert message.recipient_id == centre.noor.id
    with pytest.raises(PermissionDenied):
        make_member(centre.group, "Nieuwe naam", member_id=centre.merel.member_id)
    with pytest.raises(ValidationError):
        moderation.decide_expulsion(row, False, by=centre.noor, at=NOON)
    with pytest.raises(ValidationError):
        moderation.ask_expulsion(gone, "press", by=centre.sjoerd, at=NOON)


def test_the_database_refuses_one_pair_of_eyes(centre):
    row = moderation.ask_expulsion(centre.merel, "harm", by=centre.sjoerd, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Expulsion.objects.filter(pk=row.pk).update(
            decided_at=NOON, decided_by=centre.sjoerd.id, is_confirmed=True
        )


def test_a_no_lets_the_member_write_as_before(centre, above):
    row = moderation.ask_expulsion(centre.merel, "rules", by=centre.sjoerd, at=NOON)
    with pytest.raises(ValidationError):
        moderation.ask_expulsion(centre.merel, "rules", by=centre.yara, at=NOON)
    moderation.decide_expulsion(row, False, by=centre.yara, at=NOON)
    assert GroupMember.objects.get(pk=centre.merel.pk).silenced_until is None
    assert above.expelled == []
    assert TrailEntry.objects.filter(verb="group_member.stays").exists()


def test_a_longer_silence_stays_and_only_moderators_ask_with_a_reason(centre):
    post = make_post(centre.merel)
    moderation.silence_member(post, 7, by=centre.sjoerd, at=NOON + timedelta(days=3))
    moderation.ask_expulsion(centre.merel, "harm", by=centre.sjoerd, at=NOON)
    assert GroupMember.objects.get(pk=centre.merel.pk).silenced_until == NOON + timedelta(days=10)
    with pytest.raises(ValidationError):
        moderation.ask_expulsion(centre.reiger, "onzin", by=centre.sjoerd, at=NOON)
    for who in (centre.stranger, centre.as_merel):
        with pytest.raises(PermissionDenied):
            moderation.ask_expulsion(centre.reiger, "harm", by=who, at=NOON)
        with pytest.raises(PermissionDenied):
            moderation.decide_expulsion(Expulsion.objects.get(), True, by=who, at=NOON)


def test_who_leaves_before_the_decision_comes_back_only_when_they_may_stay(centre, above, client):
    make_post(centre.merel, "Ik ben van de krant.")
    row = moderation.ask_expulsion(centre.merel, "harm", by=centre.sjoerd, at=NOON)
    who = centre.merel.member_id
    actions.leave(centre.merel, by=centre.as_merel, at=NOON)
    assert not Post.objects.exclude(body_sealed=b"").exists()
    with pytest.raises(PermissionDenied):
        make_member(centre.group, "Nieuwe naam", member_id=who)
    moderation.decide_expulsion(row, False, by=centre.yara, at=NOON)
    left = GroupMember.objects.get(pk=centre.merel.pk)
    assert (left.member_id, left.is_under_review, above.expelled) == (None, False, [])
    assert make_member(centre.group, "Nieuwe naam", member_id=who).left_at is None


def test_who_left_and_is_put_out_after_all_does_not_come_back_and_the_app_above_hears_it(centre, above):
    row = moderation.ask_expulsion(centre.merel, "harm", by=centre.sjoerd, at=NOON)
    who = centre.merel.member_id
    assert actions.leave_of(who, centre.space.owner_id, by=SYSTEM, at=NOON)
    moderation.decide_expulsion(row, True, by=centre.yara, at=NOON)
    left = GroupMember.objects.get(pk=centre.merel.pk)
    assert (left.leaving, left.member_id, left.is_under_review) == (Leaving.EXPELLED, who, False)
    assert above.expelled == [(centre.space.owner_id, who)]
    with pytest.raises(PermissionDenied):
        make_member(centre.group, "Nieuwe naam", member_id=who)


def test_who_left_reads_at_the_door_that_it_is_still_decided(centre, above, client):
    clock.move_to(NOON)
    row = moderation.ask_expulsion(centre.merel, "harm", by=centre.sjoerd, at=NOON)
    above.verified = make_verified(member_id=centre.merel.member_id)
    actions.leave(centre.merel, by=centre.as_merel, at=NOON)
    door = reverse("peers:door", args=[centre.space.pk])
    for address in (door, reverse("peers:group", args=[centre.space.pk])):
        page = client.get(address)
        assert "nog niet terug" in page.content.decode()
    told = {"alias": "Nieuw", "agrees": "on", "is_no_press": "on"}
    assert "nog niet terug" in client.post(door, told).content.decode()
    assert not GroupMember.objects.filter(member_id=centre.merel.member_id, left_at=None).exists()
    moderation.decide_expulsion(row, False, by=centre.yara, at=NOON)
    assert client.post(door, told).status_code == 302
    assert client.get(reverse("peers:group", args=[centre.space.pk])).status_code == 200


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_when_the_groups_ended_meanwhile_nobody_is_known_any_more(centre, above, is_confirmed):
    row = moderation.ask_expulsion(centre.merel, "harm", by=centre.sjoerd, at=NOON)
    actions.leave(centre.merel, by=centre.as_merel, at=NOON)
    end_space(centre.space, NOON)
    actions.end_spaces(by=SYSTEM, at=NOON + timedelta(days=30))
    moderation.decide_expulsion(row, is_confirmed, by=centre.yara, at=NOON)
    assert GroupMember.objects.get(pk=centre.merel.pk).member_id is None
    assert above.expelled == []


def test_who_leaves_without_a_proposal_is_nobody_any_more_in_the_database(centre):
    actions.leave(centre.reiger, by=centre.as_reiger, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMember.objects.filter(pk=centre.reiger.pk).update(member_id=centre.merel.member_id)


def test_without_an_app_above_the_member_is_still_out(centre):
    row = moderation.ask_expulsion(centre.merel, "harm", by=centre.sjoerd, at=NOON)
    moderation.decide_expulsion(row, True, by=centre.yara, at=NOON)
    assert GroupMember.objects.get(pk=centre.merel.pk).leaving == Leaving.EXPELLED


def test_the_app_above_puts_the_wrong_person_out_for_good(centre, above):
    wrong = (centre.merel.member_id, centre.space.owner_id)
    with pytest.raises(PermissionDenied):
        actions.expel_from_outside(*wrong, by=centre.as_reiger, at=NOON)
    assert actions.expel_from_outside(*wrong, by=SYSTEM, at=NOON)
    assert not actions.expel_from_outside(*wrong, by=SYSTEM, at=NOON)
    with pytest.raises(PermissionDenied):
        make_member(centre.group, "Nieuwe naam", member_id=centre.merel.member_id)


def test_somebody_with_two_roles_is_one_pair_of_eyes(centre, above):
    row = moderation.ask_expulsion(centre.merel, "harm", by=centre.sjoerd, at=NOON)
    other = make_membership(Role.COMMUNITY_COORDINATOR)
    other.user = Membership.objects.get(pk=centre.sjoerd.id).user
    other.save()
    also = actor_for(other)
    with pytest.raises(ValidationError, match="U vroeg dit zelf"):
        moderation.decide_expulsion(row, True, by=also, at=NOON)
    assert GroupMember.objects.get(pk=centre.merel.pk).left_at is None
