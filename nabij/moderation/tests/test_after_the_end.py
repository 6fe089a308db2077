"""After the end of the groups: told once, read for a while, taken away, and then nothing is left."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.moderation.tests.test_pages import DARK, YES, here, merel, text_of
from nabij.peers import actions
from nabij.peers.factories import NOON, end_space, make_group, make_member, make_post, make_verified
from nabij.peers.models import GroupMember, Hold, Leaving, PostState

__all__ = ["here", "merel"]
pytestmark = pytest.mark.django_db
ENDS = NOON + timedelta(days=100)


def test_after_the_end_members_read_and_take_away_until_all_is_erased(here, merel):
    post, other = make_post(here.merel), make_post(here.reiger)
    end_space(here.space, here.at - timedelta(hours=1))
    page, talk = text_of(merel.get(here.base)), f"{here.base}gesprek/{post.talk_id}/"
    assert "Deze groep is gestopt." in page
    assert "Begin een gesprek" not in page
    read = text_of(merel.get(talk))
    assert "Vandaag was een goede dag." in read
    assert "Schrijf iets terug" not in read
    assert "wijzigen" not in read
    assert merel.post(talk, {"body": "Nog iets."}).status_code == 403
    assert merel.get(f"{here.base}beginnen/").status_code == 404
    assert merel.get(f"{here.base}bericht/{post.pk}/wijzigen/").status_code == 404
    assert merel.post(f"{here.base}kennismaken/", {"subjects": "loss"}).status_code == 404
    assert "Zoeken kan niet meer." in text_of(merel.get(f"{here.base}kennismaken/"))
    assert "Verander mijn naam" not in text_of(merel.get(f"{here.base}ik/"))
    assert merel.post(f"{here.base}bericht/{post.pk}/weghalen/").status_code == 302
    post.refresh_from_db()
    assert post.state == PostState.WITHDRAWN
    assert merel.post(f"{here.base}weggaan/").status_code == 200
    assert GroupMember.objects.get(pk=here.merel.pk).leaving == Leaving.OWN_WISH
    other.refresh_from_db()
    assert other.body_sealed


def test_once_all_is_erased_the_group_is_not_there(here, merel):
    end_space(here.space, here.at - timedelta(days=30))
    assert merel.get(here.base).status_code == 404


def test_who_comes_reads_at_the_door_when_it_ends_and_after_that_finds_no_group(here, above, client):
    above.verified = make_verified()
    door = f"{here.base}binnenkomen/"
    assert "Lezen kan tot en met" not in text_of(client.get(door))
    end_space(here.space, here.at + timedelta(days=100))
    assert "Lezen kan tot en met" in text_of(client.get(door))
    end_space(here.space, here.at)
    assert "geen groep voor u" in text_of(client.post(door, {"alias": "Wulp", **YES}))


def test_the_danger_notice_says_that_the_group_does_not_see_it_only_while_that_is_so(here, merel):
    post = make_post(here.merel, DARK, at=here.at)
    hidden = "De groep ziet het niet."
    assert hidden in text_of(merel.get(here.base))
    Hold.objects.filter(post=post).update(
        follow_up="phoned", member_id=None, decided_at=here.at, decided_by=here.noor.id, verdict="approved"
    )
    page = text_of(merel.get(here.base))
    assert hidden not in page
    assert "tel:113" in page


def test_every_member_hears_once_of_the_end_and_not_at_night(centre, above):
    assert actions.tell_ends(by=SYSTEM, at=NOON) == 0
    actions.announce_end(centre.space, ENDS, by=centre.noor, at=NOON)
    new = make_member(centre.group, at=NOON + timedelta(minutes=1))  # read it at the door
    assert actions.tell_ends(by=SYSTEM, at=NOON + timedelta(hours=11)) == 0
    morning = NOON + timedelta(hours=22)
    assert actions.tell_ends(by=SYSTEM, at=morning) == 2
    assert actions.tell_ends(by=SYSTEM, at=morning) == 0
    told = {member_id for member_id, template in above.told if template == "group_end"}
    assert told == {centre.merel.member_id, centre.reiger.member_id}
    assert new.member_id not in told
    later = morning + timedelta(hours=1)
    actions.announce_end(centre.space, ENDS + timedelta(days=9), by=centre.noor, at=later)
    assert actions.tell_ends(by=SYSTEM, at=later) == 3
    with pytest.raises(PermissionDenied):
        actions.tell_ends(by=centre.noor, at=morning)


def test_nobody_is_told_where_no_app_stands_above(centre):
    actions.announce_end(centre.space, ENDS, by=centre.noor, at=NOON)
    assert actions.tell_ends(by=SYSTEM, at=NOON) == 0


def test_groups_that_go_on_keep_their_members_and_are_told_anew_of_another_end(centre, above):
    assert actions.go_on(centre.space, by=centre.noor, at=NOON).ends_at is None
    actions.announce_end(centre.space, ENDS, by=SYSTEM, at=NOON)
    actions.tell_ends(by=SYSTEM, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.go_on(centre.space, by=centre.sjoerd, at=NOON)
    after = ENDS + timedelta(days=1)
    space = actions.go_on(centre.space, by=centre.noor, at=after)
    assert (space.ends_at, space.erased_at, space.end_announced_at) == (None, None, None)
    assert actions.end_spaces(by=SYSTEM, at=after + timedelta(days=365)) == 0
    actions.announce_end(space, after + timedelta(days=100), by=centre.noor, at=after)
    assert actions.tell_ends(by=SYSTEM, at=after) == 2


def test_who_heard_of_the_end_hears_in_the_daytime_that_the_groups_go_on(centre, above, client):
    actions.announce_end(centre.space, ENDS, by=centre.noor, at=NOON)
    actions.tell_ends(by=SYSTEM, at=NOON)
    new = make_member(centre.group, "Specht", at=NOON + timedelta(hours=1))
    night, morning = NOON + timedelta(hours=11), NOON + timedelta(hours=22)
    actions.go_on(centre.space, by=centre.noor, at=night)
    above.told.clear()
    assert actions.tell_going_on(by=SYSTEM, at=night) == 0
    assert actions.tell_going_on(by=SYSTEM, at=morning) == 2
    assert actions.tell_going_on(by=SYSTEM, at=morning) == 0
    assert set(above.told) == {(each.member_id, "group_goes_on") for each in (centre.merel, centre.reiger)}
    assert new.member_id not in {member_id for member_id, _template in above.told}
    with pytest.raises(PermissionDenied):
        actions.tell_going_on(by=centre.noor, at=morning)
    above.verified = make_verified(member_id=centre.merel.member_id)
    address = reverse("peers:group", args=[centre.space.pk])
    for at, is_said in ((morning, True), (night + timedelta(days=31), False)):
        clock.move_to(at)
        assert ("gaat toch door" in client.get(address).content.decode()) is is_said
    clock.move_to(morning)
    above.verified = make_verified(member_id=make_member(centre.group, "Ekster", at=morning).member_id)
    assert "gaat toch door" not in client.get(address).content.decode()


def test_another_end_before_they_were_told_is_the_only_thing_they_hear(centre, above):
    actions.announce_end(centre.space, ENDS, by=centre.noor, at=NOON)
    actions.tell_ends(by=SYSTEM, at=NOON)
    later = NOON + timedelta(hours=2)
    actions.go_on(centre.space, by=centre.noor, at=later)
    actions.announce_end(centre.space, ENDS + timedelta(days=9), by=centre.noor, at=later)
    assert actions.tell_going_on(by=SYSTEM, at=later) == 0
    assert actions.tell_ends(by=SYSTEM, at=later) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        type(centre.space).objects.update(went_on_at=later)


def test_groups_that_were_erased_open_again_empty(centre):
    make_post(centre.merel)
    actions.announce_end(centre.space, ENDS, by=centre.noor, at=NOON)
    later = ENDS + timedelta(days=31)
    assert actions.end_spaces(by=SYSTEM, at=later) == 2
    space = actions.go_on(centre.space, by=SYSTEM, at=later)
    assert make_group(space).pk == centre.group.pk
    assert make_member(centre.group, "Merel", at=later).left_at is None
