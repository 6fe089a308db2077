import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.doors import actions
from nabij.doors.models import AskedFor, AskState, StreetAsk
from nabij.doors.queries import ask_for, asks_for, candidates_for, people_of, promised_people
from nabij.doors.tests.conftest import ENDS, MORNING, STARTS, make_ask, make_worker
from nabij.notify.models import Message
from nabij.rosters.models import Profile

pytestmark = pytest.mark.django_db


def test_a_municipality_asks_and_victim_support_promises_by_name(street):
    ask = make_ask(street)
    told = Message.objects.filter(template="doors_asked")
    assert {each.recipient_id for each in told} == {street.olaf.id}
    accepted = actions.accept_ask(ask, [street.imke.id], by=street.olaf, at=MORNING)
    assert accepted.state == AskState.ACCEPTED
    assert people_of(ask) == ["Imke Tol"]
    heard = Message.objects.filter(template="doors_answered")
    assert {each.recipient_id for each in heard} == {street.nadia.id, street.imke.id}


def test_who_speaks_an_asked_language_stands_first_and_who_may_not_go_last(street):
    Profile.objects.create(membership_id=street.youssef.id, languages=["tr"], changed_at=MORNING)
    Profile.objects.create(membership_id=street.imke.id, languages=["ar"], changed_at=MORNING)
    make_worker("Aafje Zonder Papier", is_certified=False)
    found = candidates_for(make_ask(street), street.olaf, MORNING)
    names = [each.membership.user.name for each in found]
    assert names[:2] == ["Youssef Amrani", "Imke Tol"]
    assert found[0].languages == ["tr"]
    assert found[-1].lacking


def test_only_certified_people_of_the_own_team_and_no_more_than_asked_are_promised(street):
    ask = make_ask(street, number=1)
    lacking = make_worker("Zonder", is_certified=False)
    for people, words in (
        ([], "van uw team"),
        ([street.jip.id], "van uw team"),
        ([street.imke.id, street.youssef.id], "meer mensen"),
        ([lacking.pk], "mee mogen"),
    ):
        with pytest.raises(ValidationError, match=words):
            actions.accept_ask(ask, people, by=street.olaf, at=MORNING)
    actions.accept_ask(ask, [street.imke.id], by=street.olaf, at=MORNING)
    with pytest.raises(ValidationError, match="al beantwoord"):
        actions.accept_ask(ask, [street.youssef.id], by=street.olaf, at=MORNING)


def test_an_ask_is_withdrawn_once_and_who_was_promised_hears_it(street):
    ask = make_ask(street, [street.imke])
    with pytest.raises(PermissionDenied):
        actions.withdraw_ask(ask, by=street.olaf, at=ENDS)
    actions.withdraw_ask(ask, by=street.jip, at=ENDS)
    actions.withdraw_ask(ask, by=street.nadia, at=ENDS)
    assert Message.objects.filter(template="doors_answered", recipient_id=street.imke.id).count() == 2
    assert not promised_people(street.incident, ENDS).exists()


@pytest.mark.parametrize("who", ["olaf", "imke", "stranger"])
def test_only_a_municipality_asks_in_its_own_area(street, who):
    wanted = actions.Asked(AskedFor.DOORS, 2, (), "Sporthal", STARTS, ENDS)
    with pytest.raises(PermissionDenied):
        actions.ask_people(street.incident, wanted, by=getattr(street, who), at=MORNING)


def test_people_cannot_leave_before_they_come(street):
    wanted = actions.Asked(AskedFor.MEETING, 2, (), "Sporthal", ENDS, STARTS)
    with pytest.raises(ValidationError) as error:
        actions.ask_people(street.incident, wanted, by=street.nadia, at=MORNING)
    assert "ends_at" in error.value.message_dict


@pytest.mark.parametrize("who", ["nadia", "imke", "stranger"])
def test_only_victim_support_promises(street, who):
    ask = make_ask(street)
    with pytest.raises(PermissionDenied):
        actions.accept_ask(ask, [street.imke.id], by=getattr(street, who), at=MORNING)


def test_who_sees_an_ask(street):
    ask = make_ask(street)
    seen = {
        name: ask_for(getattr(street, name), ask.pk, MORNING) is not None
        for name in ("nadia", "jip", "olaf", "imke", "stranger")
    }
    assert seen == {"nadia": True, "jip": True, "olaf": True, "imke": False, "stranger": False}
    actions.accept_ask(ask, [street.imke.id], by=street.olaf, at=MORNING)
    assert ask_for(street.imke, ask.pk, MORNING) == ask
    assert list(asks_for(street.olaf, MORNING)) == [ask]


def test_people_promised_for_a_meeting_do_not_walk_doors(street):
    make_ask(street, [street.imke], kind=AskedFor.MEETING)
    assert StreetAsk.objects.get().state == AskState.ACCEPTED
    assert not promised_people(street.incident, MORNING).exists()
