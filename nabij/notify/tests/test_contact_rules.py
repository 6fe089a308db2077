"""The contact rule of a person: every message obeys it, at the moment of writing and at the door."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nabij.audit.actor import SYSTEM
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.claims import claim_deliveries, open_parcels
from nabij.notify.contact_rules import (
    Agreed,
    NotAgreed,
    agreed_of,
    check,
    in_words,
    next_moment,
    permits_channel,
    permits_moment,
    rule_of,
)
from nabij.notify.models import Channel, ContactRule, Delivery, Rule, State, Way
from nabij.notify.sending import add_contact_point, send

NOON = datetime(2027, 3, 1, 11, 30, tzinfo=UTC)  # Monday 12:30 in Amsterdam
LATER = datetime(2027, 3, 1, 13, 0, tzinfo=UTC)  # 14:00
BOUNDS = (NOON.replace(tzinfo=None, month=1), NOON.replace(tzinfo=None, month=12))
ILSE = Agreed(
    (Way.CALL, Way.SMS), (), time(12), time(13), has_secret_address=True, code_word="Merel",
    wording="Zeg dat u van de bibliotheek bent.", household="moeder", guardian="",
)  # fmt: skip


def make_rule(agreed=ILSE, at=NOON):
    return agree_contact(uuid4(), agreed, by=SYSTEM, at=at)


def send_to(person, at, channels=(Channel.SMS,)):
    points = [add_contact_point(person, each, "0600000001", is_safe=True) for each in channels]
    return send(
        "test_message", to=person, rule=Rule.SAFE_CONTACT, exercise=False, at=at, values={}, points=points
    )


@pytest.mark.django_db
def test_what_was_agreed_comes_back_and_is_sealed():
    rule = make_rule()
    assert agreed_of(rule) == ILSE
    assert b"Merel" not in bytes(rule.code_word_sealed)
    again = agree_contact(rule.subject_id, Agreed((Way.LETTER,)), by=SYSTEM, at=LATER)
    assert again.pk == rule.pk
    assert ContactRule.objects.count() == 1


@pytest.mark.django_db
def test_calling_outside_the_agreed_hours_is_refused_with_the_rule():
    rule = make_rule()
    check(rule, Way.CALL, NOON)
    with pytest.raises(NotAgreed, match=r"Nu niet.*Alleen tussen 12.00 en 13.00 uur. Geen voicemail."):
        check(rule, Way.CALL, LATER)
    with pytest.raises(NotAgreed, match="Niet via brief"):
        check(rule, Way.LETTER, NOON)
    check(None, Way.CALL, LATER)
    assert in_words(None) == "Er is geen contactregel afgesproken."
    monday = make_rule(Agreed((), (1,), is_voicemail_allowed=True))
    assert "op geen enkele manier" in in_words(monday)
    assert "Alleen op maandag. Voicemail mag." in in_words(monday)
    assert "Alleen op" not in in_words(make_rule(Agreed(("call",), (1, 2, 3, 4, 5, 6, 7))))


@pytest.mark.django_db
def test_a_message_waits_for_the_agreed_hour_and_never_takes_a_forbidden_way():
    rule = make_rule(at=LATER)
    message = send_to(rule.subject_id, LATER, (Channel.SMS, Channel.EMAIL))
    [delivery] = message.deliveries.all()
    assert delivery.channel == Channel.SMS
    assert delivery.due_at == NOON - timedelta(minutes=30) + timedelta(days=1)
    nobody = send_to(make_rule(Agreed(())).subject_id, LATER)
    assert nobody.deliveries.get().error_code == "no_safe_contact_point"


@pytest.mark.django_db
def test_a_rule_made_after_the_message_was_written_counts_at_the_door():
    person = uuid4()
    send_to(person, LATER)
    agree_contact(person, ILSE, by=SYSTEM, at=LATER)
    assert claim_deliveries("sms", 9, taken_by="test", at=LATER) == []
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.due_at) == (State.QUEUED, NOON.replace(hour=11, minute=0) + timedelta(1))
    agree_contact(person, Agreed((Way.LETTER,)), by=SYSTEM, at=LATER)
    [parcel] = open_parcels(claim_deliveries("sms", 9, taken_by="test", at=delivery.due_at))
    assert parcel.address == ""


@pytest.mark.django_db
def test_a_voice_that_speaks_by_itself_is_not_used_when_voicemail_is_forbidden():
    assert not permits_channel(make_rule(), Channel.VOICE)
    assert permits_channel(make_rule(Agreed((Way.CALL,), is_voicemail_allowed=True)), Channel.VOICE)
    assert rule_of(uuid4()) is None
    assert permits_channel(None, Channel.VOICE)


@given(
    at=st.datetimes(*BOUNDS, timezones=st.just(UTC)),
    hours=st.tuples(st.times(), st.times()).filter(lambda each: each[0] < each[1]) | st.none(),
    days=st.sets(st.integers(1, 7)),
)
def test_the_next_moment_is_permitted_and_not_before_now(at, hours, days):
    start, end = (each.replace(microsecond=0) for each in hours) if hours else (None, None)
    if start == end and hours:
        return
    rule = ContactRule(ways=[Way.CALL], weekdays=sorted(days), from_time=start, until_time=end)
    found = next_moment(rule, at)
    assert found >= at
    assert permits_moment(rule, found)


def test_an_hour_that_summer_time_skips_waits_a_week():
    rule = ContactRule(ways=[Way.SMS], weekdays=[7], from_time=time(2), until_time=time(3))
    after_the_week_before = datetime(2027, 3, 21, 3, 0, tzinfo=UTC)
    assert next_moment(rule, after_the_week_before) == datetime(2027, 4, 4, 0, 0, tzinfo=UTC)
