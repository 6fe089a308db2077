"""A page goes on until enough of the right people said yes, and then lets the others go."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.notify.models import Message
from nabij.paging import seats
from nabij.paging.actions import (
    Outcome,
    accept,
    ask_next_now,
    decline,
    drop_need,
    give_reason,
    stand_down,
)
from nabij.paging.factories import NIGHT, make_page, seated, take_due_steps
from nabij.paging.ladders import decline_reasons
from nabij.paging.models import Answer, Ask, PageNeed, PageState, Way
from nabij.paging.quorum import Quorum, quorum_of

SKILLS = st.frozensets(st.sampled_from(["lang:tr", "lang:ar"]))


@pytest.fixture
def crew(db):
    """Five workers on duty; the last one speaks Turkish."""
    names = ("Ayla", "Joris", "Wim", "Rosa", "Emre")
    people = [make_membership(Role.ON_CALL_WORKER, name=name) for name in names]
    spoken = {people[-1].pk: frozenset({"lang:tr"})}
    seats.register_skills(lambda ids: {each: spoken[each] for each in ids if each in spoken})
    with seated({"worker": [person.pk for person in people]}):
        yield people
    seats.forget_skills()


def ask_of(page, person):
    return Ask.objects.select_related("page").get(page=page, membership=person)


def say_yes(page, person, at=NIGHT):
    return accept(ask_of(page, person), by=actor_for(person), at=at, way=Way.APP)


def make_call(needed=3, **wanted):
    page = make_page("workers", needed=needed)
    PageNeed.objects.bulk_create(
        PageNeed(page=page, skill=f"lang:{language}", number=number) for language, number in wanted.items()
    )
    take_due_steps(NIGHT)
    return page


def test_the_last_place_is_kept_for_who_speaks_turkish_and_then_the_rest_may_stay(crew):
    ayla, joris, wim, rosa, emre = crew
    page = make_call(needed=3, tr=1)
    assert [say_yes(page, person) for person in (ayla, joris)] == [Outcome.ACCEPTED] * 2
    assert say_yes(page, wim) == Outcome.STANDBY
    assert say_yes(page, wim) == Outcome.STANDBY  # said twice it stays as it was
    page.refresh_from_db()
    assert page.state == PageState.OPEN
    assert quorum_of(page).lacking == {"lang:tr": 1}
    assert say_yes(page, emre) == Outcome.ACCEPTED
    page.refresh_from_db()
    assert page.state == PageState.ANSWERED
    told = set(Message.objects.filter(template="page_enough").values_list("recipient_id", flat=True))
    assert told == {wim.pk, rosa.pk}
    assert ask_of(page, wim).answer == Answer.WITHDRAWN


def test_going_without_the_language_lets_who_stands_by_come(crew):
    ayla, joris, wim, rosa, _ = crew
    page = make_call(needed=3, tr=1)
    for number, person in enumerate((ayla, joris, wim, rosa)):
        say_yes(page, person, NIGHT + timedelta(seconds=number))
    leader = make_actor(Role.ON_CALL_COORDINATOR)
    drop_need(page, "lang:tr", by=leader, at=NIGHT)
    page.refresh_from_db()
    assert page.state == PageState.ANSWERED
    assert ask_of(page, wim).answer == Answer.ACCEPTED  # the first who stood by
    assert ask_of(page, rosa).answer == Answer.WITHDRAWN
    drop_need(page, "lang:tr", by=leader, at=NIGHT)  # once more changes nothing


def test_a_need_that_is_dropped_when_enough_people_come_ends_the_page(crew):
    page = make_call(needed=2, tr=1, ar=1)
    PageNeed.objects.filter(page=page).update(number=1)
    for person in crew[:2]:
        Ask.objects.filter(page=page, membership=person).update(
            answer=Answer.ACCEPTED, answered_at=NIGHT, answered_way=Way.APP
        )
    leader = make_actor(Role.ON_CALL_COORDINATOR)
    drop_need(page, "lang:tr", by=leader, at=NIGHT)
    page.refresh_from_db()
    assert page.state == PageState.EXHAUSTED  # nobody here speaks Arabic
    drop_need(page, "lang:ar", by=leader, at=NIGHT)
    page.refresh_from_db()
    assert page.state == PageState.ANSWERED


def test_dropping_a_need_that_nobody_meets_puts_the_page_back_to_who_may_still_come(crew):
    page = make_call(needed=2, ar=1)
    page.refresh_from_db()
    assert page.state == PageState.EXHAUSTED
    drop_need(page, "lang:ar", by=make_actor(Role.ON_CALL_COORDINATOR), at=NIGHT)
    page.refresh_from_db()
    assert page.state == PageState.OPEN


def test_only_who_leads_changes_a_call(crew):
    page = make_call(needed=3, tr=1)
    stranger = actor_for(crew[0])
    with pytest.raises(PermissionDenied):
        drop_need(page, "lang:tr", by=stranger, at=NIGHT)
    with pytest.raises(PermissionDenied):
        ask_next_now(page, by=stranger, at=NIGHT)


def test_who_does_not_help_is_not_asked(crew):
    with seated({"off_duty": [make_membership(Role.ON_CALL_WORKER, name="Bea").pk]}):
        page = make_call(needed=1, tr=1)
        asked = set(page.asks.values_list("membership_id", flat=True))
    assert asked == {crew[-1].pk}


def test_the_coordinator_does_not_wait_for_the_next_group(crew):
    extra = make_membership(Role.ON_CALL_WORKER, name="Bea")
    leader = make_actor(Role.ON_CALL_COORDINATOR)
    with seated({"off_duty": [extra.pk]}):
        page = make_call(needed=2)
        assert not page.asks.filter(membership=extra).exists()
        assert ask_next_now(page, by=leader, at=NIGHT)
        take_due_steps(NIGHT)
        assert page.asks.get(membership=extra).seat == "off_duty"
    stand_down(page, by=leader, at=NIGHT)
    assert not ask_next_now(page, by=leader, at=NIGHT)


def test_too_few_on_duty_asks_the_next_group_at_once(crew):
    extra = make_membership(Role.ON_CALL_WORKER, name="Bea")
    with seated({"neighbour": [extra.pk]}):
        page = make_call(needed=6)
    assert page.asks.filter(membership=extra).exists()


def test_a_reason_is_a_code_from_the_list_and_only_of_a_no(crew):
    ayla, joris = crew[:2]
    page = make_call(needed=3)
    decline(ask_of(page, ayla), by=actor_for(ayla), at=NIGHT)
    give_reason(ask_of(page, ayla), "too_far", by=actor_for(ayla), at=NIGHT)
    assert str(ask_of(page, ayla).decline_reason) == "Ik ben te ver weg"
    give_reason(ask_of(page, joris), "too_far", by=actor_for(joris), at=NIGHT)
    assert ask_of(page, joris).decline_code == ""
    with pytest.raises(ValidationError):
        give_reason(ask_of(page, ayla), "bored", by=actor_for(ayla), at=NIGHT)
    with pytest.raises(PermissionDenied):
        give_reason(ask_of(page, ayla), "ill", by=actor_for(joris), at=NIGHT)
    say_yes(page, ayla)  # can come after all
    assert ask_of(page, ayla).decline_code == ""


def test_the_reason_is_chosen_on_the_phone_page(crew, client):
    page = make_call(needed=3)
    ask = ask_of(page, crew[0])
    client.force_login(crew[0].user)
    url = f"/werk/oproepen/{ask.pk}/"
    client.post(url, {"antwoord": "nee"})
    assert "Wilt u zeggen waarom?" in client.get(url).content.decode()
    client.post(url, {"antwoord": "reden", "reden": "own_street"})
    assert "Het is mijn eigen straat" in client.get(url).content.decode()
    assert client.post(url, {"antwoord": "reden", "reden": "nonsense"}).status_code == 200
    assert ask_of(page, crew[0]).decline_code == "own_street"


def test_who_stands_by_reads_that(crew, client):
    page = make_call(needed=1, tr=1)
    Ask.objects.filter(page=page).update(membership=crew[0])
    ask = ask_of(page, crew[0])
    client.force_login(crew[0].user)
    client.post(f"/werk/oproepen/{ask.pk}/", {"antwoord": "ja"})
    assert "U staat reserve" in client.get(f"/werk/oproepen/{ask.pk}/").content.decode()


def test_every_reason_has_its_words():
    assert all(str(reason) for reason in decline_reasons().values())


@given(
    needed=st.integers(1, 6),
    wanted=st.dictionaries(st.sampled_from(["lang:tr", "lang:ar"]), st.integers(1, 2)),
    offers=st.lists(SKILLS, max_size=12),
)
def test_whoever_says_yes_in_whatever_order_the_quorum_is_never_wasted(needed, wanted, offers):
    """Who is taken always helps: never more people than the places plus the skills that were asked."""
    coming = []
    for skills in offers:
        if Quorum(needed, wanted, coming).takes(skills):
            before = Quorum(needed, wanted, list(coming)).short
            coming.append(skills)
            after = Quorum(needed, wanted, coming)
            assert after.short <= before
            assert after.places or not after.lacking or len(coming) >= needed
    assert len(coming) <= needed + sum(wanted.values())
    enough = [frozenset({"lang:tr", "lang:ar"})] * (needed + 4)
    for skills in enough:
        if Quorum(needed, wanted, coming).takes(skills):
            coming.append(skills)
    assert Quorum(needed, wanted, coming).is_reached
