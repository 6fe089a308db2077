"""A form that was sent again with other answers, and what a merge makes of it."""

from datetime import timedelta

import pytest

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.matching.actions.merging import SentAgain, TooLate, merge_pair, undo_merge
from nabij.matching.tests.test_merging import LATER, _merge, _pair_of
from nabij.people.actions.own import withdraw_registration
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission
from nabij.people.models import Registration
from nabij.people.queries import consents_now, registration_counts

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
