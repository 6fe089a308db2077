"""From the closed part into the group of one's own relation, and out again with everything one wrote."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit import trail
from nabij.audit.actor import SYSTEM
from nabij.audit.models import ReadEntry
from nabij.closed_part.actions.entering import leave
from nabij.closed_part.actions.verifying import ask_guardian, expel, note_guardian
from nabij.closed_part.factories import EVENING, make_asker, make_insider, person_of
from nabij.closed_rooms import tasks
from nabij.closed_rooms.actions.groups import open_group_at
from nabij.closed_rooms.groups import expelled, phone_address, tell
from nabij.closed_rooms.trial import try_closed_part
from nabij.moderation.actions import enter_shift
from nabij.notify.models import Message
from nabij.own_space.actions import erase_person
from nabij.peers.factories import make_member, make_post
from nabij.peers.models import Group, GroupMember, Hold, Leaving, Post, Space
from nabij.people.factories import enter_own_pages
from nabij.people.models import Registration
from nabij.people.queries.own import looks_at

AT = EVENING


@pytest.fixture
def renske(door):
    return make_membership(Role.COMMUNITY_COORDINATOR, name="Renske Duin", team=door.member.rosa.team)


@pytest.fixture
def group(door, renske):
    return open_group_at(door.centre, "bereaved", renske, is_youth=False, by=actor_for(renske), at=AT)


def visit_of(person_id):
    visit = Client()
    enter_own_pages(visit, person_id)
    return visit


def come_in(door, **answers):
    """A bereaved person inside, who chose an alias in the group."""
    held = make_insider(door.centre, relation="bereaved", by=door.rosa, name="Truus Meeuws", **answers)
    visit = visit_of(held.registration.person_id)
    space = Space.objects.get()
    visit.post(
        reverse("peers:door", args=[space.pk]), {"alias": "Merel", "agrees": "on", "is_no_press": "on"}
    )
    return held, visit, reverse("peers:group", args=[space.pk])


def test_who_is_in_finds_the_way_to_the_own_group_and_nobody_else_does(door, group):
    held, visit, address = come_in(door)
    assert "Uw groep" in visit.get(f"/mijn/besloten/{door.centre.slug}/").content.decode()
    page = visit.get(address)
    assert page.status_code == 200
    assert "Meeuws" not in page.content.decode()
    other = make_insider(door.centre, relation="residents", by=door.rosa, name="Wim")
    assert (
        "Uw groep"
        not in visit_of(other.registration.person_id)
        .get(f"/mijn/besloten/{door.centre.slug}/")
        .content.decode()
    )
    outsider = make_asker(door.centre)
    assert visit_of(outsider.person_id).get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_who_leaves_the_closed_part_leaves_the_group_with_everything(door, group):
    held, visit, address = come_in(door)
    leave(held, by=person_of(held.registration), at=AT)
    assert GroupMember.objects.get().leaving == Leaving.ENTRY_ENDED
    assert visit.get(address).status_code == 404


def test_who_tells_to_be_younger_than_16_is_out_of_a_group_of_adults_until_a_guardian_knows(door, group):
    held, visit, address = come_in(door)
    Registration.objects.filter(pk=held.registration_id).update(age_group="12-15")
    held.registration.refresh_from_db()
    assert ask_guardian(held.registration, by=SYSTEM, at=AT)
    assert GroupMember.objects.get().leaving == Leaving.ENTRY_ENDED
    note_guardian(held.registration, by=door.rosa, at=AT)
    page = visit.get(reverse("peers:door", args=[group.space_id]))
    assert page.status_code == 200
    told = {"alias": "Merel", "agrees": "on", "is_no_press": "on"}
    page = visit.post(reverse("peers:door", args=[group.space_id]), told)
    assert "Er is nu geen groep voor u" in page.content.decode()  # none for the young here


def test_who_is_shown_out_does_not_come_back_into_the_group(door, group):
    held, visit, address = come_in(door)
    expel(held, "press", "Zij schreef voor een krant.", by=door.lead, at=AT)
    assert GroupMember.objects.get().leaving == Leaving.EXPELLED
    assert visit.get(address).status_code == 404


def test_who_is_put_out_of_a_group_is_judged_anew_at_the_door(door, group):
    held, _visit, _address = come_in(door)
    before = Message.objects.filter(template="closed_part_out_of_group").count()
    expelled(door.centre.pk, held.pk, AT)
    assert Message.objects.filter(template="closed_part_out_of_group").count() > before
    held.refresh_from_db()
    assert held.state == "verified"


def test_who_must_phone_about_danger_reads_the_number_until_it_is_dealt_with(door, group, client):
    held, visit, _address = come_in(door)
    amir = make_membership(Role.MODERATOR, name="Amir Haddad", team=door.member.rosa.team)
    client.force_login(amir.user)
    page = phone_address(door.centre.pk, held.pk)
    assert client.get(page).status_code == 404
    told = {"title": "De nacht", "subject": "everyday", "body": "Ik wil niet meer leven."}
    visit.post(reverse("peers:start", args=[group.space_id]), told)
    hold = Hold.objects.get(is_danger=True)
    shown = client.get(page).content.decode()
    assert "tel:+31600000042" in shown
    assert "Truus Meeuws" in shown
    assert page in client.get(reverse("moderation:post", args=[hold.post_id])).content.decode()
    assert ReadEntry.objects.filter(person_id=held.registration.person_id, actor_id=amir.pk).exists()
    client.force_login(make_membership(Role.ON_CALL_WORKER).user)
    assert client.get(page).status_code == 404
    Hold.objects.update(member_id=None)  # dealt with
    client.force_login(amir.user)
    assert client.get(page).status_code == 404
    assert phone_address(door.centre.pk, uuid4()) == ""


def test_a_notice_from_the_group_goes_by_the_persons_own_rule(door, group):
    held, _visit, _address = come_in(door)
    tell(held.pk, "group_news", False, AT)
    assert Message.objects.filter(template="group_news", recipient_id=held.registration.person_id).exists()


def test_the_group_speaks_a_language_that_the_own_pages_have(door, group):
    _held, visit, address = come_in(door)
    for chosen, spoken in (("en", "en"), ("ar", "nl"), ("nl", "nl")):
        visit.cookies["taal"] = chosen
        assert f'lang="{spoken}"' in visit.get(address).content.decode()


def test_a_suspects_family_and_who_did_not_accept_the_rules_find_no_group(door, group):
    apart = make_insider(door.centre, relation="apart", by=door.rosa, name="A")
    new = make_insider(door.centre, relation="bereaved", by=door.rosa, name="B", accepts=False)
    address = reverse("peers:group", args=[group.space_id])
    for each in (apart, new):
        assert visit_of(each.registration.person_id).get(address).status_code == 404


def test_the_coordinator_opens_groups_and_nobody_else(door, client, renske):
    address = reverse("closed_rooms:groups")
    client.force_login(renske.user)
    assert "nog geen groep" in client.get(address).content.decode()
    wrong = client.post(address, {"centre": door.centre.pk, "contact": renske.pk})
    assert wrong.status_code == 422
    assert not Group.objects.exists()
    told = {"centre": door.centre.pk, "contact": renske.pk, "relation": "bereaved"}
    assert client.post(address, told).status_code == 302
    assert client.post(address, {**told, "is_youth": "on"}).status_code == 302
    page = client.get(address).content.decode()
    assert "nabestaanden" in page
    assert "jonger dan 16" in page
    assert Group.objects.count() == 2
    with pytest.raises(PermissionDenied):
        open_group_at(door.centre, "injured", renske, is_youth=False, by=door.lead, at=AT)
    client.force_login(make_membership(Role.IAC_EDITOR).user)
    assert client.get(address).status_code == 404


def test_the_closed_part_is_tried_with_a_person_who_is_gone_again(door, renske):
    def tried():
        return try_closed_part(door.centre, AT).finding

    assert tried() == "no_groups"
    group = open_group_at(door.centre, "residents", renske, is_youth=False, by=actor_for(renske), at=AT)
    assert tried() == "no_moderator"
    enter_shift(
        group.space, renske, AT - timedelta(hours=1), AT + timedelta(hours=3), by=actor_for(renske), at=AT
    )
    count = Registration.objects.count()
    assert tried() == "came_in"
    assert Registration.objects.count() == count


def test_who_is_erased_is_gone_from_the_group_with_every_word(door, group, monkeypatch):
    held, visit, address = come_in(door)
    member = GroupMember.objects.get()
    make_post(member, "Niemand mag dit meer lezen.", at=AT)
    GroupMember.objects.update(wants_notices=True)
    with transaction.atomic():
        erase_person(held.registration.person, by=SYSTEM, at=AT)
    tell(member.member_id, "group_news", False, AT)
    expelled(door.centre.pk, member.member_id, AT)
    assert not Message.objects.filter(template="group_news").exists()
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    assert tasks.ERASED in trail._listeners["person.erased"]
    other = make_insider(door.centre, relation="bereaved", by=door.rosa, name="Wim")
    stays = make_member(group, "Reiger", member_id=other.pk)
    for _ in range(2):
        tasks.follow_erasure(0)
    member.refresh_from_db()
    assert (member.leaving, member.member_id) == (Leaving.ENTRY_ENDED, None)
    assert not Post.objects.exclude(body_sealed=b"").exists()
    assert GroupMember.objects.get(left_at=None) == stays


def test_who_is_read_by_a_moderator_finds_that_in_the_own_read_log(door, group, client):
    held, _visit, _address = come_in(door)
    post = make_post(GroupMember.objects.get(), "Vandaag was een goede dag.", at=AT)
    sjoerd = make_membership(Role.MODERATOR, name="Sjoerd Prins")
    client.force_login(sjoerd.user)
    for name, pk in (("post", post.pk), ("read_talk", post.talk_id)):
        page = client.get(reverse(f"moderation:{name}", args=[pk]))
        assert page.status_code == 200
        assert "Meeuws" not in page.content.decode()
    person_id = held.registration.person_id
    assert [each.who for each in looks_at(person_id) if each.who == "Sjoerd"] == ["Sjoerd", "Sjoerd"]
    assert not ReadEntry.objects.filter(person_id=held.pk).exists()
