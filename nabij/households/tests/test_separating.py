"""Approach apart: nobody helps both, no letter to a house they share, and only the leader ends it."""

import random
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.audit.actor import SYSTEM
from nabij.cases.actions import assign, move_caseload, tell_tie
from nabij.cases.factories import WEDNESDAY, give, make_case
from nabij.cases.models import Case, Part, Task, TaskKind
from nabij.cases.queries import candidates_for
from nabij.households.actions import (
    bring_together,
    check_case,
    end_tie,
    judge_guardian,
    mark_apart,
    settle_conflict,
    write_tie,
)
from nabij.households.models import Apart
from nabij.households.queries import family_of, kept_out, related_cases
from nabij.incidents.factories import make_incident
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Way
from nabij.support.actions import dial, send_letter, write_attempt
from nabij.support.models import AttemptOutcome
from nabij.vulnerability.actions import raise_alert
from nabij.vulnerability.models import Alert

LATER = WEDNESDAY + timedelta(hours=1)


@pytest.fixture
def pair(noordwest):
    """Elske, whom Ayla helps, and Joris, whom Daan helps, in one house; the leader tied them."""
    elske = make_case("Elske Rademaker", helper=noordwest.member.ayla)
    joris = make_case("Joris Rademaker", helper=noordwest.member.daan)
    tie = write_tie(elske, joris.reference, "ex_partner", is_same_house=True, by=noordwest.olaf, at=WEDNESDAY)
    return elske, joris, tie


def apart(noordwest, pair, reason="Ruzie over de begrafenis"):
    return mark_apart(pair[0], pair[2], reason, by=noordwest.olaf, at=WEDNESDAY)


def conflicts(case):
    return Task.objects.to_do().filter(case=case, kind=TaskKind.CONFLICT).count()


def alerts(case):
    return set(Alert.objects.filter(person=case.person, closed_at=None).values_list("kind", flat=True))


def objections(case, member):
    found = candidates_for(case, Part.DEPUTY, WEDNESDAY)
    return next(each.objection for each in found if each.membership == member)


def test_it_stands_above_both_files_and_the_reason_only_in_the_one_where_it_was_written(noordwest, pair):
    row = apart(noordwest, pair)
    assert b"Ruzie" not in bytes(row.reason_sealed)
    [there] = family_of(pair[0], noordwest.olaf, WEDNESDAY).members
    [here] = family_of(pair[1], noordwest.olaf, WEDNESDAY).members
    assert (there.reason, here.reason) == ("Ruzie over de begrafenis", "")
    assert there.apart == here.apart == row
    assert alerts(pair[0]) == alerts(pair[1]) == {"family_conflict"}
    assert apart(noordwest, pair, "Nog eens") == row
    assert family_of(pair[0], noordwest.ayla, WEDNESDAY).members[0].name == ""


def test_nobody_is_assigned_to_both(noordwest, pair):
    elske, joris, tie = pair
    assert objections(joris, noordwest.member.ayla) == ""
    apart(noordwest, pair)
    for case, helper in ((joris, noordwest.member.ayla), (elske, noordwest.member.daan)):
        for part in (Part.MAIN, Part.DEPUTY):
            with pytest.raises(ValidationError, match="kent iemand"):
                assign(case, helper, part, by=noordwest.olaf, at=LATER)
    assert move_caseload(noordwest.member.daan, noordwest.member.ayla, by=noordwest.olaf, at=LATER) == 0
    give(joris, noordwest.member.rinske, Part.CASE_MANAGER)
    with pytest.raises(ValidationError, match="kent iemand"):
        assign(elske, noordwest.member.rinske, Part.CASE_MANAGER, by=noordwest.olaf, at=LATER)


def test_who_helps_both_already_is_a_task_for_the_leader_in_both_files(noordwest, pair):
    elske, joris, tie = pair
    apart(noordwest, pair)
    assert (conflicts(elske), conflicts(joris)) == (0, 0)
    bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=LATER)
    give(joris, noordwest.member.ayla, Part.DEPUTY)
    apart(noordwest, pair)
    assert (conflicts(elske), conflicts(joris)) == (1, 1)
    [task] = family_of(elske, noordwest.olaf, LATER).conflicts
    assert family_of(elske, noordwest.ayla, LATER).conflicts == []
    with pytest.raises(PermissionDenied):
        settle_conflict(elske, task.about_id, by=noordwest.ayla, at=LATER)
    settle_conflict(elske, task.about_id, by=noordwest.olaf, at=LATER)
    assert (conflicts(elske), conflicts(joris)) == (0, 1)


def test_an_assignment_that_slipped_in_is_found_afterwards(noordwest, pair):
    apart(noordwest, pair)
    give(pair[1], noordwest.member.ayla, Part.DEPUTY)
    check_case(pair[1], by=SYSTEM, at=LATER)
    assert (conflicts(pair[0]), conflicts(pair[1])) == (1, 1)


