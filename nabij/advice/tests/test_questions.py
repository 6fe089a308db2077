from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.advice import content, tasks
from nabij.advice.actions import answer_question, ask_advice, remind_late, take_question
from nabij.advice.actions.questions import _remind
from nabij.advice.factories import make_question
from nabij.advice.keeping import COLLECTIONS
from nabij.advice.names import may_name_somebody
from nabij.advice.queries import note_of, open_questions, questions_for
from nabij.advice.tests.conftest import MONDAY
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.kit.tests.at_once import together
from nabij.notify.models import Message
from nabij.privacy.removal import Held

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ADVICE = "Vaak een paar weken. Ga langs en bel na een week."


def told(membership, template):
    return Message.objects.filter(recipient_id=membership.pk, template=template).count()


def test_a_question_is_due_the_next_working_day_and_the_answer_has_author_and_date(place, asked):
    """SVC-05: advice note with date and author; who asked hears of it."""
    question = ask_advice(asked, by=place.els, at=MONDAY)
    assert clock.local(question.due_at).strftime("%a %H:%M") == "Tue 17:00"
    answer_question(question, ADVICE, by=place.noor, at=MONDAY + DAY / 24)
    note = note_of(questions_for(place.els, MONDAY).get(), place.els, MONDAY)
    assert (note.asked, note.advice) == (asked.question, ADVICE)
    assert note.question.job_title == "medewerker advieslijn"
    assert note.question.answered_at == MONDAY + DAY / 24
    assert told(place.els_membership, "advice_answered") == 1
    assert not open_questions(place.els, MONDAY).exists()


@pytest.mark.parametrize(
    ("urgency", "asked_at", "due"),
    [
        ("today", datetime(2027, 1, 11, 9, 0, tzinfo=UTC), "Mon 17:00"),
        ("today", datetime(2027, 1, 11, 14, 30, tzinfo=UTC), "Tue 17:00"),
        ("today", datetime(2027, 1, 16, 9, 0, tzinfo=UTC), "Mon 17:00"),
        ("tomorrow", datetime(2027, 1, 15, 22, 30, tzinfo=UTC), "Mon 17:00"),
        ("tomorrow", datetime(2027, 1, 16, 9, 0, tzinfo=UTC), "Tue 17:00"),
    ],
)
def test_when_an_answer_is_due(urgency, asked_at, due):
    assert clock.local(content.due_at(urgency, asked_at)).strftime("%a %H:%M") == due


def test_a_question_of_another_municipality_does_not_exist(place, asked):
    question = ask_advice(asked, by=place.els, at=MONDAY)
    for actor in (place.els, place.colleague, place.noor, place.olaf):
        assert questions_for(actor, MONDAY).get() == question
    for actor in (place.joost, place.femke, place.vera, place.ravi):
        assert not questions_for(actor, MONDAY).exists()
        with pytest.raises(PermissionDenied):
            take_question(question, by=actor, at=MONDAY)
        with pytest.raises(PermissionDenied):
            answer_question(question, ADVICE, by=actor, at=MONDAY)


def test_only_an_official_of_a_municipality_asks(place, asked):
    for actor in (place.noor, place.olaf, place.vera, place.ravi):
        with pytest.raises(PermissionDenied):
            ask_advice(asked, by=actor, at=MONDAY)


def test_a_question_goes_with_an_event_that_the_asker_sees_only(place, asked):
    question = ask_advice(replace(asked, incident=place.incident), by=place.els, at=MONDAY)
    assert note_of(question, place.els, MONDAY).incident == place.incident
    hidden = make_incident(by=place.joost, municipalities=(place.duinrand,), at=MONDAY)
    with pytest.raises(PermissionDenied):
        ask_advice(replace(asked, incident=hidden), by=place.els, at=MONDAY)


def test_a_wish_in_the_past_is_refused(place, asked):
    with pytest.raises(ValidationError, match="voorbij"):
        ask_advice(replace(asked, wanted_at=MONDAY), by=place.els, at=MONDAY)
    assert ask_advice(replace(asked, wanted_at=MONDAY + DAY), by=place.els, at=MONDAY).wanted_at


