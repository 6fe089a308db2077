"""A form that was sent again with other answers, and what a merge makes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Q

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.cases.factories import make_case
from nabij.cases.models import Case
from nabij.keys.sealing import seal
from nabij.matching.actions.heeding import heed_newest
from nabij.matching.actions.merging import SentAgain, TooLate, merge_pair, undo_merge
from nabij.matching.models import PossibleDouble
from nabij.matching.tests.conftest import compare
from nabij.matching.tests.test_merging import LATER, _merge, _pair_of
from nabij.notify.models import ContactPoint
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.actions.registering import store
from nabij.people.factories import make_answers, make_submission
from nabij.people.models import ContactWish, Person, Registration, WishState
from nabij.people.queries import consents_now, lines_of, own_answers, registration_counts
from nabij.people.queries.registrations import whole

pytestmark = pytest.mark.django_db


def sent_again(two, **answers):
    """The early form, sent again with other answers."""
    key = two.early.form_key
    again = make_submission(two.fire.pk, form_key=key, sent_at=LATER, **answers)
    [row] = store([again], by=SYSTEM, at=LATER, machine_at=LATER)
    return row


@pytest.mark.parametrize("stays", ["early", "late"])
def test_a_form_that_was_sent_again_is_first_merged_with_itself(two, stays):
    """Otherwise the last answers of somebody about sharing stand beside those that the merge made."""
    again = sent_again(two, name="Mirjam Zandstra", yes_to=())
    with pytest.raises(SentAgain, match="nog eens"):
        _merge(two, kept=getattr(two, stays))
    with pytest.raises(SentAgain, match="nog eens"):
        merge_pair(_pair_of(again, two.late), two.late.pk, {}, by=two.bo, at=LATER)
    assert registration_counts(two.fire.pk).total == 2
    own = merge_pair(_pair_of(again, two.early), two.early.pk, {}, by=two.bo, at=LATER)
    assert not any(each.is_given for each in consents_now(two.early).values())
    merged = _merge(two, kept=getattr(two, stays), at=LATER + timedelta(minutes=1))
    assert registration_counts(two.fire.pk).total == 1
    undo_merge(merged, by=two.bo, at=LATER + timedelta(minutes=2))
    undo_merge(own, by=two.bo, at=LATER + timedelta(minutes=3))
    assert {each.state for each in Registration.objects.all()} == {"new", "correction"}


def test_of_a_form_and_the_same_form_sent_again_the_first_one_stays(two):
    """Only the first is counted and let into the closed part."""
    again = sent_again(two, name="Mirjam Zandstra")
    with pytest.raises(SentAgain, match="eerste"):
        merge_pair(_pair_of(again, two.early), again.pk, {}, by=two.bo, at=LATER)
    assert registration_counts(two.fire.pk).total == 2


def test_who_took_back_a_form_that_was_sent_again_is_folded_into_nobody(two):
    again = sent_again(two, name="Mirjam Zandstra")
    withdraw_registration(again, by=Actor(ActorKind.HELPED_PERSON, id=again.person_id), at=LATER)
    with pytest.raises(TooLate):  # who takes one form back takes back both
        _merge(two)


@pytest.mark.parametrize("stays", ["early", "late"])
def test_nobody_is_put_out_of_the_closed_part_by_a_form_that_did_not_ask_for_it(two, stays):
    Registration.objects.filter(pk=two.early.pk).update(wants_closed_part=True)
    merge = _merge(two, kept=getattr(two, stays))
    kept = Registration.objects.get(pk=merge.kept_id)
    assert kept.wants_closed_part
    undo_merge(merge, by=two.bo, at=LATER)
    wants = Registration.objects.filter(wants_closed_part=True)
    assert list(wants) == [two.early]


def _calling(registration):
    points = ContactPoint.objects.filter(subject_id=registration.person_id, is_active=True, channel="sms")
    told = own_answers(Registration.objects.get(pk=registration.pk))["safe_to_call"]
    return told, {each.is_safe for each in points}


def test_the_newest_answer_about_calling_counts_for_the_first_form_too(two):
    Person.objects.filter(pk=two.early.person_id).update(safe_to_call_sealed=seal(two.early.person_id, "yes"))
    phone = own_answers(two.early)["phone"]
    again = sent_again(two, name="Mirjam Zandstra", phone=phone, safe_to_call="no")
    assert _calling(two.early) == ("no", {False})
    [line] = lines_of(whole(Registration.objects.filter(pk=two.early.pk)))
    assert (line.phone, line.warns) == ("", True)
    by = Actor(ActorKind.HELPED_PERSON, id=again.person_id)
    new = make_answers(name="Mirjam Zandstra", phone=phone, safe_to_call="yes")
    change_registration(again, new, language="nl", by=by, at=LATER)
    assert _calling(two.early) == ("yes", {True}), "also when they say so themself afterwards"
    new = make_answers(name="Mirjam Zandstra", phone=phone)
    change_registration(again, new, language="nl", by=by, at=LATER)
    assert _calling(two.early) == ("yes", {True}), "no answer changes nothing"


def test_a_number_that_is_no_longer_given_is_not_called(two):
    sent_again(two, name="Mirjam Zandstra", phone="+31600000099", safe_to_call="yes")
    assert _calling(two.early) == ("no", {False})
    assert ContactPoint.objects.filter(
        subject_id=two.early.person_id, channel="email", is_safe=True, is_active=True
    ).exists()


def test_who_looks_like_a_program_makes_calling_stricter_but_never_easier(two):
    phone = own_answers(two.early)["phone"]
    Person.objects.filter(pk=two.early.person_id).update(safe_to_call_sealed=seal(two.early.person_id, "no"))
    sent_again(two, name="Mirjam", phone=phone, safe_to_call="yes", is_suspect=True)
    assert _calling(two.early)[0] == "no"
    assert two.early.person.contact_wishes.get().state == WishState.OPEN


def test_whom_a_registrar_merged_is_called_no_less_carefully_than_the_form_sent_again_says(two):
    merge = _merge(two, kept=two.late)
    again = sent_again(two, name="Mirjam Zandstra", phone="+31600000099", safe_to_call="no")
    assert _calling(two.late) == ("no", {False})
    assert again.state == "correction"
    assert Registration.objects.get(pk=again.pk).state == "correction", "counted by the one it is merged with"
    compare()
    pair = PossibleDouble.objects.get(Q(first=again) | Q(second=again))
    assert ({pair.first_id, pair.second_id}, pair.reasons[0]) == ({again.pk, two.late.pk}, "form")
    merge_pair(pair, two.late.pk, {}, by=two.bo, at=LATER)
    assert registration_counts(two.fire.pk).total == 1
    assert merge.kept == two.late


def test_one_form_makes_one_wish(two):
    sent_again(two, name="Mirjam Zandstra", yes_to=("victim_support",))
    assert two.early.person.contact_wishes.get().state == WishState.CANCELLED
    assert ContactWish.objects.filter(state=WishState.OPEN).count() == 2, "theirs, and that of the other form"


def test_a_form_sent_again_after_it_was_withdrawn_counts(two):
    withdraw_registration(two.early, by=Actor(ActorKind.HELPED_PERSON, id=two.early.person_id), at=LATER)
    again = sent_again(two, name="Mirjam Zandstra")
    assert Registration.objects.get(pk=again.pk).state == "new"
    more = sent_again(two, name="Mirjam Z.")
    assert Registration.objects.get(pk=more.pk).state == "correction"


def test_a_form_sent_again_counts_when_the_one_it_was_merged_with_withdrew(two):
    _merge(two, kept=two.late)
    late = Registration.objects.get(pk=two.late.pk)
    withdraw_registration(late, by=Actor(ActorKind.HELPED_PERSON, id=late.person_id), at=LATER)
    again = sent_again(two, name="Mirjam Zandstra")
    assert Registration.objects.get(pk=again.pk).state == "new"
    assert registration_counts(two.fire.pk).total == 1


def test_the_same_form_is_always_proposed_however_it_was_filled_in(two):
    again = sent_again(two, name="Totaal Anders", phone="+31611111111", email="")
    compare()
    pair = PossibleDouble.objects.get(Q(first=again) | Q(second=again))
    assert {pair.first_id, pair.second_id} == {again.pk, two.early.pk}


def test_of_one_form_the_first_stays_also_when_the_other_is_helped(two):
    again = sent_again(two, name="Mirjam Zandstra")
    case = make_case("Mirjam Zandstra")
    Case.objects.filter(pk=case.pk).update(person=again.person)
    assert merge_pair(_pair_of(again, two.early), two.early.pk, {}, by=two.bo, at=LATER).kept == two.early


def test_who_is_unknown_changes_nothing():
    heed_newest(uuid4(), by=SYSTEM, at=LATER)
