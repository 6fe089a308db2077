import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Permission, Role
from nabij.audit.actor import ANONYMOUS, SYSTEM, link_of
from nabij.audit.models import TrailEntry
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.notify import actions as notify_actions
from nabij.notify.claims import claim_deliveries, open_parcels
from nabij.paging import actions, answers
from nabij.paging.actions import Outcome
from nabij.paging.factories import NIGHT, make_page, take_due_steps
from nabij.paging.models import Answer, Ask, Way
from nabij.paging.policies import can_answer, can_answer_for
from nabij.paging.queries import asks_for, facts_of, open_asks_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def paged(night):
    clock.move_to(NIGHT)
    page = make_page()
    take_due_steps(NIGHT)
    return page


def link_in_message(recipient) -> str:
    for parcel in open_parcels(claim_deliveries("sms", 50, taken_by="test", at=NIGHT)):
        if found := re.search(r"http://\S+?(/p/[\w-]+/)", parcel.body):
            return found[1]
    raise AssertionError("no link")


def test_looking_at_the_link_changes_nothing_and_the_button_accepts(paged, night):
    link, client = link_in_message(night.bram), Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = client.get(link)
        assert answer.status_code == 200
        assert "Ik kom" in answer.content.decode()
        assert "Explosie" in answer.content.decode()
        assert not answer.cookies
    assert client.head(link).status_code == 200
    assert paged.asks.get().answer == Answer.OPEN
    assert client.post(link, {}).status_code == 200
    assert paged.asks.get().answer == Answer.OPEN
    done = client.post(link, {"antwoord": "ja"}, follow=True)
    assert "U komt" in done.content.decode()
    ask = paged.asks.get()
    assert (ask.answer, ask.answered_way, ask.answered_by) == (Answer.ACCEPTED, Way.LINK, night.bram.pk)


def test_a_link_used_twice_says_the_same_again(paged, night):
    link, client = link_in_message(night.bram), Client()
    client.post(link, {"antwoord": "ja"})
    again = client.post(link, {"antwoord": "ja"}, follow=True)
    assert "U komt" in again.content.decode()
    client.post(link, {"antwoord": "nee"})
    assert paged.asks.get().answer == Answer.ACCEPTED
    assert TrailEntry.objects.filter(verb="page.accepted").count() == 1


def test_who_said_no_may_change_their_mind(paged, night):
    link, client = link_in_message(night.bram), Client()
    shown = client.post(link, {"antwoord": "nee"}, follow=True)
    assert "U kunt niet" in shown.content.decode()
    client.post(link, {"antwoord": "nee"})
    assert TrailEntry.objects.filter(verb="page.declined").count() == 1
    client.post(link, {"antwoord": "ja"})
    assert paged.asks.get().answer == Answer.ACCEPTED


def test_somebody_else_was_first_is_a_clear_answer(paged, night):
    link = link_in_message(night.bram)
    take_due_steps(NIGHT + timedelta(minutes=10))
    noor = paged.asks.get(membership=night.noor)
    assert actions.accept(noor, by=actor_for(night.noor), at=NIGHT, way=Way.APP) == Outcome.ACCEPTED
    assert "al genoeg mensen" in Client().get(link).content.decode()
    late = Client().post(link, {"antwoord": "ja"}, follow=True)
    assert late.status_code == 200
    assert "al genoeg mensen" in late.content.decode()


def test_an_expired_link_says_so_and_accepts_nothing(paged, night):
    link = link_in_message(night.bram)
    Ask.objects.update(expires_at=NIGHT - timedelta(seconds=1))
    assert Client().get(link).status_code == 410
    answer = Client().post(link, {"antwoord": "ja"})
    assert answer.status_code == 410
    assert "verlopen" in answer.content.decode()
    assert facts_of(paged)["where"] not in answer.content.decode()
    assert paged.asks.get().answer == Answer.OPEN


def test_a_link_lasts_twelve_hours(paged):
    assert paged.asks.get().expires_at == NIGHT + timedelta(hours=12)


