"""Reaching somebody (S02-5): three attempts at different moments, then a letter, never after two."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.audit.actor import SYSTEM
from nabij.cases.actions import break_glass
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case, CaseState, Task, TaskKind
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Way
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Seat
from nabij.support.actions import dial, send_letter, write_attempt
from nabij.support.models import Attempt, AttemptOutcome, Closing, PlanItem

THURSDAY_MORNING = datetime(2027, 2, 4, 9, 15, tzinfo=UTC)  # 10:15
THURSDAY_EVENING = datetime(2027, 2, 4, 17, 40, tzinfo=UTC)  # 18:40
FRIDAY_NOON = datetime(2027, 2, 5, 11, 30, tzinfo=UTC)  # 12:30
NOBODY = AttemptOutcome.NO_ANSWER


@pytest.fixture
def case(noordwest):
    return make_case(helper=noordwest.member.ayla)


def call(case, outcome, who, at):
    return write_attempt(case, Way.CALL, outcome, by=who, at=at)


def to_do(case):
    return set(Task.objects.to_do().filter(case=case).values_list("kind", flat=True))


def test_three_attempts_at_different_moments_and_reached_at_the_third(noordwest, case):
    call(case, NOBODY, noordwest.ayla, THURSDAY_MORNING)
    with pytest.raises(ValidationError, match="ander moment"):
        call(case, NOBODY, noordwest.ayla, THURSDAY_MORNING + timedelta(hours=1))
    call(case, NOBODY, noordwest.ayla, THURSDAY_EVENING)
    with pytest.raises(ValidationError, match="pas na 3 pogingen"):
        send_letter(case, by=noordwest.ayla, at=THURSDAY_EVENING)
    assert TaskKind.APPROACH in to_do(case)
    third = call(case, AttemptOutcome.REACHED, noordwest.ayla, FRIDAY_NOON)
    assert (third.number, Attempt.objects.count()) == (3, 3)
    found = Case.objects.get()
    assert (found.state, found.last_contact_at) == (CaseState.ACTIVE, FRIDAY_NOON)
    assert {TaskKind.APPROACH, TaskKind.LETTER}.isdisjoint(to_do(case))
    assert set(PlanItem.objects.filter(case=case).values_list("suggestion", flat=True)) == {
        "talk",
        "prevention",
        "damage",
    }


def test_after_three_without_answer_a_letter_and_then_silence_is_watched(noordwest, case):
    for at in (THURSDAY_MORNING, THURSDAY_EVENING, FRIDAY_NOON):
        call(case, NOBODY, noordwest.ayla, at)
    assert TaskKind.LETTER in to_do(case)
    letter = send_letter(case, by=noordwest.ayla, at=FRIDAY_NOON)
    assert (letter.number, letter.outcome, letter.way) == (4, AttemptOutcome.SENT, Way.LETTER)
    assert TaskKind.LETTER not in to_do(case)
    assert TaskKind.QUIET in to_do(case)


@pytest.mark.parametrize(
    "agreed", [Agreed((Way.CALL,)), Agreed((Way.CALL, Way.LETTER), has_secret_address=True)]
)
def test_no_letter_where_none_was_agreed_or_the_address_is_secret(noordwest, case, agreed):
    agree_contact(case.person_id, agreed, by=SYSTEM, at=WEDNESDAY)
    for at in (THURSDAY_MORNING, THURSDAY_EVENING, FRIDAY_NOON):
        call(case, NOBODY, noordwest.ayla, at)
    with pytest.raises(ValidationError, match="geheim|Niet via brief"):
        send_letter(case, by=noordwest.ayla, at=FRIDAY_NOON)


def test_who_wants_to_be_called_later_is_called_later_and_who_wants_no_help_is_left_alone(noordwest, case):
    call(case, AttemptOutcome.LATER, noordwest.ayla, THURSDAY_MORNING)
    assert TaskKind.CALL_BACK in to_do(case)
    call(case, AttemptOutcome.REACHED, noordwest.ayla, THURSDAY_EVENING)
    assert PlanItem.objects.filter(case=case).count() == 3
    call(case, AttemptOutcome.DECLINED, noordwest.ayla, FRIDAY_NOON)
    assert Case.objects.get().state == CaseState.CLOSED
    assert Closing.objects.get().reason == "no_wish"
    assert to_do(case) == set()
    with pytest.raises(PermissionDenied):
        call(case, NOBODY, noordwest.ayla, FRIDAY_NOON + timedelta(days=1))


def test_only_who_helps_writes_an_attempt_and_only_ways_that_exist(noordwest, case):
    for who in (noordwest.daan, noordwest.zuid, noordwest.hester):
        with pytest.raises(PermissionDenied):
            call(case, NOBODY, who, THURSDAY_MORNING)
    with pytest.raises(ValidationError, match="Kies hoe"):
        write_attempt(case, Way.VISIT, NOBODY, by=noordwest.ayla, at=THURSDAY_MORNING)
    with pytest.raises(ValidationError, match="Kies hoe"):
        write_attempt(case, Way.CALL, AttemptOutcome.SENT, by=noordwest.ayla, at=THURSDAY_MORNING)


def test_the_number_opens_only_in_the_agreed_hours_after_the_rule_was_read(noordwest, case):
    agree_contact(
        case.person_id, Agreed((Way.CALL,), (), time(12), time(13), code_word="Merel", wording="Bibliotheek"),
        by=SYSTEM, at=WEDNESDAY,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="Lees eerst de contactregel"):
        dial(case, has_read=False, by=noordwest.ayla, at=FRIDAY_NOON)
    with pytest.raises(ValidationError, match=r"Nu niet.*tussen 12.00 en 13.00"):
        dial(case, has_read=True, by=noordwest.ayla, at=FRIDAY_NOON + timedelta(hours=2))
    with pytest.raises(ValidationError, match=r"Nu niet"):
        call(case, NOBODY, noordwest.ayla, FRIDAY_NOON + timedelta(hours=2))
    told = dial(case, has_read=True, by=noordwest.ayla, at=FRIDAY_NOON)
    assert (told.number, told.code_word, told.wording) == ("+31600000051", "Merel", "Bibliotheek")
    with pytest.raises(PermissionDenied):
        dial(case, has_read=True, by=noordwest.daan, at=FRIDAY_NOON)


def test_without_a_rule_the_answer_about_safety_counts(noordwest):
    unsafe = make_case("A", helper=noordwest.member.ayla, safe_to_call="no")
    with pytest.raises(ValidationError, match="niet veilig"):
        dial(unsafe, has_read=True, by=noordwest.ayla, at=FRIDAY_NOON)
    nameless = make_case("B", helper=noordwest.member.ayla, phone="")
    with pytest.raises(ValidationError, match="geen telefoonnummer"):
        dial(nameless, has_read=False, by=noordwest.ayla, at=FRIDAY_NOON)
    plain = make_case("C", helper=noordwest.member.ayla)
    assert dial(plain, has_read=False, by=noordwest.ayla, at=FRIDAY_NOON).code_word == ""


def test_who_opened_a_case_in_an_emergency_may_call_and_nothing_else(noordwest, case):
    make_duty(noordwest.member.imke, Seat.WORKER, starts_at=WEDNESDAY)
    break_glass(case.reference, "44", "Belt in paniek", by=noordwest.imke, at=WEDNESDAY)
    assert dial(case, has_read=False, by=noordwest.imke, at=WEDNESDAY).number
    with pytest.raises(PermissionDenied):
        call(case, NOBODY, noordwest.imke, WEDNESDAY)
