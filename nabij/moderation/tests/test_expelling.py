"""Putting somebody out: two pairs of eyes, and the app above hears it at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_membership
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.moderation import actions as moderation
from nabij.moderation.models import Expulsion
from nabij.notify.models import Message
from nabij.peers import actions
from nabij.peers.factories import NOON, make_member, make_post
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


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_who_left_meanwhile_is_decided_about_and_nobody_is_told(centre, above, is_confirmed):
    row = moderation.ask_expulsion(centre.merel, "harm", by=centre.sjoerd, at=NOON)
    actions.leave(centre.merel, by=centre.as_merel, at=NOON)
    moderation.decide_expulsion(row, is_confirmed, by=centre.yara, at=NOON)
    assert above.expelled == []


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
