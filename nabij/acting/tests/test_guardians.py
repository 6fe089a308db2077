"""A guardian decides for a young child, never past a danger; a child without a say decides with them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.acting.actions import give_acting_key, give_helping_hand, let_in, stop_mandate, take_file
from nabij.acting.factories import make_guardian
from nabij.acting.models import Mandate
from nabij.acting.policies import can_take_file, decides_with_guardian, holds, scope_now
from nabij.acting.queries import mandates_of
from nabij.acting.visit import actor_of
from nabij.audit.actor import ANONYMOUS, Actor, ActorKind, Scope
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.kit import clock, objections
from nabij.kit.clock import local
from nabij.people.factories import enter_own_pages
from nabij.vulnerability.actions import raise_alert, raise_level
from nabij.vulnerability.models import Level

SOON = WEDNESDAY + timedelta(hours=1)
LOOKS = {Scope.SEE, Scope.MESSAGES}
ALL = LOOKS | {Scope.CONSENTS, Scope.EXPORT}


@pytest.fixture
def case(noordwest):
    return make_case("Noor Rademaker", helper=noordwest.member.ayla)


@pytest.fixture
def noor(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)


@pytest.fixture
def mandate(noordwest, case):
    return make_guardian(case, by=noordwest.ayla, at=WEDNESDAY)


def test_a_guardian_of_a_young_child_gets_more_and_of_a_child_with_a_say_no_more_than_looking(
    noordwest, case, mandate
):
    assert (mandate.has_say, set(mandate.scope)) == (False, ALL)
    older = make_guardian(make_case("Bas", helper=noordwest.member.ayla), by=noordwest.ayla, at=WEDNESDAY,
                          years=12, address="vader@example.nl")  # fmt: skip
    assert (older.has_say, set(older.scope)) == (True, LOOKS)


def test_the_database_refuses_more_for_a_helping_hand_and_for_a_child_with_a_say(noordwest, case, noor):
    hand = give_helping_hand(
        case.person, "zus@example.nl", local(WEDNESDAY).date(), by=noordwest.ayla, at=WEDNESDAY
    )[0]
    older = make_guardian(case, by=noordwest.ayla, at=WEDNESDAY, years=13)
    for row in (hand, older):
        assert set(row.scope) == LOOKS
        with pytest.raises(IntegrityError, match="more_than_looking"), transaction.atomic():
            Mandate.objects.filter(pk=row.pk).update(scope=[Scope.SEE, Scope.EXPORT])
    with pytest.raises(IntegrityError, match="acts_for_a_child"), transaction.atomic():
        Mandate.objects.filter(pk=hand.pk).update(has_say=False)


def test_a_young_child_decides_with_the_guardian_only_as_long_as_the_guardian_acts(
    noordwest, case, noor, mandate
):
    assert decides_with_guardian(case.person_id, SOON)
    assert objections.found("own_consent", case.person_id, SOON)
    assert not decides_with_guardian(case.person_id, WEDNESDAY + timedelta(days=31))
    raise_alert(case.person, "family_conflict", by=noordwest.ayla, at=SOON)
    assert not decides_with_guardian(case.person_id, SOON)
    other = make_case("Bas", helper=noordwest.member.ayla)
    second = make_guardian(other, by=noordwest.ayla, at=WEDNESDAY, address="moeder@example.nl")
    assert decides_with_guardian(other.person_id, SOON)
    stop_mandate(second, by=noordwest.ayla, at=SOON)
    assert not decides_with_guardian(other.person_id, SOON)


def test_a_child_with_a_say_decides_alone(noordwest, case):
    make_guardian(case, by=noordwest.ayla, at=WEDNESDAY, years=14)
    assert not decides_with_guardian(case.person_id, SOON)


def test_a_young_child_asks_nobody_to_look_along_alone_but_stops_it_alone(noordwest, case, noor, mandate):
    until = local(SOON).date()
    with pytest.raises(PermissionDenied):
        give_helping_hand(case.person, "vriend@example.nl", until, by=noor, at=SOON)
    assert give_helping_hand(case.person, "oma@example.nl", until, by=noordwest.ayla, at=SOON)
    assert stop_mandate(mandate, by=noor, at=SOON).ended_at == SOON
    assert give_helping_hand(case.person, "vriend@example.nl", until, by=noor, at=SOON)


def test_who_takes_the_file_along(noordwest, case, noor, mandate):
    guardian = actor_of(mandate)
    stranger = Actor(ActorKind.HELPED_PERSON, id=make_case("Ander").person_id)
    assert can_take_file(guardian, case.person_id, SOON)
    assert not can_take_file(guardian, stranger.id, SOON)
    for who in (noor, stranger, noordwest.ayla, noordwest.olaf, noordwest.zuid, ANONYMOUS):
        assert not can_take_file(who, case.person_id, SOON)
        with pytest.raises(PermissionDenied):
            take_file(case.person, by=who, at=SOON)
    for scope in (LOOKS, {Scope.EXPORT}):
        only = Actor(ActorKind.ACTING, id=mandate.acting_id, for_id=case.person_id, permissions=scope)
        assert not can_take_file(only, case.person_id, SOON)
    stop_mandate(mandate, by=noordwest.ayla, at=SOON)
    assert can_take_file(noor, case.person_id, SOON)


def test_taking_the_file_along_is_written_as_a_look_and_an_export_of_who_did_it(
    noordwest, case, noor, mandate
):
    take_file(case.person, by=actor_of(mandate), at=SOON)
    look = ReadEntry.objects.get(person_id=case.person_id, actor_kind="acting")
    told = TrailEntry.objects.get(verb="mandate.file_taken")
    assert (look.actor_id, look.role) == (mandate.acting_id, "guardian")
    assert (told.actor_id, told.thread_id, told.facts) == (
        mandate.acting_id, case.person_id, {"for": str(case.person_id)},
    )  # fmt: skip
    for reader in (noor, noordwest.ayla):
        [shown] = mandates_of(case.person_id, reader, SOON)
        assert (shown.taken, shown.looks) == ([SOON], [SOON])
    stop_mandate(mandate, by=noordwest.ayla, at=SOON)
    take_file(case.person, by=noor, at=SOON)
    assert TrailEntry.objects.filter(verb="mandate.file_taken").count() == 1


def test_from_level_2_a_guardian_decides_only_after_the_leaders_yes_and_with_a_key(noordwest, case, mandate):
    raise_level(case.person, Level.RAISED, "x", by=noordwest.ayla, at=SOON)
    assert not holds(mandate, SOON)
    mandate = let_in(mandate, "De vader is veilig.", by=noordwest.olaf, at=SOON)
    assert holds(mandate, SOON)
    assert scope_now(mandate) == LOOKS
    give_acting_key(mandate, by=noordwest.ayla, at=SOON)
    assert scope_now(mandate) == ALL
    raise_level(case.person, Level.HIGH, "x", by=noordwest.ayla, at=SOON + timedelta(hours=1))
    assert not holds(mandate, SOON + timedelta(hours=1))


def come_in(client, person_id):
    enter_own_pages(client, person_id)


def test_the_page_of_a_young_child_offers_no_invitation(client, noordwest):
    case = make_case("Noor Rademaker", helper=noordwest.member.ayla, at=clock.now())
    come_in(client, case.person_id)
    assert "Laat iemand meekijken" in client.get("/mijn/hulp/meekijken/deur/").content.decode()
    mandate = make_guardian(case, by=noordwest.ayla, at=clock.now())
    take_file(case.person, by=actor_of(mandate), at=clock.now())
    page = client.get("/mijn/hulp/meekijken/deur/").content.decode()
    assert "Petra" in page
    assert "Nam de gegevens mee op" in page
    assert "Laat iemand meekijken" not in page
    assert client.get("/mijn/hulp/meekijken/").status_code == 403


@pytest.mark.parametrize("years", [1, 7970])
def test_a_day_of_birth_that_is_still_to_come_is_asked_again(client, noordwest, years):
    now = clock.now()
    case = make_case("Noor Rademaker", helper=noordwest.member.ayla, at=now)
    client.force_login(noordwest.member.ayla.user)
    today = local(now).date()
    told = {
        "kind": "guardian", "address": "ouder@example.nl", "until": today.isoformat(),
        "born_on": today.replace(year=today.year + years, day=1, month=12).isoformat(),
    }  # fmt: skip
    page = client.post(f"/werk/dossiers/{case.pk}/meekijken/nieuw/", told)
    assert page.status_code == 422
    assert "Deze dag moet nog komen" in page.content.decode()
    assert not Mandate.objects.exists()
