"""The pages: what a member and a moderator press, see, and do not find."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.accounts.models import Membership
from nabij.audit.models import ReadEntry
from nabij.kit import clock
from nabij.moderation.models import Expulsion, ModeratorShift
from nabij.peers import actions, outside
from nabij.peers.factories import end_space, make_group, make_member, make_post, make_space, make_verified
from nabij.peers.models import (
    Age,
    GroupMember,
    Hold,
    Introduction,
    Leaving,
    Mute,
    NameMark,
    Post,
    PostReport,
    PostState,
    Relation,
    Space,
    SpaceKind,
)

pytestmark = pytest.mark.django_db
TALK = {"title": "Slapen", "subject": "body", "body": "Slaapt u ook slecht?"}
YES = {"agrees": "on", "is_no_press": "on"}
DARK = "Ik wil dood."


@pytest.fixture
def here(centre, above):
    """The centre of now, with the app above it."""
    centre.at = clock.now()
    Space.objects.update(opened_at=centre.at - timedelta(days=1))
    for row in (centre.space, centre.reiger, centre.merel):
        row.refresh_from_db()
    centre.base = f"/mijn/groep/{centre.space.pk}/"
    return centre


def let_in(above, member):
    above.verified = make_verified(Relation(member.relation), member_id=member.member_id, age=Age(member.age))


@pytest.fixture
def merel(here, above, client):
    let_in(above, here.merel)
    return client


@pytest.fixture
def sjoerd(here, client):
    client.force_login(Membership.objects.get(pk=here.sjoerd.id).user)
    return client


def log_in(client, actor):
    client.force_login(Membership.objects.get(pk=actor.id).user)
    return client


def text_of(response):
    return response.content.decode()


# Members


def test_who_is_not_let_in_by_the_app_above_finds_nothing(here, above, client):
    addresses = [here.base, f"{here.base}binnenkomen/", f"/mijn/groep/{here.group.pk}/"]
    assert {client.get(each).status_code for each in addresses} == {404}
    above.verified = make_verified(is_kin_of_offender=True)
    assert client.get(here.base).status_code == 404
    let_in(above, here.merel)
    assert client.get(here.base).status_code == 200
    GroupMember.objects.filter(pk=here.merel.pk).update(left_at=here.at, leaving=Leaving.EXPELLED)
    assert client.get(here.base).status_code == 404
    outside.forget(SpaceKind.CENTRE)
    assert client.get(here.base).status_code == 404


def test_the_door_tells_the_rules_and_whom_to_phone_and_lets_in_under_an_alias(here, above, client):
    above.verified = make_verified()
    assert client.get(here.base).url == f"{here.base}binnenkomen/"
    door = text_of(client.get(f"{here.base}binnenkomen/"))
    told = "alleen voor nabestaanden"
    for word in ("De pers mag hier niet in", "Noor Visser", "088-0000000", "Snel weg", told):
        assert word in door
    assert "jongeren" not in door
    wrong = client.post(f"{here.base}binnenkomen/", {"alias": "Kievit", "agrees": "on"})
    assert wrong.status_code == 422
    assert 'value="Kievit"' in text_of(wrong)
    assert "niet voor journalisten" in text_of(wrong)
    taken = client.post(f"{here.base}binnenkomen/", YES | {"alias": "merel"})
    assert (taken.status_code, "Deze naam is er al" in text_of(taken)) == (422, True)
    answer = client.post(f"{here.base}binnenkomen/", YES | {"alias": "Kievit"}, follow=True)
    assert "U heet hier Kievit" in text_of(answer)
    assert "<title>Mijn gegevens</title>" in text_of(answer)
    assert client.get(f"{here.base}binnenkomen/").url == here.base


def test_without_a_group_for_this_relation_there_is_a_phone(here, above, client):
    above.verified = make_verified(Relation.WITNESSES)
    assert "088-0000000" in text_of(client.get(f"{here.base}binnenkomen/"))
    above.verified = make_verified(age=Age.UNDER_16)
    answer = client.post(f"{here.base}binnenkomen/", YES | {"alias": "Kievit"})
    assert "nu geen groep" in text_of(answer)


def test_who_is_16_may_choose_the_group_of_the_young(here, above, client):
    youth = make_group(here.space, youth_worker=here.group.contact)
    above.verified = make_verified(age=Age.FROM_16)
    assert "groep voor jongeren" in text_of(client.get(f"{here.base}binnenkomen/"))
    client.post(f"{here.base}binnenkomen/", YES | {"alias": "Kievit", "wants_youth": "on"})
    assert GroupMember.objects.get(group=youth).age == Age.FROM_16
    assert client.get(f"{here.base}kennismaken/").status_code == 404
    assert client.post(f"{here.base}kennismaken/niet-meer/").status_code == 404


def test_a_member_begins_answers_changes_and_takes_away(here, merel):
    wrong = merel.post(f"{here.base}beginnen/", TALK | {"subject": ""})
    assert (wrong.status_code, "Slaapt u ook slecht?" in text_of(wrong)) == (422, True)
    assert merel.get(f"{here.base}beginnen/").status_code == 200
    page = merel.post(f"{here.base}beginnen/", TALK, follow=True)
    assert "Slaapt u ook slecht?" in text_of(page)
    talk = page.redirect_chain[-1][0]
    long = merel.post(talk, {"body": "x" * 3001})
    assert (long.status_code, "te lang" in text_of(long), "x" * 3001 in text_of(long)) == (422, True, True)
    merel.post(talk, {"body": "Iemand?"})
    second = Post.objects.latest("written_at")
    change = f"{here.base}bericht/{second.pk}/wijzigen/"
    assert "Iemand?" in text_of(merel.get(change))
    assert merel.post(change, {"body": "x" * 3001}).status_code == 422
    assert "Is er iemand?" in text_of(merel.post(change, {"body": "Is er iemand?"}, follow=True))
    away = merel.post(f"{here.base}bericht/{second.pk}/weghalen/", follow=True)
    assert "Bericht weggehaald." in text_of(away)
    first = Post.objects.earliest("written_at")
    assert merel.post(f"{here.base}bericht/{first.pk}/weghalen/").url == here.base
    assert merel.post(f"{here.base}bericht/{first.pk}/weghalen/").status_code == 404
    assert merel.get(change).status_code == 404
    assert merel.post(f"{here.base}beginnen/", TALK | {"body": "x" * 3001}).status_code == 422


def test_112_and_113_stand_on_top_at_once_for_who_writes_danger(here, merel):
    assert "U hoeft dit niet alleen" not in text_of(merel.get(here.base))
    page = text_of(merel.post(f"{here.base}beginnen/", TALK | {"body": DARK}, follow=True))
    assert "U hoeft dit niet alleen" in page
    assert page.index("tel:113") < page.index(DARK)
    assert "Alleen u ziet het nu" in page


def test_a_member_reports_and_mutes_and_reads_again(here, merel):
    post = make_post(make_member(here.group, "Wulp", approved=3), "Grof", at=here.at)
    report = f"{here.base}bericht/{post.pk}/melden/"
    assert "hoort niet wie" in text_of(merel.get(report))
    assert merel.post(report, {"note": "Au"}).status_code == 422
    assert "blijft tot dan staan" in text_of(merel.post(report, {"reason": "hurts", "note": "Au"}))
    assert PostReport.objects.get().reason == "hurts"
    mute = f"{here.base}lid/{post.author_id}/dempen/"
    assert "Wulp" in text_of(merel.post(mute, follow=True))
    assert "U leest dit lid niet." in text_of(merel.get(f"{here.base}gesprek/{post.talk_id}/"))
    merel.post(mute, {"weer": "1"})
    assert not Mute.objects.exists()
    assert merel.post(f"{here.base}lid/{here.merel.pk}/dempen/").status_code == 404
    own = make_post(here.merel, talk=post.talk, at=here.at)
    assert merel.get(f"{here.base}bericht/{own.pk}/melden/").status_code == 404
    assert merel.get(f"{here.base}bericht/{post.pk}/wijzigen/").status_code == 404
    assert merel.post(f"{here.base}bericht/{post.pk}/weghalen/").status_code == 404


def test_another_group_is_the_same_404_as_nothing(here, merel):
    other = make_member(make_group(here.space, Relation.INJURED), approved=3)
    post = make_post(other, at=here.at)
    for path in (f"gesprek/{post.talk_id}/", f"bericht/{post.pk}/melden/", f"bericht/{post.pk}/wijzigen/"):
        assert merel.get(f"{here.base}{path}").status_code == 404
    assert merel.post(f"{here.base}lid/{other.pk}/dempen/").status_code == 404


def test_my_place_has_my_name_notices_and_the_way_out(here, above, merel):
    me = f"{here.base}ik/"
    assert 'value="Merel"' in text_of(merel.get(me))
    wrong = merel.post(me, {"alias": "Reiger"})
    assert (wrong.status_code, "Deze naam is er al" in text_of(wrong)) == (422, True)
    assert "U heet hier Lijster" in text_of(merel.post(me, {"alias": "Lijster"}, follow=True))
    assert "geen bericht meer" in text_of(merel.post(f"{me}berichten/", {"bericht": "ja"}, follow=True))
    assert "voorgoed" in text_of(merel.get(f"{here.base}weggaan/"))
    assert "U bent weg" in text_of(merel.post(f"{here.base}weggaan/"))
    assert merel.get(here.base).url == f"{here.base}binnenkomen/"


def test_the_group_says_when_it_ends_and_that_a_moderator_reads_first(here, merel):
    GroupMember.objects.filter(pk=here.merel.pk).update(silenced_until=here.at + timedelta(days=2))
    end_space(here.space, here.at + timedelta(days=100))
    page = text_of(merel.get(here.base))
    assert "U kunt hier schrijven tot" in page
    assert "leest uw berichten eerst" in page


def test_two_meet_on_their_own_pages(here, above, merel):
    meet = f"{here.base}kennismaken/"
    assert merel.post(meet, {"wat": "vraag"}).status_code == 422
    assert "Wij zoeken iemand voor u" in text_of(
        merel.post(meet, {"wat": "vraag", "subjects": ["loss"]}, follow=True)
    )
    assert merel.post(meet, {"wat": "vraag", "subjects": ["loss"]}).status_code == 422
    let_in(above, here.reiger)
    page = text_of(merel.post(meet, {"wat": "open", "subjects": ["loss"]}, follow=True))
    assert "Iemand wil u leren kennen" in page
    assert "Merel" not in page
    assert "wil u leren kennen" in text_of(merel.get(here.base))
    invitation = Introduction.objects.get().invitations.get()
    yes = merel.post(f"{meet}{invitation.pk}/antwoord/", {"antwoord": "ja"}, follow=True)
    assert "Uw gesprek met Merel" in text_of(yes)
    talk = Introduction.objects.get().talk
    assert "Alleen u en de ander" in text_of(merel.get(f"{here.base}gesprek/{talk.pk}/"))
    let_in(above, here.merel)
    assert merel.post(f"{meet}{invitation.pk}/antwoord/").status_code == 404
    stop = f"{meet}{Introduction.objects.get().pk}/stoppen/"
    assert "Uw gesprek" not in text_of(merel.post(stop, follow=True))
    assert merel.post(stop).status_code == 404
    let_in(above, here.reiger)
    assert "Een ander mag u nu vragen" not in text_of(merel.post(f"{meet}niet-meer/", follow=True))


# Moderators


def test_who_moderates_nothing_has_no_queue(here, client):
    owen = log_in(client, here.stranger)
    for path in ("", "op-het-bureau/", "overslaan/"):
        assert owen.get(f"/werk/groepen/{path}").status_code == 403
    post = make_post(here.reiger, at=here.at)
    for path in (f"bericht/{post.pk}/", f"gesprek/{post.talk_id}/", f"{here.space.pk}/gesprekken/"):
        assert owen.get(f"/werk/groepen/{path}").status_code == 404
    assert owen.post(f"/werk/groepen/bericht/{post.pk}/plaatsen/").status_code == 404


def test_the_queue_says_what_waits_and_who_is_there(here, sjoerd):
    make_post(here.reiger, "Ik ben nieuw", at=here.at)
    make_post(here.merel, DARK, at=here.at)
    page = text_of(sjoerd.get("/werk/groepen/"))
    assert page.index("Gevaar: lees nu") < page.index("Nieuw in de groep")
    assert "Er is nu geen moderator." in page
    assert "Ik ben nieuw" not in page
    assert "1 bericht over gevaar" in text_of(sjoerd.get("/werk/"))


def test_a_moderator_places_refuses_and_removes_and_reading_is_logged(here, sjoerd):
    first, second = (make_post(here.reiger, f"Bericht {each}", at=here.at) for each in "ab")
    page = f"/werk/groepen/bericht/{first.pk}/"
    assert "Bericht a" in text_of(sjoerd.get(page))
    assert ReadEntry.objects.get().person_id == here.reiger.member_id
    assert "staat in de groep" in text_of(sjoerd.post(f"{page}plaatsen/", follow=True))
    assert "al over beslist" in text_of(sjoerd.post(f"{page}plaatsen/", follow=True))
    other = f"/werk/groepen/bericht/{second.pk}/"
    wrong = sjoerd.post(f"{other}weigeren/", {"note": "Mijn uitleg"})
    assert (wrong.status_code, "Mijn uitleg" in text_of(wrong)) == (422, True)
    assert "leest waarom" in text_of(sjoerd.post(f"{other}weigeren/", {"reason": "names"}, follow=True))
    assert sjoerd.post(f"{page}weghalen/", {}).status_code == 422
    assert "is weg" in text_of(sjoerd.post(f"{page}weghalen/", {"reason": "hurts"}, follow=True))
    assert "De tekst is weg." in text_of(sjoerd.get(page))
    assert "al weg" in text_of(sjoerd.post(f"{page}weghalen/", {"reason": "hurts"}, follow=True))


def test_danger_is_phoned_first_and_what_was_done_is_written_down(here, sjoerd):
    post = make_post(here.merel, DARK, at=here.at)
    page = f"/werk/groepen/bericht/{post.pk}/"
    assert f"/werk/bellen/{here.merel.member_id}/" in text_of(sjoerd.get(page))
    assert "Bel eerst" in text_of(sjoerd.post(f"{page}plaatsen/", follow=True))
    assert sjoerd.post(f"{page}gedaan/", {}).status_code == 422
    assert "gebeld en gesproken" in text_of(sjoerd.post(f"{page}gedaan/", {"what": "phoned"}, follow=True))
    sjoerd.post(f"{page}plaatsen/")
    assert Hold.objects.get().verdict == "approved"
    assert sjoerd.post(f"{page}gedaan/", {"what": "phoned"}).status_code == 200
    outside.forget(SpaceKind.CENTRE)
    again = make_post(here.merel, DARK, at=here.at)
    assert "Bel het contactpunt" in text_of(sjoerd.get(f"/werk/groepen/bericht/{again.pk}/"))


def test_a_reported_post_stays_and_a_member_is_read_first(here, sjoerd):
    post = make_post(here.merel, at=here.at)
    actions.report_post(post, here.reiger, "worried", "Let op haar", by=here.as_reiger, at=here.at)
    page = f"/werk/groepen/bericht/{post.pk}/"
    assert "Let op haar" in text_of(sjoerd.get(page))
    assert "blijft staan" in text_of(sjoerd.post(f"{page}laten-staan/", follow=True))
    assert sjoerd.post(f"{page}eerst-lezen/", {"days": "2"}).status_code == 422
    assert "leest u nu eerst" in text_of(sjoerd.post(f"{page}eerst-lezen/", {"days": "3"}, follow=True))


def test_one_asks_to_put_somebody_out_and_a_colleague_decides(here, above, client):
    post = make_post(here.merel, at=here.at)
    sjoerd = log_in(client, here.sjoerd)
    ask = f"/werk/groepen/bericht/{post.pk}/uit-de-groep/"
    assert sjoerd.post(ask, {}).status_code == 422
    page = text_of(sjoerd.post(ask, {"reason": "press"}, follow=True))
    assert "U vroeg dit. Een collega beslist." in page
    decide = f"/werk/groepen/uit-de-groep/{Expulsion.objects.get().pk}/"
    assert "U vroeg dit zelf" in text_of(sjoerd.post(decide, {"besluit": "ja"}, follow=True))
    assert "Dit is gevraagd" in text_of(sjoerd.get(f"/werk/groepen/bericht/{post.pk}/"))
    assert log_in(client, here.stranger).post(decide, {"besluit": "ja"}).status_code == 404
    yara = log_in(client, here.yara)
    assert "Ja, uit de groep" in text_of(yara.get(f"/werk/groepen/{here.space.pk}/uit-de-groep/"))
    yara.post(decide, {"besluit": "ja"})
    assert above.expelled
    assert yara.get(f"/werk/groepen/bericht/{post.pk}/").status_code == 200


def test_a_moderator_reads_along_and_writes_under_their_own_name(here, sjoerd):
    post = make_post(here.merel, "Hallo allemaal", at=here.at)
    assert "Hoe gaat het" in text_of(sjoerd.get(f"/werk/groepen/{here.space.pk}/gesprekken/"))
    talk = f"/werk/groepen/gesprek/{post.talk_id}/"
    assert "Hallo allemaal" in text_of(sjoerd.get(talk))
    assert sjoerd.post(talk, {}).status_code == 422
    assert "Welkom" in text_of(sjoerd.post(talk, {"body": "Welkom"}, follow=True))


def test_a_moderator_chooses_what_to_leave_out(here, sjoerd):
    assert "hoeft niet te zeggen waarom" in text_of(sjoerd.get("/werk/groepen/overslaan/"))
    sjoerd.post("/werk/groepen/overslaan/", {"subjects": ["children"]})
    post = make_post(here.reiger, subject="children", at=here.at)
    assert sjoerd.get(f"/werk/groepen/bericht/{post.pk}/").status_code == 404


def test_the_coordinator_arranges_shifts_names_contacts_and_the_end(here, client):
    noor = log_in(client, here.noor)
    base = f"/werk/groepen/{here.space.pk}/"
    shift = {"membership": here.yara.id, "starts_at": "2030-05-18T08:00", "ends_at": "2030-05-18T16:00"}
    wrong = noor.post(f"{base}diensten/", shift | {"ends_at": "2030-05-18T07:00"})
    assert (wrong.status_code, "Het einde ligt voor het begin" in text_of(wrong)) == (422, True)
    assert "Yara Haddad" in text_of(noor.post(f"{base}diensten/", shift, follow=True))
    row = ModeratorShift.objects.get(membership_id=here.yara.id)
    noor.post(f"{base}diensten/{row.pk}/vervalt/")
    assert noor.post(f"{base}diensten/{row.pk}/vervalt/").status_code == 404
    assert noor.post(base, {}).status_code == 422
    assert "2 namen erbij" in text_of(noor.post(base, {"names": "Joris Meer\nMeer"}, follow=True))
    assert "1 naam van de lijst" in text_of(noor.post(base, {"names": "meer", "wat": "weg"}, follow=True))
    assert NameMark.objects.count() == 1
    appoint = f"{base}contactpersoon/{here.group.pk}/"
    assert "Yara Haddad" in text_of(noor.post(appoint, {"contact": here.yara.id}, follow=True))
    assert noor.post(appoint, {"contact": here.stranger.id}).status_code == 404
    soon = noor.post(f"{base}stoppen/", {"ends_on": f"{here.at.date() + timedelta(days=60)}"})
    assert (soon.status_code, "minstens drie maanden" in text_of(soon)) == (422, True)
    noor.get(f"{base}stoppen/")
    later = {"ends_on": f"{here.at.date() + timedelta(days=120)}"}
    assert "De groepen stoppen op" in text_of(noor.post(f"{base}stoppen/", later, follow=True))


def test_a_moderator_sees_the_shifts_and_arranges_nothing(here, sjoerd):
    base = f"/werk/groepen/{here.space.pk}/"
    assert "Dienst erbij" not in text_of(sjoerd.get(f"{base}diensten/"))
    for path in ("diensten/", "", "stoppen/"):
        assert sjoerd.post(f"{base}{path}").status_code == 403
    elsewhere = make_space()
    end_space(elsewhere, here.at)
    assert sjoerd.get(f"/werk/groepen/{elsewhere.pk}/diensten/").status_code == 404


@pytest.mark.parametrize("who", ["member", "moderator"])
def test_one_or_five_posts_cost_the_same_number_of_queries(here, above, client, who):
    let_in(above, here.merel)
    address = here.base if who == "member" else "/werk/groepen/"
    log_in(client, here.sjoerd)

    def add():
        member = make_member(here.group)
        post = make_post(member, at=here.at)
        if who == "member":
            Post.objects.filter(pk=post.pk).update(state=PostState.SHOWN, shown_at=here.at)

    def count():
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    add()
    count()
    one = count()
    for _number in range(4):
        add()
    assert count() == one
