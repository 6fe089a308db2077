"""Two registrations of one person become one, by a person's decision, and can become two again."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.factories import make_actor, make_team
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import make_incident
from nabij.kit.tests.at_once import together
from nabij.matching import following
from nabij.matching.actions.comparing import compare_all
from nabij.matching.actions.merging import (
    HeldBack,
    TooLate,
    forget_folded,
    merge_pair,
    say_different,
    undo_merge,
)
from nabij.matching.blending import consents_of_both, strictest
from nabij.matching.models import Comparison, MatchKey, Merge, PossibleDouble
from nabij.matching.policies import can_compare
from nabij.matching.queries.pairs import open_pairs
from nabij.matching.tests.conftest import NOON, compare, make_two, rows_of
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import ContactPoint
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.actions.receiving import forget_person
from nabij.people.actions.registering import store
from nabij.people.factories import MORNING, make_answers, make_registration, make_submission
from nabij.people.models import (
    AccessGrant,
    BlindIndex,
    Consent,
    ContactWish,
    OwnKey,
    Person,
    Registration,
    RegistrationState,
    WishState,
)
from nabij.people.policies import can_change
from nabij.people.queries import consents_now, own_answers, registration_counts
from nabij.privacy.models import HoldGround, HoldOn, LegalHold

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
FOLLOWED = {"name": "folded", "phone": "folded"}


def _merge(two, choices=None, kept=None, by=None, at=NOON):
    return merge_pair(two.pair, (kept or two.early).pk, choices or {}, by=by or two.bo, at=at)


def _everything():
    """All rows that a merge touches, as they are."""
    tables = (
        (Person, ()), (Registration, ()), (Consent, ()), (ContactWish, ()), (ContactPoint, ()),
        (BlindIndex, ("id",)), (MatchKey, ("id",)),
    )  # fmt: skip
    return rows_of(tables)


def test_a_pair_is_proposed_with_its_reasons_and_nothing_is_merged_by_itself(two):
    assert two.pair.reasons == ["near_name", "near_phone", "email", "place"]
    assert {two.pair.first_id, two.pair.second_id} == {two.early.pk, two.late.pk}
    assert not Merge.objects.exists()
    assert set(Registration.objects.values_list("state", flat=True)) == {"new"}


def test_what_was_chosen_stays_needs_are_added_up_and_calling_goes_the_safest_way(two):
    merge = _merge(two, FOLLOWED)
    told = own_answers(Registration.objects.get(pk=two.early.pk))
    assert (told["name"], told["phone"], told["email"]) == (
        "M. Zandstra-Bos", "+31600000043", "mirjam@example.nl",
    )  # fmt: skip
    assert (told["needs"], told["urgent"], told["safe_to_call"]) == (["talk", "housing"], "yes", "careful")
    assert (told["age_group"], told["zone"], told["municipality"]) == ("18-64", "building", "Heidebeek")
    assert told["wants_newsletter"] is False  # the newest wish
    assert Registration.objects.get(pk=two.late.pk).state == RegistrationState.MERGED
    assert TrailEntry.objects.get(verb="double.merged").subject_id == merge.pk


def test_the_newest_answer_about_sharing_counts_and_is_said_why(two):
    answers = consents_of_both(consents_now(two.early), consents_now(two.late))
    assert {each.label: (each.is_given, str(each.why)) for each in answers} == {
        "Slachtofferhulp": (True, "het laatste antwoord telt"),
        "GGD": (False, "het laatste antwoord telt"),
        "gemeente": (True, "beide keren hetzelfde antwoord"),
    }
    _merge(two)
    assert {name for name, each in consents_now(two.early).items() if each.is_given} == {
        "victim_support", "municipality",
    }  # fmt: skip
    assert consents_now(two.late) == {}
    new = consents_now(two.early)["ggd"]
    assert (new.is_given, new.at) == (False, MORNING + timedelta(hours=1))


def _said(is_given, hours=0, version="v1"):
    at = MORNING + timedelta(hours=hours)
    return {"ggd": Consent(receiver="ggd", is_given=is_given, at=at, text_version=version)}


@pytest.mark.parametrize(
    ("kept", "folded", "counts"),
    [
        (_said(True), _said(False), False),
        (_said(False), _said(True), False),
        (_said(True, 2), _said(False, 1), True),
        (_said(True, 1), _said(False, 2, version=""), True),
        (_said(False, version=""), {}, False),
        ({}, _said(True), True),
    ],
)
def test_of_two_answers_at_once_the_no_counts_and_one_without_its_text_never(kept, folded, counts):
    assert {each.receiver: each.is_given for each in consents_of_both(kept, folded)}["ggd"] is counts


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [("no", "yes", "no"), ("yes", "careful", "careful"), ("", "yes", "yes"), ("careful", "no", "no")],
)
def test_the_most_careful_answer_about_calling_counts(one, other, found):
    assert strictest(one, other) == found


def test_what_was_asked_only_of_the_other_one_is_taken_over(two):
    two.early.consents.all().delete()
    merge = _merge(two)
    assert consents_now(two.early)["victim_support"].is_given
    undo_merge(merge, by=two.bo, at=LATER)
    assert (consents_now(two.early), len(consents_now(two.late))) == ({}, 3)


def test_one_wish_remains_and_it_is_the_most_pressing(two):
    ContactWish.objects.filter(person=two.early.person).update(state=WishState.DONE)
    moving = ContactWish.objects.create(
        person=two.late.person, incident=two.fire, source="reception", is_urgent=False, created_at=MORNING
    )
    _merge(two)
    wishes = {each.source: each for each in ContactWish.objects.filter(person=two.early.person)}
    assert (wishes["registration"].state, wishes["registration"].is_urgent) == (WishState.OPEN, True)
    assert wishes["registration"].consent_version == consents_now(two.early)["victim_support"].text_version
    assert wishes["reception"].pk == moving.pk
    assert list(two.late.person.contact_wishes.values_list("state", flat=True)) == [WishState.CANCELLED]


def test_who_said_no_to_everybody_the_last_time_is_called_by_nobody():
    fire = make_incident()
    early = make_registration(fire, yes_to=("ggd",))
    late = make_registration(fire, at=MORNING + timedelta(hours=1))
    compare()
    pair = PossibleDouble.objects.get()
    merge_pair(pair, early.pk, {}, by=make_actor(Role.IAC_REGISTRAR), at=NOON)
    assert ContactWish.objects.get().state == WishState.CANCELLED
    assert not BlindIndex.objects.filter(person_id=late.person_id).exists()


def test_the_one_that_stays_is_reached_and_the_other_is_not(two):
    _merge(two, FOLLOWED)
    assert set(ContactPoint.objects.filter(is_active=True).values_list("subject_id", flat=True)) == {
        two.early.person_id
    }
    assert set(BlindIndex.objects.values_list("person_id", flat=True)) == {two.early.person_id}
    assert set(MatchKey.objects.values_list("registration_id", flat=True)) == {two.early.pk}
    by = Actor(ActorKind.HELPED_PERSON, id=two.late.person_id)
    assert not can_change(by, Registration.objects.get(pk=two.late.pk), LATER)


@pytest.mark.parametrize("stays", ["early", "late"])
def test_one_step_puts_everything_back_exactly(stays, two):
    ContactWish.objects.create(
        person=two.late.person, incident=two.fire, source="reception", is_urgent=False, created_at=MORNING
    )
    before = _everything()
    merge = _merge(two, FOLLOWED, kept=getattr(two, stays))
    assert _everything() != before
    undo_merge(merge, by=two.ada, at=LATER)
    _new_points(before).delete()  # out of use, but kept for what was sent to them
    assert _everything() == before
    assert TrailEntry.objects.filter(verb="double.undone").count() == 1
    assert [each.pk for each in open_pairs(two.bo, two.fire.pk, LATER)] == [two.pair.pk]


def _new_points(before):
    known = "".join(before["ContactPoint"])
    new = [each.pk for each in ContactPoint.objects.filter(is_active=False) if str(each.pk) not in known]
    assert len(new) == 2
    return ContactPoint.objects.filter(pk__in=new)


def test_what_the_person_changed_since_stays_as_they_said(two):
    merge = _merge(two, FOLLOWED)
    by = Actor(ActorKind.HELPED_PERSON, id=two.early.person_id)
    kept = Registration.objects.get(pk=two.early.pk)
    new = make_answers(name="Mirjam Bos", phone="+31600000044", yes_to=("ggd",))
    change_registration(kept, new, language="nl", by=by, at=LATER)
    ContactWish.objects.filter(person=two.early.person).update(state=WishState.TAKEN)
    undo_merge(merge, by=two.bo, at=LATER)
    told = own_answers(Registration.objects.get(pk=two.early.pk))
    assert (told["name"], told["phone"]) == ("Mirjam Bos", "+31600000044")
    assert {name for name, each in consents_now(two.early).items() if each.is_given} == {"ggd"}
    assert ContactWish.objects.get(person=two.early.person).state == WishState.TAKEN
    assert own_answers(Registration.objects.get(pk=two.late.pk))["name"] == "M. Zandstra-Bos"
    assert ContactPoint.objects.filter(subject_id=two.early.person_id, is_active=True).count() == 2


def _pair_of(one, other):
    first, second = sorted((one, other), key=lambda each: each.pk)
    return PossibleDouble.objects.create(
        incident_id=one.incident_id, first=first, second=second, score=9, found_at=NOON
    )


def test_seventeen_of_412_are_folded_away_and_395_remain():
    """S05-6."""
    fire, bo = make_incident(), make_actor(Role.IAC_REGISTRAR)
    sent = [make_submission(fire.pk, name=f"Persoon {number}", yes_to=("ggd",)) for number in range(412)]
    rows = store(sent, by=SYSTEM, at=MORNING, machine_at=MORNING)
    for one, other in zip(rows[:34:2], rows[1:34:2], strict=True):
        last = merge_pair(_pair_of(one, other), one.pk, {}, by=bo, at=NOON)
    assert Merge.objects.count() == 17
    assert registration_counts(fire.pk).total == 395
    assert registration_counts(fire.pk).consents["ggd"] == 395
    undo_merge(last, by=bo, at=LATER)
    assert registration_counts(fire.pk).total == 396


def test_not_the_same_is_remembered(two):
    say_different(two.pair, by=two.bo, at=NOON)
    Comparison.objects.update(compared_at=None)
    assert compare_all(by=SYSTEM, at=LATER) == 2
    assert not open_pairs(two.bo, two.fire.pk, LATER).exists()
    with pytest.raises(TooLate):
        say_different(two.pair, by=two.ada, at=LATER)
    assert _merge(two).folded == two.late  # a second look may still find them the same


def test_what_is_merged_or_withdrawn_meanwhile_is_too_late(two):
    withdraw_registration(two.late, by=Actor(ActorKind.HELPED_PERSON, id=two.late.person_id), at=NOON)
    with pytest.raises(TooLate):
        _merge(two)
    assert not open_pairs(two.bo, two.fire.pk, LATER).exists()


def test_a_merge_is_undone_once_and_the_last_one_first(two):
    third = make_registration(two.fire, name="Mirjam Zandstra")
    first = _merge(two)
    second = merge_pair(_pair_of(two.early, third), two.early.pk, {}, by=two.bo, at=LATER)
    with pytest.raises(TooLate):
        undo_merge(first, by=two.bo, at=LATER)
    undo_merge(second, by=two.bo, at=LATER)
    undo_merge(first, by=two.bo, at=LATER)
    with pytest.raises(TooLate):
        undo_merge(first, by=two.bo, at=LATER)
    assert registration_counts(two.fire.pk).total == 3


def test_who_has_an_agreement_about_contact_or_a_grant_is_never_folded_away(two):
    late = Actor(ActorKind.HELPED_PERSON, id=two.late.person_id)
    agree_contact(two.late.person_id, Agreed(()), by=late, at=NOON)
    with pytest.raises(HeldBack, match="Laat de andere staan"):
        _merge(two)
    AccessGrant.objects.create(
        person=two.early.person, grantee_id=two.bo.id, scope="contact", purpose="aftercare", source="x",
        starts_at=NOON,
    )  # fmt: skip
    for stays in (two.late, two.early):
        with pytest.raises(HeldBack, match="bij allebei loopt nog iets"):
            _merge(two, kept=stays)
    AccessGrant.objects.filter(person__isnull=False).delete()
    assert _merge(two, kept=two.late).kept == two.late


def test_rows_that_an_app_above_names_move_along_and_back(two, monkeypatch):
    monkeypatch.setattr(following, "_following", {})
    following.follow(AccessGrant, "person")
    following.follow(OwnKey, "person")
    grant = AccessGrant.objects.create(
        person=two.late.person, grantee_id=two.bo.id, scope="contact", purpose="aftercare", source="x",
        starts_at=NOON,
    )  # fmt: skip
    merge = _merge(two)
    grant.refresh_from_db()
    assert grant.person_id == two.early.person_id
    undo_merge(merge, by=two.bo, at=LATER)
    grant.refresh_from_db()
    assert grant.person_id == two.late.person_id


def test_who_is_erased_takes_along_what_was_folded_away_unless_it_must_be_kept(two):
    _merge(two)
    forget_person(two.early.person, by=SYSTEM, at=LATER)
    hold = LegalHold.objects.create(
        subject_kind=HoldOn.PERSON, subject_id=two.late.person_id, ground=HoldGround.values[0],
        reason_sealed=b"x", organisation_id=two.bo.organisation_id, placed_at=NOON, placed_by=two.bo.id,
        ends_at=LATER + timedelta(days=30),
    )  # fmt: skip
    assert forget_folded(by=SYSTEM, at=LATER) == 0
    hold.delete()
    assert forget_folded(by=SYSTEM, at=LATER) == 1
    assert not Person.objects.exists()
    assert not Merge.objects.exists()


def test_only_a_registrar_who_sees_both_decides(two):
    merge = _merge(two)
    strangers = [
        SYSTEM, Actor(ActorKind.HELPED_PERSON, id=two.early.person_id), make_actor(Role.IAC_CHIEF),
        make_actor(Role.IAC_REGISTRAR, team=make_team("Zuid")),
    ]  # fmt: skip
    for other in strangers:
        assert not can_compare(other, two.fire, LATER)
        with pytest.raises(PermissionDenied):
            undo_merge(merge, by=other, at=LATER)
    undo_merge(merge, by=two.bo, at=LATER)
    for other in strangers:
        with pytest.raises(PermissionDenied):
            _merge(two, by=other)
        with pytest.raises(PermissionDenied):
            say_different(two.pair, by=other, at=LATER)
    with pytest.raises(PermissionDenied):
        merge_pair(two.pair, uuid4(), {}, by=two.bo, at=LATER)
    with pytest.raises(PermissionDenied):
        _merge(two, by=replace(two.bo, id=None))
    assert can_compare(two.bo, two.fire, LATER)


@pytest.mark.django_db(transaction=True)
def test_of_two_registrars_at_once_one_wins_and_the_other_is_told():
    two = make_two()
    failed = together(
        lambda: _merge(two, kept=two.early, by=two.bo), lambda: _merge(two, kept=two.late, by=two.ada)
    )
    assert [type(each) for each in failed] == [TooLate]
    assert Merge.objects.count() == 1
    assert registration_counts(two.fire.pk).total == 1
