"""Who wants to go on after the group says so, takes it back, and is counted without a name."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nabij.accounts.factories import make_membership
from nabij.accounts.roles import Role
from nabij.closed_part.actions.entering import leave
from nabij.closed_part.actions.verifying import expel
from nabij.farewells import content
from nabij.farewells.actions import take_wish_back, wish_onward
from nabij.farewells.models import OnwardWish
from nabij.farewells.queries import wishes_at, wishes_to_take
from nabij.farewells.tests.conftest import AT, join
from nabij.kit import clock
from nabij.peers.models import Age, GroupMember
from nabij.people.factories import enter_own_pages

VERSION = content.consent_version()


def visit_of(who):
    visit = Client()
    enter_own_pages(visit, who.person.id)
    return visit


def wish(who, version=VERSION):
    return wish_onward(who.held, version, by=who.person, at=AT)


@pytest.fixture
def ending(closing):
    closing.announce()
    closing.base = reverse("peers:group", args=[closing.group.space_id])
    return closing


def text_of(response):
    return response.content.decode()


def test_nobody_is_asked_before_the_end_was_said(closing):
    with pytest.raises(PermissionDenied):
        wish(closing.truus)
    visit = visit_of(closing.truus)
    address = reverse("farewells:onward", args=[closing.group.space_id])
    assert visit.get(address).status_code == 404
    assert "verder praten" not in text_of(visit.get(reverse("peers:group", args=[closing.group.space_id])))


def test_a_member_reads_the_question_says_yes_and_takes_it_back(ending):
    visit = visit_of(ending.truus)
    assert "Wilt u daarna verder praten?" in text_of(visit.get(ending.base))
    address = f"{ending.base}verder/"
    page = text_of(visit.get(address))
    assert content.consent_text() in page
    assert "Meeuws" not in page
    assert not OnwardWish.objects.exists()
    stale = visit.post(address, {"wens": "ja", "versie": "2020-01-01"})
    assert stale.status_code == 422
    assert "net veranderd" in text_of(stale)
    for _ in range(2):
        assert visit.post(address, {"wens": "ja", "versie": VERSION}).status_code == 302
    assert OnwardWish.objects.get().text_version == VERSION
    assert "U zei ja" in text_of(visit.get(address))
    assert "U zei ja" in text_of(visit.get(ending.base))
    for _ in range(2):
        visit.post(address, {"wens": "nee"})
    assert not OnwardWish.objects.exists()


def test_the_wish_outlives_the_group_and_is_taken_back_on_ones_own_page(ending):
    wish(ending.truus)
    GroupMember.objects.all().delete()
    visit = visit_of(ending.truus)
    assert "Nodig mij toch niet uit" in text_of(visit.get(reverse("people:own")))
    assert len(wishes_to_take(ending.truus.person.id)) == 1
    take = reverse("farewells:take_back")
    assert Client().post(take).status_code == 404
    assert visit.post(take).status_code == 302
    assert visit.post(take).status_code == 404
    assert not OnwardWish.objects.exists()
    assert wishes_to_take(ending.truus.person.id) == []
    assert "Nodig mij toch niet uit" not in text_of(visit.get(reverse("people:own")))


def test_who_is_not_in_a_group_or_too_young_is_not_asked(ending):
    stranger = join(ending.door, "Wulp", name="Wim")
    GroupMember.objects.filter(pk=stranger.member.pk).update(
        left_at=AT, leaving="own_wish", member_id=None, alias_mark=None
    )
    with pytest.raises(PermissionDenied):
        wish(stranger)
    with pytest.raises(PermissionDenied):
        wish_onward(ending.truus.held, VERSION, by=stranger.person, at=AT)
    with pytest.raises(PermissionDenied):
        take_wish_back(ending.truus.held, by=stranger.person, at=AT)
    with pytest.raises(ValidationError):
        wish(ending.truus, "2020-01-01")
    teenager = join(ending.door, "Grutto", age=Age.FROM_16, name="Sam")
    assert wish(teenager)
    GroupMember.objects.filter(pk=ending.truus.member.pk).update(wants_notices=True)


def test_who_leaves_or_is_shown_out_is_not_asked_any_more(ending):
    other = join(ending.door, "Wulp", name="Wim")
    wish(ending.truus)
    wish(other)
    leave(ending.truus.held, by=ending.truus.person, at=AT)
    expel(other.held, "press", "Zij schreef voor een krant.", by=ending.door.lead, at=AT)
    assert not OnwardWish.objects.exists()


def test_a_wish_without_a_text_cannot_be(ending):
    row = wish(ending.truus)
    row.text_version = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_who_leads_the_groups_reads_how_many_and_never_who(ending, log_in):
    join(ending.door, "Wulp", name="Wim")
    wish(ending.truus)
    [line] = wishes_at(ending.group.space)
    assert (line.wanted, line.members) == (1, 2)
    desk = log_in(ending.renske)
    page = text_of(desk.get(reverse("moderation:space", args=[ending.group.space_id])))
    assert "1 willen verder, 2 in de groep" in page
    assert "Meeuws" not in page
    amir = log_in(make_membership(Role.MODERATOR, name="Amir Haddad"))
    assert amir.get(reverse("farewells:wishes", args=[ending.group.space_id])).status_code in (403, 404)


def test_before_an_end_was_said_there_is_nothing_to_count(closing, log_in):
    clock.move_to(AT)
    page = log_in(closing.renske).get(reverse("moderation:space", args=[closing.group.space_id]))
    assert "willen verder" not in text_of(page)