def test_only_the_page_of_a_link_hides_where_somebody_came_from(paged, night):
    """A form on a page without a referrer is sent with "Origin: null", which the check of forms refuses."""
    hidden = '<meta name="referrer" content="no-referrer">'
    assert hidden in Client().get(link_in_message(night.bram)).content.decode()
    client = Client()
    client.force_login(night.bram.user)
    assert hidden not in client.get(f"/werk/oproepen/{paged.asks.get().pk}/").content.decode()


def test_a_stood_down_page_says_so_on_its_link(paged, night):
    link = link_in_message(night.bram)
    actions.stand_down(paged, by=SYSTEM, at=NIGHT)
    assert "afgeblazen" in Client().get(link).content.decode()


def test_an_unknown_link_is_a_page_in_words():
    answer = Client().get("/p/AAAAAAAAAAAAAAAAAAAAAA/")
    assert answer.status_code == 404
    assert "Deze link werkt niet" in answer.content.decode()
    assert Client().post("/p/ééé/", {"antwoord": "ja"}).status_code == 404


def test_an_exercise_says_so_on_the_phone_page(night):
    make_page(exercise=True)
    take_due_steps(NIGHT)
    assert "OEFENING" in Client().get(link_in_message(night.bram)).content.decode()


def test_a_page_in_english_is_answered_in_english(night):
    clock.move_to(NIGHT)
    page = make_page()
    page.language = "en"
    page.save()
    take_due_steps(NIGHT)
    link = link_in_message(night.bram)
    assert 'lang="en"' in Client().get(link).content.decode()


def test_of_the_link_only_its_hash_is_kept_and_no_log_holds_it(paged, night, caplog):
    token = link_in_message(night.bram).split("/")[2]
    assert len(token) >= 22
    assert token.encode() not in bytes(paged.asks.get().token_hash)
    Client().post(f"/p/{token}/", {"antwoord": "ja"})
    Client().get(f"/p/{token}x/")
    assert token not in caplog.text.replace(f"/p/{token}x/", "")
    assert all(token not in str(entry.facts) for entry in TrailEntry.objects.all())


def test_in_the_app_the_person_answers_themselves(paged, night):
    ask, client = paged.asks.get(), Client()
    client.force_login(night.bram.user)
    address = f"/werk/oproepen/{ask.pk}/"
    assert address in client.get("/werk/oproepen/").content.decode()
    assert "Ik kan niet" in client.get(address).content.decode()
    assert client.post(address, {"antwoord": "misschien"}).status_code == 200
    assert "U komt" in client.post(address, {"antwoord": "ja"}, follow=True).content.decode()
    assert not open_asks_of(actor_for(night.bram), NIGHT).exists()
    assert paged.asks.get().answered_way == Way.APP
    assert "geen oproep" in client.get("/werk/oproepen/").content.decode()


def test_in_the_app_a_link_that_expired_does_not_matter(paged, night):
    Ask.objects.update(expires_at=NIGHT)
    actor = actor_for(night.bram)
    assert actions.accept(paged.asks.get(), by=actor, at=NIGHT, way=Way.APP) == Outcome.ACCEPTED


def test_a_coordinator_answers_for_somebody_with_the_reason(night):
    clock.move_to(NIGHT)
    page = make_page("workers", needed=3)
    take_due_steps(NIGHT)
    ask, client = page.asks.get(membership=night.ayla), Client()
    client.force_login(night.bram.user)
    address = f"/werk/oproepen/{ask.pk}/"
    assert "Ayla" in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Gebeld om 03:20"}).status_code == 302
    ask.refresh_from_db()
    assert (ask.answer, ask.answered_way, ask.answered_by) == (Answer.ACCEPTED, Way.BY_OTHER, night.bram.pk)
    assert unseal(ask.pk, ask.reason_sealed) == "Gebeld om 03:20"
    assert "komt" in client.get(address).content.decode()
    with pytest.raises(ValidationError):
        actions.accept_for(ask, by=actor_for(night.bram), at=NIGHT, reason="")
    again = actions.accept_for(ask, by=actor_for(night.bram), at=NIGHT, reason="nog eens")
    assert again == Outcome.ALREADY_COMING
    with pytest.raises(PermissionDenied):
        actions.accept_for(ask, by=actor_for(night.wim), at=NIGHT, reason="x")


def test_an_ask_of_somebody_else_does_not_exist_for_a_worker(paged, night):
    client = Client()
    client.force_login(night.ayla.user)
    assert client.get(f"/werk/oproepen/{paged.asks.get().pk}/").status_code == 404


