"""Plan, contacts, appointments and the end: two writers lose nothing, risky visits wait, closing asks."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.audit.actor import SYSTEM
from nabij.cases.actions import open_address
from nabij.cases.actions.tasks import finish_tasks
from nabij.cases.factories import give, make_case
from nabij.cases.models import Case, CaseState, Part, SpecialReading, Task, TaskKind
from nabij.cases.policies import can_reopen
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed, rule_of
from nabij.notify.models import ContactPoint, Way
from nabij.people.models import ContactWish, WishState
from nabij.support.actions import (
    Change,
    ChangedMeanwhile,
    Meeting,
    add_item,
    approve_visit,
    cancel_appointment,
    change_item,
    close_case,
    finish_contact,
    note_quiet_cases,
    open_notes,
    plan_appointment,
    reopen_case,
    save_draft,
    write_attempt,
)
from nabij.support.models import (
    AttemptOutcome,
    CloseReason,
    Closing,
    Contact,
    ContactKind,
    PlanItem,
    PlanState,
    Strand,
)
from nabij.support.queries import (
    appointment_for,
    appointments_of,
    contact_for,
    contacts_of,
    draft_of,
    plan_item_for,
    plan_of,
)
from nabij.vulnerability.actions import raise_alert, raise_level
from nabij.vulnerability.models import Level

FRIDAY = datetime(2027, 2, 5, 11, 30, tzinfo=UTC)
MONDAY = datetime(2027, 2, 8, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
CALL, VISIT = ContactKind.CALL, ContactKind.VISIT


@pytest.fixture
def case(noordwest):
    case = make_case(helper=noordwest.member.ayla)
    give(case, noordwest.member.vera, Part.DEPUTY)
    write_attempt(case, Way.CALL, AttemptOutcome.REACHED, by=noordwest.ayla, at=FRIDAY)
    finish_tasks(case, TaskKind.ASK_POLICE, by=noordwest.ayla, at=FRIDAY)
    return Case.objects.select_related("person", "team").get(pk=case.pk)


def test_two_helpers_change_the_same_part_and_the_second_overwrites_nothing(noordwest, case):
    item = add_item(case, Strand.PRACTICAL, "Slot laten maken", by=noordwest.ayla, at=FRIDAY)
    first = change_item(item, Change(1, "Slot is besteld", PlanState.OPEN), by=noordwest.ayla, at=FRIDAY)
    with pytest.raises(ChangedMeanwhile):
        change_item(item, Change(1, "Slotenmaker gebeld", PlanState.OPEN), by=noordwest.vera, at=FRIDAY)
    change_item(first, Change(2, "Klaar", PlanState.DONE, "solved"), by=noordwest.vera, at=FRIDAY)
    [shown] = [each for each in plan_of(case)[Strand.PRACTICAL] if not each.item.suggestion]
    assert (shown.text, shown.item.get_outcome_display()) == ("Klaar", "opgelost")
    assert plan_item_for(noordwest.vera, item.pk, FRIDAY) == item
    assert plan_item_for(noordwest.daan, item.pk, FRIDAY) is None
    for attempt in (
        lambda: add_item(case, Strand.LEGAL, "x", by=noordwest.daan, at=FRIDAY),
        lambda: change_item(item, Change(3, "x", PlanState.OPEN), by=noordwest.daan, at=FRIDAY),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_suggestion_is_dropped_with_a_reason_and_does_not_come_back(noordwest, case):
    item = PlanItem.objects.get(suggestion="prevention")
    with pytest.raises(ValidationError):
        change_item(item, Change(1, "Advies", PlanState.DROPPED), by=noordwest.ayla, at=FRIDAY)
    change_item(
        item, Change(1, "Advies", PlanState.DROPPED, reason="Heeft al advies"), by=noordwest.ayla, at=FRIDAY
    )
    write_attempt(case, Way.CALL, AttemptOutcome.REACHED, by=noordwest.ayla, at=MONDAY)
    assert PlanItem.objects.filter(suggestion="prevention").count() == 1
    assert plan_of(case)[Strand.PRACTICAL][0].reason == "Heeft al advies"


def test_drafts_are_of_their_writer_and_notes_of_a_colleague_open_with_a_reason(noordwest, case):
    save_draft(case, CALL, "Elske slaapt sl", FRIDAY, by=noordwest.ayla, at=FRIDAY)
    save_draft(case, CALL, "Elske slaapt slecht", FRIDAY, by=noordwest.ayla, at=FRIDAY)
    save_draft(case, CALL, "Ander gesprek", FRIDAY, by=noordwest.vera, at=FRIDAY)
    assert Contact.objects.count() == 2
    assert draft_of(case, noordwest.ayla)[1] == "Elske slaapt slecht"
    assert contacts_of(case, noordwest.vera, FRIDAY) == []
    done = finish_contact(case, CALL, "Elske slaapt slecht", FRIDAY, by=noordwest.ayla, at=FRIDAY)
    assert draft_of(case, noordwest.ayla) is None
    assert contacts_of(case, noordwest.ayla, FRIDAY)[0].notes == "Elske slaapt slecht"
    assert contacts_of(case, noordwest.vera, FRIDAY)[0].notes == ""
    with pytest.raises(ValidationError):
        open_notes(done, "", by=noordwest.vera, at=FRIDAY)
    assert open_notes(done, "Neem het over", by=noordwest.vera, at=FRIDAY) == "Elske slaapt slecht"
    assert open_notes(done, "", by=noordwest.ayla, at=FRIDAY) == "Elske slaapt slecht"
    assert SpecialReading.objects.count() == 1
    assert contact_for(noordwest.vera, done.pk, FRIDAY) == done
    assert contact_for(noordwest.daan, done.pk, FRIDAY) is None
    for who in (noordwest.daan, SYSTEM):
        with pytest.raises(PermissionDenied):
            open_notes(done, "Nieuwsgierig", by=who, at=FRIDAY)
        with pytest.raises(PermissionDenied):
            save_draft(case, CALL, "x", FRIDAY, by=who, at=FRIDAY)


def test_silence_raises_a_quiet_alarm_that_a_contact_ends(noordwest, case):
    assert note_quiet_cases(by=SYSTEM, at=FRIDAY + timedelta(days=13)) == 0
    assert note_quiet_cases(by=SYSTEM, at=FRIDAY + timedelta(days=15)) == 1
    assert note_quiet_cases(by=SYSTEM, at=FRIDAY + timedelta(days=16)) == 0
    finish_contact(case, CALL, "Gaat goed", FRIDAY + timedelta(days=16), by=noordwest.ayla, at=FRIDAY)
    assert not Task.objects.to_do().filter(kind=TaskKind.QUIET).exists()
    assert note_quiet_cases(by=SYSTEM, at=FRIDAY + timedelta(days=20)) == 0


def meeting(kind=VISIT, start=MONDAY, **told):
    return Meeting(kind, start, start + HOUR, **{"has_agreed": True, **told})


def test_a_visit_needs_a_recorded_yes_and_lies_ahead_within_the_agreed_hours(noordwest, case):
    for wrong in (meeting(has_agreed=False), meeting(start=FRIDAY), Meeting(VISIT, MONDAY, MONDAY, True)):
        with pytest.raises(ValidationError):
            plan_appointment(case, wrong, by=noordwest.ayla, at=FRIDAY)
    row = plan_appointment(case, meeting(interpreter="tr"), by=noordwest.ayla, at=FRIDAY)
    assert row.may_take_place
    assert appointments_of(case, FRIDAY) == [row]
    assert appointment_for(noordwest.daan, row.pk, FRIDAY) is None
    agree_contact(case.person_id, Agreed((Way.CALL,), (), time(12), time(13)), by=SYSTEM, at=FRIDAY)
    with pytest.raises(ValidationError, match="Niet via bezoek"):
        plan_appointment(case, meeting(), by=noordwest.ayla, at=FRIDAY)
    with pytest.raises(ValidationError, match="Nu niet"):
        plan_appointment(case, meeting(CALL), by=noordwest.ayla, at=FRIDAY)
    with pytest.raises(ValidationError, match="Niet via"):
        plan_appointment(case, meeting(ContactKind.LETTER), by=noordwest.ayla, at=FRIDAY)
    for who in (noordwest.daan, noordwest.olaf, SYSTEM):
        with pytest.raises(PermissionDenied):
            plan_appointment(case, meeting(), by=who, at=FRIDAY)


@pytest.mark.parametrize("why", ["level", "alert"])
def test_a_risky_visit_takes_two_people_and_waits_for_the_leader(noordwest, case, why):
    if why == "level":
        raise_level(case.person, Level.RAISED, "Dader woont naast haar", by=noordwest.ayla, at=FRIDAY)
    else:
        raise_alert(case.person, "violence", by=noordwest.ayla, at=FRIDAY)
    for second in (None, noordwest.member.ayla):
        with pytest.raises(ValidationError, match="niet alleen"):
            plan_appointment(case, meeting(second=second), by=noordwest.ayla, at=FRIDAY)
    row = plan_appointment(case, meeting(second=noordwest.member.vera), by=noordwest.ayla, at=FRIDAY)
    assert not row.may_take_place
    assert Task.objects.to_do().get(kind=TaskKind.APPROVE_VISIT).is_for_leader
    for who in (noordwest.ayla, noordwest.vera, noordwest.femke):
        with pytest.raises(PermissionDenied):
            approve_visit(row, by=who, at=FRIDAY)
    approve_visit(row, by=noordwest.olaf, at=FRIDAY)
    assert approve_visit(row, by=noordwest.olaf, at=MONDAY).approved_at == FRIDAY
    assert appointment_for(noordwest.olaf, row.pk, FRIDAY).may_take_place
    assert not Task.objects.to_do().filter(kind=TaskKind.APPROVE_VISIT).exists()
    call = plan_appointment(case, meeting(CALL), by=noordwest.ayla, at=FRIDAY)
    assert call.may_take_place


def test_an_appointment_is_cancelled_once_and_is_not_approved_after(noordwest, case):
    raise_level(case.person, Level.RAISED, "Onrust", by=noordwest.ayla, at=FRIDAY)
    row = plan_appointment(case, meeting(second=noordwest.member.vera), by=noordwest.ayla, at=FRIDAY)
    with pytest.raises(PermissionDenied):
        cancel_appointment(row, by=noordwest.daan, at=FRIDAY)
    cancel_appointment(row, by=noordwest.vera, at=FRIDAY)
    assert cancel_appointment(row, by=noordwest.vera, at=MONDAY).cancelled_at == FRIDAY
    assert approve_visit(row, by=noordwest.olaf, at=FRIDAY).approved_at is None
    assert appointments_of(case, FRIDAY) == []


def test_closing_asks_the_person_and_reopening_is_one_step(noordwest, case):
    plan_appointment(case, meeting(), by=noordwest.ayla, at=FRIDAY)
    with pytest.raises(ValidationError, match="nog iets open"):
        close_case(case, CloseReason.DONE, by=noordwest.ayla, at=FRIDAY)
    with pytest.raises(ValidationError, match="geen brief"):
        close_case(case, CloseReason.NOT_REACHED, by=noordwest.ayla, at=FRIDAY)
    with pytest.raises(PermissionDenied):
        close_case(case, CloseReason.ELSEWHERE, by=noordwest.daan, at=FRIDAY)
    PlanItem.objects.update(state=PlanState.DONE)
    close_case(case, CloseReason.DONE, has_felt_heard=True, is_helped=None, by=noordwest.ayla, at=FRIDAY)
    found = Case.objects.select_related("team").get()
    assert (found.state, found.next_due_at) == (CaseState.CLOSED, None)
    closing = Closing.objects.get()
    assert (closing.has_felt_heard, closing.is_helped) == (True, None)
    assert appointments_of(case, FRIDAY) == []
    assert can_reopen(noordwest.olaf, found, FRIDAY)
    with pytest.raises(PermissionDenied):
        close_case(found, CloseReason.DONE, by=noordwest.ayla, at=FRIDAY)
    with pytest.raises(PermissionDenied):
        reopen_case(found, by=noordwest.daan, at=FRIDAY)
    reopen_case(found, by=noordwest.ayla, at=MONDAY)
    assert Case.objects.get().state == CaseState.ACTIVE
    assert Closing.objects.get().reopened_at == MONDAY
    assert Task.objects.to_do().get().kind == TaskKind.CALL_BACK
    with pytest.raises(PermissionDenied):
        reopen_case(found, by=noordwest.ayla, at=MONDAY)


def test_a_death_stops_all_contact_at_once(noordwest, case):
    ContactWish.objects.create(person=case.person, source="x", is_urgent=False, created_at=FRIDAY)
    close_case(case, CloseReason.DIED, by=noordwest.ayla, at=FRIDAY)
    assert not ContactPoint.objects.filter(subject_id=case.person_id, is_active=True).exists()
    assert ContactWish.objects.get().state == WishState.CANCELLED
    assert rule_of(case.person_id) is not None
    assert rule_of(case.person_id).ways == []
    with pytest.raises(ValidationError, match="overleden"):
        reopen_case(case, by=noordwest.ayla, at=MONDAY)


def test_a_leader_opens_an_address_below_level_3(noordwest, case):
    assert open_address(case, "Post", by=noordwest.olaf, at=FRIDAY) == ""