def unanswered(case, by):
    for days in range(3):
        at = WEDNESDAY + timedelta(days=days)
        write_attempt(case, Way.CALL, AttemptOutcome.NO_ANSWER, by=by, at=at)


def test_no_letter_goes_to_a_house_that_the_two_share(noordwest, pair):
    elske, joris, tie = pair
    apart(noordwest, pair)
    after = WEDNESDAY + timedelta(days=4)
    for case, by in ((elske, noordwest.ayla), (joris, noordwest.daan)):
        unanswered(case, by)
        with pytest.raises(ValidationError, match="geen brief"):
            send_letter(case, by=by, at=after)
    bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=after)
    assert send_letter(elske, by=noordwest.ayla, at=after).outcome == AttemptOutcome.SENT


def test_no_letter_goes_where_the_suspect_lives(noordwest, pair):
    unanswered(pair[0], noordwest.ayla)
    raise_alert(pair[0].person, "same_house", by=noordwest.ayla, at=WEDNESDAY)
    with pytest.raises(ValidationError, match="geen brief"):
        send_letter(pair[0], by=noordwest.ayla, at=WEDNESDAY + timedelta(days=4))


def test_only_the_leader_ends_it_and_says_why(noordwest, pair):
    elske, joris, tie = pair
    apart(noordwest, pair)
    for who in (noordwest.ayla, noordwest.daan, noordwest.femke):
        with pytest.raises(PermissionDenied):
            bring_together(elske, tie, "Zomaar", by=who, at=LATER)
    with pytest.raises(ValidationError, match="waarom"):
        bring_together(elske, tie, " ", by=noordwest.olaf, at=LATER)
    assert bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=LATER).ended_by == noordwest.olaf.id
    assert bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=LATER) is None
    assert alerts(elske) == alerts(joris) == set()
    assert objections(joris, noordwest.member.ayla) == ""


def test_the_warning_stays_while_somebody_else_is_approached_apart(noordwest, pair):
    elske, joris, tie = pair
    anna = make_case("Anna", team=noordwest.team)
    second = write_tie(elske, anna.reference, "sibling", is_same_house=False, by=noordwest.olaf, at=WEDNESDAY)
    apart(noordwest, pair)
    mark_apart(elske, second, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=LATER)
    assert (alerts(elske), alerts(joris)) == ({"family_conflict"}, set())


def test_who_may_not_open_both_marks_nothing_and_never_without_a_reason(noordwest, pair):
    elske, joris, tie = pair
    for who in (noordwest.ayla, noordwest.femke):
        with pytest.raises(PermissionDenied):
            mark_apart(elske, tie, "Ruzie", by=who, at=WEDNESDAY)
    with pytest.raises(ValidationError, match="waarom"):
        mark_apart(elske, tie, "  ", by=noordwest.olaf, at=WEDNESDAY)
    anna = make_case("Anna", team=noordwest.team)
    with pytest.raises(PermissionDenied):
        mark_apart(anna, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    end_tie(elske, tie, by=noordwest.olaf, at=LATER)
    with pytest.raises(PermissionDenied):
        mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=LATER)


