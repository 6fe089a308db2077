"""Residents' meetings (SVC-50, S01-11, EXP-18, DIS-14): planned, supported, counted, answered, published."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.aftercare import proofs
from nabij.aftercare.factories import make_run, make_step
from nabij.aftercare.models import Evidence, StepState
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents.models import Incident
from nabij.kit.tests.at_once import together
from nabij.meetings import actions
from nabij.meetings.models import (
    Audience,
    FollowUp,
    Meeting,
    MeetingMessage,
    MeetingState,
    Question,
    SupportAsk,
    SupportState,
)
from nabij.meetings.queries import last_message, meetings_for, next_things, published, room_of
from nabij.meetings.tests.conftest import AFTER, MONDAY, THURSDAY, make_held, make_meeting
from nabij.notify.models import Message

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(actor, template):
    return Message.objects.filter(recipient_id=actor.id, template=template).count()


def whats(actor, at):
    return [each.what for each in next_things(actor, at)]


def test_63_people_and_11_questions_become_one_message_with_a_version(street):
    meeting = make_held(street)
    message = actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    assert (message.version, len(message.lines), MeetingMessage.objects.count()) == (1, 11, 1)
    assert Meeting.objects.get().present == 63
    shown = published(message)
    assert len(shown.lines) == 11
    assert not any(line.is_changed for line in shown.lines)
    assert shown.lines[0].who == "Slachtofferhulp"
    assert shown.frame.title == "Vragen en antwoorden van de bijeenkomst voor bewoners"
    assert shown.is_last


def test_the_step_of_the_protocol_is_done_with_the_numbers_of_the_meeting(street):
    step = make_step("EXP-18", evidence={"proof": "meeting"})
    run = make_run(step, incident=street.incident)
    meeting = make_held(street)
    assert run.steps.get().state == StepState.OPEN
    actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    assert run.steps.get().state == StepState.DONE
    assert Evidence.objects.get().values == {"present": 63, "questions": 11}
    way = proofs.way_to("meeting", street.incident.pk)
    assert way == ("Bewonersbijeenkomst", f"/werk/bijeenkomsten/gebeurtenis/{street.incident.pk}/")


def test_a_correction_is_a_second_version_that_shows_what_changed_and_the_first_stays(street):
    meeting = make_held(street)
    first = actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    question = meeting.questions.get(number=3)
    actions.answer_question(question, "Nee, pas zaterdag.", by=street.nadia, at=AFTER + DAY)
    assert room_of(meeting, AFTER).has_news
    with pytest.raises(ValidationError) as refused:
        actions.publish_answers(meeting, " ", by=street.nadia, at=AFTER + DAY)
    assert "why" in refused.value.message_dict
    second = actions.publish_answers(meeting, "De dag is anders", by=street.nadia, at=AFTER + DAY)
    shown = published(second)
    assert [line.answer for line in shown.lines if line.is_changed] == ["Nee, pas zaterdag."]
    assert (second.version, second.why, shown.dropped) == (2, "De dag is anders", 0)
    first.refresh_from_db()
    assert first.lines[2]["answer"] == "Dat weten we vrijdag."
    assert not published(first).is_last
    assert not room_of(meeting, AFTER).has_news


def test_a_question_that_was_taken_away_is_missing_visibly_in_the_next_version(street):
    meeting = make_held(street, 2)
    actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    actions.drop_question(meeting.questions.get(number=2), by=street.nadia, at=AFTER)
    second = actions.publish_answers(meeting, "Dubbele vraag weg", by=street.nadia, at=AFTER)
    assert (published(second).dropped, len(second.lines)) == (1, 1)


def test_nothing_is_published_before_it_was_counted_answered_or_changed(street):
    meeting = make_meeting(street)
    with pytest.raises(ValidationError, match="hoeveel mensen"):
        actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    actions.count_present(meeting, 63, by=street.nadia, at=AFTER)
    question = actions.write_question(meeting, "Komt er een camera", "police", by=street.nadia, at=AFTER)
    with pytest.raises(ValidationError, match="nog 1 vraag zonder antwoord"):
        actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    second = actions.write_question(meeting, "Wie betaalt het", "police", by=street.nadia, at=AFTER)
    with pytest.raises(ValidationError, match="nog 2 vragen zonder antwoord"):
        actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    for each in (question, second):
        actions.answer_question(each, "Ja.", by=street.nadia, at=AFTER)
    actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    with pytest.raises(ValidationError, match="niets veranderd na versie 1"):
        actions.publish_answers(meeting, "Zomaar", by=street.nadia, at=AFTER)
    assert MeetingMessage.objects.count() == 1


def test_a_meeting_without_questions_is_published_too(street):
    message = actions.publish_answers(make_held(street, 0), "", by=street.nadia, at=AFTER)
    assert message.lines == []


@pytest.mark.parametrize(
    "text", ["Mevrouw Jansen vroeg dit", "Wat gebeurde er in de Kokmeeuwstraat 27?", "Is Fatima weer thuis?"]
)
def test_a_name_or_a_house_number_is_refused_and_not_repeated_in_the_trail(street, text):
    meeting = make_held(street, 1)
    before = TrailEntry.objects.count()
    acts = {
        "text": lambda: actions.write_question(meeting, text, "police", by=street.nadia, at=AFTER),
        "answer": lambda: actions.answer_question(meeting.questions.get(), text, by=street.nadia, at=AFTER),
        "what": lambda: actions.promise_follow_up(
            meeting, text, "police", date(2027, 1, 20), by=street.nadia, at=AFTER
        ),
    }
    for field, act in acts.items():
        with pytest.raises(ValidationError) as refused:
            act()
        assert list(refused.value.message_dict) == [field]
    actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    actions.answer_question(meeting.questions.get(), "Anders", by=street.nadia, at=AFTER)
    with pytest.raises(ValidationError) as refused:
        actions.publish_answers(meeting, text, by=street.nadia, at=AFTER)
    assert "why" in refused.value.message_dict
    assert TrailEntry.objects.count() == before + 2


def test_an_unknown_owner_and_an_empty_answer_are_refused(street):
    meeting = make_held(street, 1)
    with pytest.raises(ValidationError):
        actions.write_question(meeting, "Komt er een camera", "de buurman", by=street.nadia, at=AFTER)
    with pytest.raises(ValidationError):
        actions.promise_follow_up(meeting, "Bellen", "x", date(2027, 2, 1), by=street.nadia, at=AFTER)
    with pytest.raises(ValidationError):
        actions.answer_question(meeting.questions.get(), "  ", by=street.nadia, at=AFTER)


def test_the_team_leader_of_the_area_hears_the_ask_and_says_how_many_come(street):
    meeting = make_meeting(street)
    ask = actions.ask_support(meeting, 3, by=street.nadia, at=MONDAY)
    assert (told(street.olaf, "meeting_support_asked"), told(street.zuid, "meeting_support_asked")) == (1, 0)
    assert whats(street.olaf, MONDAY) == ["Zeg hoeveel mensen er komen"]
    ask = actions.promise_support(meeting, actions.Promise(2), by=street.olaf, at=MONDAY)
    assert (ask.state, ask.promised, ask.number) == (SupportState.PROMISED, 2, 3)
    assert told(street.nadia, "meeting_changed") == 1
    assert whats(street.olaf, MONDAY) == []
    ask = actions.promise_support(meeting, actions.Promise(0), by=street.olaf, at=MONDAY)
    assert (ask.state, ask.promised) == (SupportState.DECLINED, 0)


def test_support_is_asked_once_and_only_for_a_meeting_to_come(street):
    meeting = make_meeting(street)
    for act in (
        lambda: actions.promise_support(meeting, actions.Promise(2), by=street.olaf, at=MONDAY),
        lambda: actions.ask_support(meeting, 0, by=street.nadia, at=MONDAY),
        lambda: actions.ask_support(meeting, 61, by=street.nadia, at=MONDAY),
    ):
        with pytest.raises(ValidationError):
            act()
    actions.ask_support(meeting, 2, by=street.nadia, at=MONDAY)
    with pytest.raises(ValidationError, match="al"):
        actions.ask_support(meeting, 2, by=street.nadia, at=MONDAY)
    with pytest.raises(ValidationError):
        actions.promise_support(meeting, actions.Promise(61), by=street.olaf, at=MONDAY)
    actions.count_present(meeting, 5, by=street.nadia, at=AFTER)
    with pytest.raises(ValidationError, match="voorbij"):
        actions.promise_support(meeting, actions.Promise(2), by=street.olaf, at=AFTER)


def test_whoever_promised_to_come_hears_that_it_is_put_off_once(street):
    meeting = make_meeting(street)
    actions.ask_support(meeting, 2, by=street.nadia, at=MONDAY)
    actions.promise_support(meeting, actions.Promise(2), by=street.olaf, at=MONDAY)
    for _again in range(2):
        assert actions.cancel_meeting(meeting, by=street.nadia, at=MONDAY).state == MeetingState.CANCELLED
    assert told(street.olaf, "meeting_changed") == 1
    with pytest.raises(ValidationError):
        actions.count_present(meeting, 5, by=street.nadia, at=AFTER)
    with pytest.raises(ValidationError, match="afgezegd"):
        actions.write_question(meeting, "Waarom", "police", by=street.nadia, at=AFTER)
    assert make_meeting(street).pk != meeting.pk


def test_a_meeting_that_was_held_is_not_put_off_but_its_count_can_be_bettered(street):
    meeting = make_held(street, 0)
    with pytest.raises(ValidationError):
        actions.cancel_meeting(meeting, by=street.nadia, at=AFTER)
    assert actions.count_present(meeting, 64, by=street.nadia, at=AFTER).present == 64
    with pytest.raises(ValidationError):
        actions.count_present(meeting, 5001, by=street.nadia, at=AFTER)


def test_nobody_is_counted_before_it_begins(street):
    with pytest.raises(ValidationError) as refused:
        actions.count_present(make_meeting(street), 63, by=street.nadia, at=THURSDAY - timedelta(minutes=1))
    assert "present" in refused.value.message_dict


def test_bereaved_families_have_a_meeting_of_their_own_never_at_the_same_place_and_moment(street):
    make_meeting(street)
    with pytest.raises(ValidationError) as refused:
        make_meeting(street, audience=Audience.BEREAVED)
    assert "starts_at" in refused.value.message_dict
    make_meeting(street, audience=Audience.BEREAVED, where="Kerk")
    assert set(Meeting.objects.values_list("audience", flat=True)) == {"residents", "bereaved"}


def test_a_meeting_is_never_before_the_event_it_is_about(street):
    with pytest.raises(ValidationError) as refused:
        make_meeting(street, starts_at=street.incident.happened_at - timedelta(minutes=1))
    assert refused.value.messages == ["Dit ligt voor de gebeurtenis. Kijk de dag en de tijd na."]
    assert "starts_at" in refused.value.message_dict
    assert not Meeting.objects.exists()
    assert make_meeting(street, starts_at=street.incident.happened_at).pk


def test_a_promise_has_an_owner_and_a_day_and_is_kept_once(street):
    meeting = make_held(street, 0)
    with pytest.raises(ValidationError) as refused:
        actions.promise_follow_up(meeting, "Licht", "police", date(2027, 1, 1), by=street.nadia, at=AFTER)
    assert "due_on" in refused.value.message_dict
    row = actions.promise_follow_up(
        meeting, "Licht in de straat", "municipality", date(2027, 1, 20), by=street.nadia, at=AFTER
    )
    first = actions.keep_promise(row, by=street.nadia, at=AFTER).done_at
    assert actions.keep_promise(row, by=street.nadia, at=AFTER + DAY).done_at == first


def test_the_desk_says_the_one_thing_to_do_until_nothing_waits(street):
    meeting = make_meeting(street)
    assert whats(street.nadia, MONDAY) == ["Komt nog"]
    assert whats(street.nadia, AFTER) == ["Schrijf op hoeveel mensen er waren"]
    actions.count_present(meeting, 63, by=street.nadia, at=AFTER)
    question = actions.write_question(meeting, "Wie helpt", "victim_support", by=street.nadia, at=AFTER)
    assert whats(street.nadia, AFTER) == ["Er missen nog antwoorden"]
    assert whats(street.olaf, AFTER) == ["Geef onze antwoorden"]
    actions.answer_question(question, "Wij.", by=street.olaf, at=AFTER)
    assert whats(street.nadia, AFTER) == ["Publiceer de antwoorden"]
    actions.publish_answers(meeting, "", by=street.nadia, at=AFTER)
    assert (whats(street.nadia, AFTER), whats(street.olaf, AFTER)) == ([], [])
    actions.promise_follow_up(meeting, "Licht", "police", date(2027, 1, 20), by=street.nadia, at=AFTER)
    assert whats(street.nadia, AFTER) == []
    assert whats(street.nadia, AFTER + 10 * DAY) == ["Een afspraak is te laat"]


def test_victim_support_answers_its_own_questions_and_the_municipality_writes_down_all(street):
    meeting = make_held(street, 2, answered=False)
    ours, theirs = meeting.questions.order_by("number")
    assert actions.answer_question(ours, "Bel ons.", by=street.olaf, at=AFTER).answered_by == street.olaf.id
    with pytest.raises(PermissionDenied):
        actions.answer_question(theirs, "Bel ons.", by=street.olaf, at=AFTER)
    actions.answer_question(theirs, "Vrijdag.", by=street.nadia, at=AFTER)


def test_who_may_not(street):
    meeting = make_held(street, 1)
    question, planned = meeting.questions.get(), actions.Planned("residents", "Zaal", THURSDAY)
    row = actions.promise_follow_up(meeting, "x", "police", date(2027, 2, 1), by=street.nadia, at=AFTER)
    open_meeting = make_meeting(street, where="Kerk")
    for who in (street.olaf, street.stranger, street.zuid, SYSTEM):
        acts = [
            lambda by: actions.plan_meeting(street.incident, planned, by=by, at=AFTER),
            lambda by: actions.cancel_meeting(open_meeting, by=by, at=AFTER),
            lambda by: actions.count_present(open_meeting, 1, by=by, at=AFTER),
            lambda by: actions.ask_support(open_meeting, 1, by=by, at=AFTER),
            lambda by: actions.write_question(meeting, "Wat nu", "police", by=by, at=AFTER),
            lambda by: actions.drop_question(question, by=by, at=AFTER),
            lambda by: actions.publish_answers(meeting, "", by=by, at=AFTER),
            lambda by: actions.promise_follow_up(meeting, "x", "police", date(2027, 2, 1), by=by, at=AFTER),
            lambda by: actions.keep_promise(row, by=by, at=AFTER),
        ]
        for act in acts:
            with pytest.raises(PermissionDenied):
                act(who)
    for who in (street.nadia, street.stranger, street.zuid, SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.promise_support(open_meeting, actions.Promise(1), by=who, at=MONDAY)
    with pytest.raises(PermissionDenied):
        actions.answer_question(question, "Ja", by=street.zuid, at=AFTER)
    assert [meetings_for(who, AFTER).count() for who in (street.olaf, street.stranger, SYSTEM)] == [2, 0, 0]


def test_a_question_that_somebody_took_away_is_not_answered_any_more(street):
    question = make_held(street, 1).questions.get()
    gone = Question.objects.get()
    actions.drop_question(question, by=street.nadia, at=AFTER)
    for act in (actions.drop_question, lambda row, **who: actions.answer_question(row, "Ja", **who)):
        with pytest.raises(ValidationError, match="haalde deze vraag weg"):
            act(gone, by=street.nadia, at=AFTER)


def test_the_rows_refuse_what_cannot_be(street):
    meeting = make_meeting(street)
    for wrong in (
        lambda: Meeting.objects.update(state="held"),
        lambda: Question.objects.create(
            meeting=meeting, number=1, text="x", owner="police", answer="ja", asked_at=AFTER
        ),
        lambda: SupportAsk.objects.create(
            meeting=meeting, number=2, asked_at=AFTER, asked_by=street.nadia.id, promised=2
        ),
        lambda: MeetingMessage.objects.create(
            meeting=meeting, version=2, lines=[], published_at=AFTER, published_by=street.nadia.id
        ),
        lambda: FollowUp.objects.create(
            meeting=meeting, what="x", owner="police", due_on=date(2027, 1, 1), promised_at=AFTER,
            promised_by=street.nadia.id, done_at=AFTER,
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    assert last_message(meeting) is None


@pytest.mark.django_db(transaction=True)
def test_two_who_do_the_same_at_once_do_it_once(street):
    planned = actions.Planned(Audience.RESIDENTS, "Buurthuis", THURSDAY)
    incident = Incident.objects.get()
    plan = partial(actions.plan_meeting, incident, planned, by=street.nadia, at=MONDAY)
    assert [type(each) for each in together(plan, plan)] == [ValidationError]
    meeting = make_held(street, 1)
    publish = partial(actions.publish_answers, meeting, "", by=street.nadia, at=AFTER)
    assert [type(each) for each in together(publish, publish)] == [ValidationError]
    assert (Meeting.objects.count(), MeetingMessage.objects.count()) == (2, 1)