def test_who_sees_and_answers_an_ask_role_by_situation(night):
    page = make_page("workers", needed=1)
    take_due_steps(NIGHT)
    ask = page.asks.select_related("page").get(membership=night.ayla)
    for role in Role:
        near, far = make_actor(role), make_actor(role, team=make_team("Zuid"))
        leads = Permission.COORDINATE in near.permissions
        assert asks_for(near, NIGHT).filter(pk=ask.pk).exists() == leads, role
        assert can_answer_for(near, ask, NIGHT) == leads, role
        assert not asks_for(far, NIGHT).exists(), role
        assert not can_answer_for(far, ask, NIGHT), role
        assert not can_answer(near, ask, NIGHT), role
    national = actor_for(night.bart)
    assert asks_for(national, NIGHT).count() == 3
    assert can_answer_for(national, ask, NIGHT)
    own = actor_for(night.ayla)
    assert asks_for(own, NIGHT).get() == ask
    assert can_answer(own, ask, NIGHT)
    assert can_answer(link_of(night.ayla.pk), ask, NIGHT)
    assert not can_answer_for(link_of(night.bram.pk), ask, NIGHT)
    for stranger in (SYSTEM, ANONYMOUS, link_of(night.wim.pk)):
        assert not can_answer(stranger, ask, NIGHT)
        assert not asks_for(stranger, NIGHT).exists()
        with pytest.raises(PermissionDenied):
            actions.accept(ask, by=stranger, at=NIGHT, way=Way.LINK)
        with pytest.raises(PermissionDenied):
            actions.decline(ask, by=stranger, at=NIGHT)


def test_keys_on_the_phone_are_yes_and_no_and_others_nothing(night):
    page = make_page("workers", needed=3)
    take_due_steps(NIGHT)
    for person, key, answer in (
        (night.ayla, "1", "accepted"),
        (night.joris, "2", "declined"),
        (night.wim, "9", "open"),
    ):
        delivery = page.asks.get(membership=person).message.deliveries.get()
        notify_actions.report_answer(delivery.pk, key, by=SYSTEM, at=NIGHT)
        assert page.asks.get(membership=person).answer == answer
    assert page.asks.get(membership=night.ayla).answered_way == Way.VOICE


def test_the_app_that_asked_hears_a_yes_in_the_same_transaction(paged, night, monkeypatch):
    monkeypatch.setattr(answers, "_callbacks", {})
    monkeypatch.setattr(answers, "_next", {})
    heard = []

    def refuse(ask, by, at):
        heard.append(ask.membership_id)
        raise ZeroDivisionError

    answers.register("coordinator", refuse, next_address=lambda ask: f"/verder/{ask.page.kind}/")
    with pytest.raises(ZeroDivisionError):
        actions.accept(paged.asks.get(), by=link_of(night.bram.pk), at=NIGHT, way=Way.LINK)
    assert heard == [night.bram.pk]
    assert paged.asks.get().answer == Answer.OPEN
    answers._callbacks.clear()
    shown = Client().post(link_in_message(night.bram), {"antwoord": "ja"}, follow=True)
    assert 'href="/verder/coordinator/"' in shown.content.decode()


def test_a_no_can_have_a_reason(paged, night):
    ask = paged.asks.get()
    actions.decline(ask, by=link_of(night.bram.pk), at=NIGHT, way=Way.LINK, reason="Ziek")
    ask.refresh_from_db()
    assert unseal(ask.pk, ask.reason_sealed) == "Ziek"


def test_a_page_has_one_membership_only_once_even_on_two_seats(night):
    night.seats["second_coordinator"] = [night.bram.pk]
    page = make_page()
    take_due_steps(NIGHT)
    take_due_steps(NIGHT + timedelta(minutes=10))
    assert page.asks.count() == 1
    assert page.asks.get().message.deliveries.count() == 2
    assert make_membership()


def test_an_answer_counts_when_its_message_was_erased(paged, night):
    ask = paged.asks.get()
    ask.message.delete()
    assert actions.accept(ask, by=link_of(night.bram.pk), at=NIGHT, way=Way.LINK) == Outcome.ACCEPTED
