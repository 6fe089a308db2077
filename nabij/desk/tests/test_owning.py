from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.audit.actor import SYSTEM
from nabij.desk import actions, content
from nabij.desk.factories import make_need, register
from nabij.desk.models import Need, NeedState
from nabij.desk.policies import can_own, can_take
from nabij.desk.queries.needs import needs_for
from nabij.desk.tests.conftest import EVENING
from nabij.paging.models import Page, PageState
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission
from nabij.people.models import AccessGrant, Person
from nabij.people.policies import visible_to

MINUTE = timedelta(minutes=1)
HALF = timedelta(minutes=30)


def test_a_need_goes_to_a_partner_only_when_the_person_said_yes_to_them(place):
    need = make_need(place.incident, at=EVENING, needs=["medicine"], yes_to=("ggd",))
    actions.take_need(need, by=place.rosa, at=EVENING)
    need.refresh_from_db()
    for partner, words, field in (
        ("municipality", "Wil slapen", "partner"), ("leger", "Wil slapen", "partner"), ("ggd", "  ", "told"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            actions.pass_need(need, partner, words, by=place.rosa, at=EVENING)
        assert set(refused.value.message_dict) == {field}
    actions.pass_need(need, "ggd", "Belt vanavond terug", by=place.rosa, at=EVENING)
    need.refresh_from_db()
    assert (need.state, need.partner_in_words) == (NeedState.PASSED, "GGD")
    assert need.due_at == EVENING + content.partner_within("ggd")
    assert b"Belt" not in bytes(need.told_sealed)
    actions.take_again(need, by=place.rosa, at=EVENING + MINUTE)
    need.refresh_from_db()
    assert need.state == NeedState.TAKEN


def test_the_last_form_of_a_person_decides_whether_a_partner_hears_of_them(place):
    first = make_submission(place.incident.pk, sent_at=EVENING, needs=["medicine"], yes_to=("ggd",))
    again = make_submission(
        place.incident.pk, form_key=first.form_key, sent_at=EVENING + MINUTE, needs=["medicine"]
    )
    at = EVENING + 2 * MINUTE
    rows = [store([each], by=SYSTEM, at=at, machine_at=at)[0] for each in (first, again)]
    actions.make_needs(place.incident, rows, by=SYSTEM, at=at)
    need = actions.take_need(Need.objects.get(), by=place.rosa, at=at)
    with pytest.raises(ValidationError, match="geen toestemming"):
        actions.pass_need(need, "ggd", "Iets", by=place.rosa, at=at)


def test_a_need_ends_with_an_outcome_and_then_stays_ended(place):
    need = actions.take_need(make_need(place.incident, at=EVENING), by=place.rosa, at=EVENING)
    with pytest.raises(ValidationError):
        actions.end_need(need, "onzin", by=place.rosa, at=EVENING)
    actions.end_need(need, "helped", by=place.rosa, at=EVENING)
    need.refresh_from_db()
    assert (need.state, need.outcome_in_words, need.owner_id) == (NeedState.DONE, "Geholpen", place.rosa.id)
    with pytest.raises(ValidationError, match="intussen veranderd"):
        actions.end_need(need, "helped", by=place.rosa, at=EVENING)
    with pytest.raises(ValidationError, match="intussen veranderd"):
        actions.give_need(need, place.members.tim, by=place.lot, at=EVENING)


def test_what_is_given_back_waits_again_with_a_new_call(place):
    need = make_need(place.incident, at=EVENING, urgent="yes")
    need = actions.take_need(need, by=place.rosa, at=EVENING)
    later = EVENING + 10 * MINUTE
    actions.give_back(need, by=place.rosa, at=later)
    need.refresh_from_db()
    assert (need.state, need.owner, need.due_at) == (NeedState.OPEN, None, later + HALF)
    assert Page.objects.filter(state=PageState.OPEN).count() == 1


def test_a_helper_who_is_given_a_need_sees_that_one_person_until_it_ends(place):
    need = make_need(place.incident, at=EVENING, needs=["talk"])
    other = make_need(place.incident, at=EVENING, name="Tijn", needs=["talk"])
    seen = Person.objects.filter(visible_to(place.vera, EVENING))
    assert not seen.exists()
    actions.give_need(need, place.members.vera, by=place.lot, at=EVENING)
    assert list(seen.all()) == [need.registration.person]
    need.refresh_from_db()
    assert list(needs_for(place.vera, EVENING)) == [need]
    assert not can_take(place.vera, other, EVENING)
    actions.end_need(need, "helped", by=place.vera, at=EVENING + MINUTE)
    assert not Person.objects.filter(visible_to(place.vera, EVENING + 2 * MINUTE)).exists()


def test_access_stays_while_the_helper_still_has_something_of_this_person(place):
    row = register(place.incident, at=EVENING, needs=["talk", "money"])
    talk, money = Need.objects.get(kind="talk"), Need.objects.get(kind="money")
    for each in (talk, money):
        actions.give_need(each, place.members.vera, by=place.lot, at=EVENING)
    assert AccessGrant.objects.filter(person=row.person).count() == 1
    talk.refresh_from_db()
    actions.end_need(talk, "helped", by=place.vera, at=EVENING)
    assert Person.objects.filter(visible_to(place.vera, EVENING)).exists()
    money.refresh_from_db()
    actions.give_need(money, place.members.tim, by=place.lot, at=EVENING + MINUTE)
    assert not Person.objects.filter(visible_to(place.vera, EVENING + 2 * MINUTE)).exists()


def test_a_need_goes_to_nobody_outside_the_event(place):
    need = make_need(place.incident, at=EVENING)
    for member in (place.members.zuid, place.members.els, place.members.owen):
        assert not can_own(member, need, EVENING)
        with pytest.raises(ValidationError):
            actions.give_need(need, member, by=place.lot, at=EVENING)
    need = actions.take_need(need, by=place.rosa, at=EVENING)
    stale = Need.objects.get()
    actions.give_need(need, place.members.tim, by=place.rosa, at=EVENING)
    with pytest.raises(ValidationError, match="intussen veranderd"):
        actions.give_need(stale, place.members.rosa, by=place.rosa, at=EVENING)


def test_who_may_not_is_refused(place):
    need = make_need(place.incident, at=EVENING)
    for actor in (place.zuid, place.vera, place.els, place.owen, SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.take_need(need, by=actor, at=EVENING)
    with pytest.raises(PermissionDenied):
        actions.give_need(need, place.members.tim, by=place.rosa, at=EVENING)
    need = actions.take_need(need, by=place.rosa, at=EVENING)
    for act in (actions.give_back, actions.take_again):
        with pytest.raises(PermissionDenied):
            act(need, by=place.tim, at=EVENING)
