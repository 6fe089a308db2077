"""Undoing a merge after the one that stays withdrew, and beside the job that compares."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from nabij.audit.actor import Actor, ActorKind
from nabij.cases.factories import make_case
from nabij.cases.models import Case
from nabij.kit.tests.at_once import together
from nabij.matching.actions.merging import LaterFirst, UndoneAlready, merge_pair, undo_merge
from nabij.matching.models import Comparison, Merge, PossibleDouble
from nabij.matching.tests.conftest import make_two
from nabij.matching.tests.test_merging import LATER, _merge, _pair_of
from nabij.people.actions.own import withdraw_registration
from nabij.people.factories import MORNING, make_registration
from nabij.people.models import ContactWish, Registration, RegistrationState, WishState
from nabij.people.queries import consents_now, own_answers, registration_counts

pytestmark = pytest.mark.django_db
LAST = LATER + timedelta(hours=1)


def _withdraw(registration):
    row = Registration.objects.get(pk=registration.pk)
    withdraw_registration(row, by=Actor(ActorKind.HELPED_PERSON, id=row.person_id), at=LATER)


def _now(registration):
    return Registration.objects.get(pk=registration.pk)


def test_who_was_folded_away_by_mistake_comes_back_after_the_other_withdrew(two):
    moving = ContactWish.objects.create(
        person=two.late.person, incident=two.fire, source="reception", is_urgent=False, created_at=MORNING
    )
    merge = _merge(two, {"name": "folded", "phone": "folded"})
    _withdraw(two.early)
    undo_merge(merge, by=two.bo, at=LAST)
    early, late = _now(two.early), _now(two.late)
    assert (early.state, late.state) == (RegistrationState.WITHDRAWN, RegistrationState.NEW)
    assert own_answers(early)["name"] == "Mirjam Zandstra", "nothing of the other stays with who withdrew"
    assert consents_now(early) == {}
    assert {name for name, each in consents_now(late).items() if each.is_given} == {
        "victim_support", "municipality",
    }  # fmt: skip
    wishes = {each.source: each.state for each in ContactWish.objects.filter(person=late.person)}
    assert wishes == {"registration": WishState.OPEN, "reception": WishState.OPEN}
    moving.refresh_from_db()
    assert moving.person == late.person
    assert set(two.early.person.contact_wishes.values_list("state", flat=True)) == {WishState.CANCELLED}
    assert registration_counts(two.fire.pk).total == 1


def test_a_wish_that_was_taken_up_stays_and_one_that_is_done_needs_no_other(two):
    moving = ContactWish.objects.create(
        person=two.late.person, incident=two.fire, source="reception", is_urgent=False, created_at=MORNING
    )
    done = ContactWish.objects.create(
        person=two.late.person, incident=two.fire, source="door", is_urgent=False, created_at=MORNING
    )
    merge = _merge(two)
    case = make_case("Mirjam Zandstra")
    Case.objects.filter(pk=case.pk).update(person=two.early.person, wish=moving)
    ContactWish.objects.filter(pk=done.pk).update(state=WishState.DONE)
    _withdraw(two.early)
    undo_merge(merge, by=two.bo, at=LAST)
    moving.refresh_from_db()
    assert moving.person == two.early.person
    wishes = ContactWish.objects.filter(person=two.late.person).exclude(source="registration")
    assert [(each.source, each.state) for each in wishes] == [("reception", WishState.OPEN)]


def test_a_wish_that_was_erased_since_is_left_alone(two):
    merge = _merge(two)
    ContactWish.objects.all().delete()
    undo_merge(merge, by=two.bo, at=LATER)
    assert not ContactWish.objects.exists()


def test_it_is_said_why_a_merge_cannot_be_undone(two):
    merge = _merge(two)
    again = Registration.objects.get(pk=two.early.pk)
    third = _third(two)
    other = _merge_under(two, again, third)
    with pytest.raises(LaterFirst):
        undo_merge(merge, by=two.bo, at=LATER)
    undo_merge(other, by=two.bo, at=LATER)
    undo_merge(merge, by=two.bo, at=LATER)
    with pytest.raises(UndoneAlready):
        undo_merge(merge, by=two.bo, at=LATER)


def _third(two):
    return make_registration(two.fire, name="Mirjam Zandstra")


def _merge_under(two, folded, kept):
    return merge_pair(_pair_of(folded, kept), kept.pk, {}, by=two.bo, at=LATER)


def _waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_the_job_that_compares_and_a_merge_never_wait_for_each_other():
    """The job holds what it compares and then writes the pair again: who merges holds the pair last."""
    two = make_two()
    failed = []
    with transaction.atomic():
        list(Comparison.objects.select_for_update().order_by("pk"))
        merging = Thread(target=lambda: failed.extend(together(lambda: _merge(two))))
        merging.start()
        while not _waits_for_a_lock():
            merging.join(0.05)
        found = PossibleDouble(
            incident=two.fire, first=two.pair.first, second=two.pair.second, score=9, found_at=LATER
        )
        PossibleDouble.objects.bulk_create([found], ignore_conflicts=True)
    merging.join()
    assert failed == []
    assert Merge.objects.count() == 1