def test_who_takes_a_question_keeps_it_and_a_colleague_is_told(place, asked):
    question = ask_advice(asked, by=place.els, at=MONDAY)
    for _ in range(2):
        assert take_question(question, by=place.noor, at=MONDAY).taken_by_id == place.noor.id
    assert TrailEntry.objects.filter(verb="advice.taken").count() == 1
    with pytest.raises(ValidationError, match="opgepakt"):
        take_question(question, by=place.olaf, at=MONDAY)
    with pytest.raises(ValidationError, match="opgepakt"):
        answer_question(question, ADVICE, by=place.olaf, at=MONDAY)
    assert answer_question(question, ADVICE, by=place.noor, at=MONDAY).answered_by_id == place.noor.id
    with pytest.raises(ValidationError, match="al beantwoord"):
        answer_question(question, ADVICE, by=place.noor, at=MONDAY)
    with pytest.raises(PermissionDenied):
        take_question(question, by=place.noor, at=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_give_one_note_and_one_message(place, asked):
    question = ask_advice(asked, by=place.els, at=MONDAY)

    def answer(who):
        return lambda: answer_question(question, ADVICE, by=who, at=MONDAY)

    failed = together(answer(place.noor), answer(place.olaf))
    assert [type(each) for each in failed] == [ValidationError]
    assert told(place.els_membership, "advice_answered") == 1


def test_a_late_question_reminds_the_leader_of_its_team_once(place, asked, monkeypatch):
    question = ask_advice(asked, by=place.els, at=MONDAY)
    assert remind_late(by=SYSTEM, at=question.due_at) == 0
    late = question.due_at + timedelta(seconds=1)
    assert remind_late(by=SYSTEM, at=late) == 1
    assert remind_late(by=SYSTEM, at=late) == 0
    assert not _remind(question, SYSTEM, late)
    assert told(place.olaf_membership, "advice_late") == 1
    assert Message.objects.filter(template="advice_late").count() == 1
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    tasks.remind_late(0)


def test_an_answered_question_reminds_nobody(place, asked):
    question = ask_advice(asked, by=place.els, at=MONDAY)
    answer_question(question, ADVICE, by=place.noor, at=MONDAY)
    assert remind_late(by=SYSTEM, at=MONDAY + 9 * DAY) == 0


def test_no_message_says_what_was_asked(place, asked):
    question = ask_advice(asked, by=place.els, at=MONDAY)
    answer_question(question, ADVICE, by=place.noor, at=MONDAY)
    message = Message.objects.get(template="advice_answered")
    assert "bang" not in message.subject
    assert question.reference not in message.subject


@pytest.mark.parametrize(
    ("text", "is_hinted"),
    [
        ("Hoe help ik mevrouw Jansen?", True),
        ("Hoe help ik mevr. Jansen?", True),
        ("Wat zeg ik tegen Piet Jansen?", True),
        ("Wat zeg ik tegen Anne-Marie Jansen?", True),
        ("Is Slachtofferhulp Nederland er ook bij?", False),
        ("Mensen in Amsterdam Noord zijn bang. Wat nu?", False),
        ("Hoe lang blijven mensen bang? Wat zeg ik dan?", False),
        ("De Vogelwijk is stil.", False),
        ("Ik bel met de politie\nEls gaat mee", False),
        ("", False),
    ],
)
def test_a_text_that_may_name_somebody_is_hinted(text, is_hinted):
    assert may_name_somebody(text) is is_hinted


def test_a_question_is_unreadable_after_its_term_and_kept_while_its_event_is_held(place):
    question = make_question(by=place.els, incident=place.incident, at=MONDAY)
    keep = next(each for each in COLLECTIONS if each.kind == "advice_question")
    assert list(keep.rows(MONDAY)) == []
    rows = keep.rows(MONDAY + DAY)
    assert list(rows.exclude(keep.about(Held(incidents=[place.incident.pk])))) == []
    keep.remove(rows, by=SYSTEM, at=MONDAY)
    assert note_of(question, place.els, MONDAY).asked == "(gewist)"
    assert not keep.rows(MONDAY + DAY).exists()


def test_messages_about_a_question_at_an_exercise_are_part_of_the_exercise(place, asked):
    drill = make_incident(by=place.els, is_exercise=True, at=MONDAY)
    question = ask_advice(replace(asked, incident=drill), by=place.els, at=MONDAY)
    assert remind_late(by=SYSTEM, at=question.due_at + DAY) == 1
    answer_question(question, ADVICE, by=place.noor, at=question.due_at + DAY)
    assert set(Message.objects.filter(about_id=drill.pk).values_list("is_exercise", flat=True)) == {True}
    assert not Message.objects.filter(about_id=question.pk).exists()
    real = ask_advice(asked, by=place.els, at=MONDAY)
    answer_question(real, ADVICE, by=place.noor, at=MONDAY)
    assert not Message.objects.get(about_id=real.pk).is_exercise


def test_a_question_that_a_colleague_left_behind_is_taken_and_answered_by_another(place, asked):
    first, second = (ask_advice(asked, by=place.els, at=MONDAY) for _ in range(2))
    for each in (first, second):
        take_question(each, by=place.olaf, at=MONDAY)
    with pytest.raises(ValidationError, match="al opgepakt"):
        take_question(first, by=place.noor, at=MONDAY)
    place.olaf_membership.ends_at = MONDAY + DAY
    place.olaf_membership.save()
    assert take_question(first, by=place.noor, at=MONDAY + DAY).taken_by == place.noor_membership
    answered = answer_question(second, ADVICE, by=place.noor, at=MONDAY + DAY)
    assert answered.taken_by == place.noor_membership