def test_the_database_wants_reasons_and_one_at_a_time(noordwest, pair):
    row = apart(noordwest, pair)
    for wrong in (
        {"reason_sealed": b""}, {"ended_at": LATER, "end_reason_sealed": b""},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Apart.objects.filter(pk=row.pk).update(**wrong)
    row.pk = None
    with pytest.raises(IntegrityError, match="apart_once"), transaction.atomic():
        row.save(force_insert=True)


@pytest.fixture
def child(noordwest, pair):
    """Joris is a child of twelve, and Elske the parent."""
    elske, joris, tie = pair
    Case.objects.filter(pk=joris.pk).update(is_minor=True)
    tie.kind, tie.first_id, tie.second_id = "parent", joris.person_id, elske.person_id
    tie.save()
    return Case.objects.select_related("person", "team").get(pk=joris.pk)


def test_the_number_of_a_child_stays_closed_and_the_map_says_who_speaks_for_them(noordwest, child):
    agree_contact(
        child.person_id, Agreed((Way.CALL,), guardian="Mw. Bos, 06 00 00 00 77"), by=SYSTEM, at=WEDNESDAY
    )
    with pytest.raises(ValidationError, match="ouder of voogd"):
        dial(child, has_read=True, by=noordwest.daan, at=WEDNESDAY)
    family = family_of(child, noordwest.olaf, WEDNESDAY)
    assert family.guardian == "Mw. Bos, 06 00 00 00 77"
    assert [(each.name, each.speaks_for_child) for each in family.members] == [("Elske Rademaker", True)]


def test_when_the_guardian_is_the_danger_the_child_is_called_and_the_guardian_is_not(noordwest, child, pair):
    agree_contact(child.person_id, Agreed((Way.CALL,), guardian="Mw. Bos"), by=SYSTEM, at=WEDNESDAY)
    for who in (noordwest.daan, noordwest.femke):
        with pytest.raises(PermissionDenied):
            judge_guardian(child, "Slaat", is_danger=True, by=who, at=WEDNESDAY)
    with pytest.raises(ValidationError, match="waarom"):
        judge_guardian(child, "", is_danger=True, by=noordwest.olaf, at=WEDNESDAY)
    write_tie(child, make_case("Zus", team=noordwest.team).reference, "sibling", is_same_house=True,
              by=noordwest.olaf, at=WEDNESDAY)  # fmt: skip
    judge_guardian(child, "Slaat", is_danger=True, by=noordwest.olaf, at=WEDNESDAY)
    assert dial(child, has_read=True, by=noordwest.daan, at=WEDNESDAY).number == "+31600000051"
    family = family_of(child, noordwest.daan, WEDNESDAY)
    assert (family.guardian, family.is_danger) == ("", True)
    assert Apart.objects.get(ended_at=None).tie == pair[2]
    with pytest.raises(ValidationError, match="kent iemand"):
        assign(pair[0], noordwest.member.daan, Part.DEPUTY, by=noordwest.olaf, at=WEDNESDAY)
    judge_guardian(child, "Nog steeds", is_danger=True, by=noordwest.olaf, at=LATER)
    assert Apart.objects.count() == 1
    judge_guardian(child, "Bleek niet zo", is_danger=False, by=noordwest.olaf, at=LATER + timedelta(1))
    with pytest.raises(ValidationError, match="ouder of voogd"):
        dial(child, has_read=True, by=noordwest.daan, at=LATER)


def test_a_guardian_is_judged_of_a_child_only(noordwest, pair):
    with pytest.raises(PermissionDenied):
        judge_guardian(pair[0], "Slaat", is_danger=True, by=noordwest.olaf, at=WEDNESDAY)


def test_who_knows_somebody_helps_nobody_in_the_circle_or_the_event(noordwest, pair):
    elske, joris, _ = pair
    event = make_incident()
    anna, bram = make_case("Anna", team=noordwest.team), make_case("Bram", team=noordwest.team)
    Case.objects.filter(pk__in=(elske.pk, anna.pk)).update(incident=event)
    tell_tie(elske, by=noordwest.ayla, at=WEDNESDAY)
    for case, is_out in ((joris, True), (anna, True), (bram, False)):
        fresh = Case.objects.select_related("person", "team").get(pk=case.pk)
        assert (objections(fresh, noordwest.member.ayla) == "kent iemand in deze zaak") is is_out


def test_who_is_assigned_already_becomes_a_task_and_hears_nothing(noordwest, pair):
    elske, joris, _ = pair
    give(joris, noordwest.member.ayla, Part.DEPUTY)
    tell_tie(elske, by=noordwest.ayla, at=WEDNESDAY)
    check_case(elske, by=SYSTEM, at=WEDNESDAY)
    assert (conflicts(elske), conflicts(joris)) == (0, 1)
    assert family_of(joris, noordwest.ayla, WEDNESDAY).conflicts == []


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_family_looks_like_nobody_who_knows_somebody_is_offered(noordwest, seed):
    draw = random.Random(seed)
    event = make_incident()
    cases = [make_case(f"Persoon {letter}", team=noordwest.team) for letter in "ABCDE"]
    for case in cases:
        if draw.random() < 0.3:
            Case.objects.filter(pk=case.pk).update(incident=event)
    ties = [(a, b) for a in cases for b in cases if a.pk < b.pk and draw.random() < 0.3]
    for a, b in ties:
        write_tie(a, b.reference, "friend", is_same_house=False, by=noordwest.olaf, at=WEDNESDAY)
    known = draw.choice(cases)
    give(known, noordwest.member.vera)
    tell_tie(known, by=noordwest.vera, at=WEDNESDAY)
    near = {known.pk}
    for _ in cases:
        near |= {end.pk for pair in ties for end in pair if {each.pk for each in pair} & near}
    for case in Case.objects.select_related("person", "team"):
        in_event = case.incident_id and Case.objects.get(pk=known.pk).incident_id == case.incident_id
        is_out = case.pk in near or bool(in_event)
        assert (noordwest.member.vera.pk in kept_out(case)) is is_out
        assert bool(objections(case, noordwest.member.vera)) is is_out
        assert (known in related_cases(case)) is is_out
        if is_out:
            with pytest.raises(ValidationError):
                assign(case, noordwest.member.vera, Part.MAIN, by=noordwest.olaf, at=WEDNESDAY)
