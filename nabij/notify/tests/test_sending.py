import json
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pydantic import SecretStr

from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.keys.sealing import destroy_key
from nabij.kit.clock import AMSTERDAM
from nabij.kit.content import load_toml
from nabij.notify import actions
from nabij.notify.channels import Handed, hand_over
from nabij.notify.claims import claim_deliveries, open_parcels, record_handed
from nabij.notify.factories import NIGHT, make_contact_point, make_message
from nabij.notify.kept import is_kept_inside, keep_inside
from nabij.notify.models import Channel, ContactPoint, Delivery, Message, Rule, State, split_key
from nabij.notify.queries import next_due, states_of
from nabij.notify.sending import add_contact_point, send, send_again
from nabij.notify.terms import FILE, delivery_terms
from nabij.notify.tests.conftest import wait_until

pytestmark = pytest.mark.django_db


def only(message: Message) -> Delivery:
    return Delivery.objects.get(message=message)


def test_each_contact_point_waits_its_own_delay():
    person = uuid4()
    make_contact_point(person, Channel.SMS)
    make_contact_point(person, Channel.VOICE, seconds=120)
    message = send("test_message", to=person, rule=Rule.STAFF_DUTY, exercise=False, at=NIGHT, values={})
    found = states_of({message.pk})[message.pk]
    assert [(each.channel, each.due_at) for each in found] == [
        ("sms", NIGHT),
        ("voice", NIGHT + timedelta(minutes=2)),
    ]
    assert next_due(NIGHT) == NIGHT


def test_text_and_number_stand_sealed_in_the_database():
    message = make_message(value="0611112222")
    assert b"proefbericht" not in bytes(Message.objects.get(pk=message.pk).body_sealed)
    assert b"0611112222" not in bytes(ContactPoint.objects.get().value_sealed)
    assert "0611" not in repr(open_parcels(claim_deliveries("sms", 1, taken_by="a", at=NIGHT)))


def test_nobody_to_reach_is_a_visible_failure_and_no_exception():
    message = send("test_message", to=uuid4(), rule=Rule.STAFF_DUTY, exercise=False, at=NIGHT, values={})
    assert (only(message).state, only(message).error_code) == (State.FAILED, "no_contact_point")


def test_safe_contact_uses_only_what_the_person_called_safe():
    person = uuid4()
    add_contact_point(person, Channel.EMAIL, "thuis@example.nl")
    unsafe = send("test_message", to=person, rule=Rule.SAFE_CONTACT, exercise=False, at=NIGHT, values={})
    assert only(unsafe).error_code == "no_safe_contact_point"
    add_contact_point(person, Channel.SMS, "0600000002", is_safe=True)
    safe = send("test_message", to=person, rule=Rule.SAFE_CONTACT, exercise=False, at=NIGHT, values={})
    assert only(safe).channel == "sms"


def test_a_point_no_longer_in_use_is_passed_over():
    person = uuid4()
    point = make_contact_point(person)
    point.is_active = False
    point.save()
    message = send("test_message", to=person, rule=Rule.ORGANISATION, exercise=False, at=NIGHT, values={})
    assert only(message).error_code == "no_contact_point"


def test_a_message_without_spoken_text_is_not_read_to_anybody():
    person = uuid4()
    make_contact_point(person, Channel.VOICE)
    make_contact_point(person, Channel.SMS)
    values = {"reference": "a", "what": "b", "where": "c"}
    message = send("page_changed", to=person, rule=Rule.STAFF_DUTY, exercise=False, at=NIGHT, values=values)
    assert only(message).channel == "sms"


def test_send_again_makes_new_deliveries_of_the_same_message():
    message = make_message()
    send_again(message, at=NIGHT + timedelta(minutes=10))
    assert message.deliveries.count() == 2


def test_a_failed_send_leaves_nothing_behind():
    with transaction.atomic():
        make_message()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not Delivery.objects.exists()


def test_the_database_refuses_a_delivery_without_its_moments():
    message = make_message()
    for state in (State.SENDING, State.SENT, State.DELIVERED, State.FAILED, State.ANSWERED, "lost"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.filter(message=message).update(state=state)


def test_mail_goes_by_smtp_with_the_same_message_id_each_try(mailbox):
    message = make_message(channel=Channel.EMAIL, value="bram@example.nl")
    mailbox.answer = "451 later"
    actions.attempt_delivery("email", at=NIGHT)
    assert (only(message).state, only(message).error_code) == (State.QUEUED, "smtp_451")
    mailbox.answer = "250 OK"
    assert actions.attempt_delivery("email", at=NIGHT) == 0
    assert actions.attempt_delivery("email", at=NIGHT + timedelta(seconds=5)) == 1
    assert only(message).state == State.SENT
    (mail,) = mailbox.mails
    assert mail.rcpt_tos == ["bram@example.nl"]
    assert str(only(message).pk).encode() in mail.content
    assert b"Subject: Proefbericht van Nabij" in mail.content


def test_an_address_that_does_not_exist_is_not_tried_again(mailbox):
    mailbox.rcpt = "550 no such user"
    message = make_message(channel=Channel.EMAIL, value="weg@example.nl")
    actions.attempt_delivery("email", at=NIGHT)
    assert (only(message).state, only(message).error_code) == (State.FAILED, "smtp_550")
    assert TrailEntry.objects.get(verb="message.failed").facts == {"channel": "email", "code": "smtp_550"}


def test_no_mail_server_is_a_reason_to_try_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = make_message(channel=Channel.EMAIL, value="a@example.nl")
    actions.attempt_delivery("email", at=NIGHT)
    assert only(message).error_code == "no_connection"


def test_a_text_reaches_the_phone_and_only_once_however_often_it_is_tried(phones):
    message = make_message(value="0600000007")
    (parcel,) = open_parcels(claim_deliveries("sms", 1, taken_by="a", at=NIGHT))
    assert hand_over(parcel).is_taken
    assert hand_over(parcel).is_taken
    record_handed(parcel, hand_over(parcel), at=NIGHT)
    wait_until(phones.seen)
    assert [each["to"] for each in phones.seen()] == ["0600000007"]
    assert only(message).state == State.SENT
    assert only(message).provider_id == phones.seen()[0]["id"]


def test_errors_and_silence_of_the_gateway_are_retried_with_growing_waits(phones):
    phones.faults(error=1.0)
    message = make_message()
    at, waits = NIGHT, []
    for _ in range(delivery_terms().attempts):
        assert actions.attempt_delivery("sms", at=at) == 1
        waits.append(only(message).due_at - at)
        at = only(message).due_at
    assert waits[:-1] == list(delivery_terms().waits)
    assert (only(message).state, only(message).error_code) == (State.FAILED, "http_500")
    assert actions.attempt_delivery("sms", at=at + timedelta(days=1)) == 0


def test_a_gateway_that_hangs_ends_in_a_timeout(phones, monkeypatch):
    phones.faults(hang=1.0, hang_seconds=3)
    monkeypatch.setitem(load_toml(FILE), "gateway_timeout_seconds", 0.2)
    message = make_message()
    actions.attempt_delivery("sms", at=NIGHT)
    assert (only(message).state, only(message).error_code) == (State.QUEUED, "timeout")


def test_a_wrong_token_is_final(phones, settings):
    settings.ENV = settings.ENV.model_copy(update={"gateway_token": SecretStr("wrong")})
    message = make_message()
    actions.attempt_delivery("sms", at=NIGHT)
    assert (only(message).state, only(message).error_code) == (State.FAILED, "http_401")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # apprise's own
def test_an_app_is_reached_by_its_address():
    heard = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200 if len(heard) > 1 else 500)
            self.end_headers()

        def log_message(self, format, *args): ...

    server = HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    message = make_message(channel=Channel.APPRISE, value=f"json://127.0.0.1:{server.server_port}/")
    actions.attempt_delivery("apprise", at=NIGHT)
    assert only(message).error_code == "service_refused"
    actions.attempt_delivery("apprise", at=NIGHT + timedelta(minutes=1))
    server.shutdown()
    server.server_close()
    assert only(message).state == State.SENT
    assert heard[1]["title"] == "Proefbericht van Nabij"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # apprise's own
def test_an_unknown_app_address_is_final():
    message = make_message(channel=Channel.APPRISE, value="no-such-service://x")
    actions.attempt_delivery("apprise", at=NIGHT)
    assert (only(message).state, only(message).error_code) == (State.FAILED, "unknown_service")


def test_erased_text_is_a_final_failure():
    message = make_message()
    destroy_key(message.pk, at=NIGHT)
    actions.attempt_delivery("sms", at=NIGHT)
    assert (only(message).state, only(message).error_code) == (State.FAILED, "erased")


def test_a_lease_that_ran_out_is_taken_by_another_and_the_first_may_still_report_success():
    message = make_message()
    (first,) = open_parcels(claim_deliveries("sms", 5, taken_by="a", at=NIGHT))
    assert claim_deliveries("sms", 5, taken_by="b", at=NIGHT + timedelta(seconds=2)) == []
    later = NIGHT + delivery_terms().lease
    assert next_due(NIGHT) == later
    (second,) = open_parcels(claim_deliveries("sms", 5, taken_by="b", at=later))
    assert first.key == second.key
    record_handed(first, Handed(False, code="timeout"), at=later)
    assert only(message).state == State.SENDING
    record_handed(first, Handed(True, provider_id="x"), at=later)
    record_handed(second, Handed(False, code="timeout"), at=later)
    assert (only(message).state, only(message).provider_id) == (State.SENT, "x")


def test_a_clock_that_was_set_back_leaves_nothing_in_dead_hands():
    make_message()
    claim_deliveries("sms", 5, taken_by="a", at=NIGHT + timedelta(days=1))
    assert claim_deliveries("sms", 5, taken_by="b", at=NIGHT)


def test_withdrawn_messages_are_not_sent_and_not_retried():
    waiting, leaving = make_message(), make_message()
    Delivery.objects.filter(message=waiting).update(due_at=NIGHT + timedelta(minutes=2))
    (parcel,) = open_parcels(claim_deliveries("sms", 5, taken_by="a", at=NIGHT))
    assert actions.withdraw([waiting.pk, leaving.pk], at=NIGHT) == 2
    assert actions.attempt_delivery("sms", at=NIGHT + timedelta(hours=1)) == 0
    record_handed(parcel, Handed(False, code="timeout"), at=NIGHT)
    assert only(leaving).state == State.WITHDRAWN
    record_handed(parcel, Handed(True), at=NIGHT)
    assert only(leaving).state == State.SENT


def test_the_key_of_a_round_can_be_read_back():
    delivery = only(make_message())
    assert split_key(delivery.key) == (delivery.pk, 0)
    delivery.round = 3
    assert split_key(delivery.key) == (delivery.pk, 3)
    with pytest.raises(ValueError, match="badly formed"):
        split_key("x")


def test_moments_around_the_clock_change_are_absolute():
    at = datetime(2027, 3, 28, 1, 59, tzinfo=AMSTERDAM)
    person = uuid4()
    make_contact_point(person, seconds=120)
    message = send("test_message", to=person, rule=Rule.STAFF_DUTY, exercise=False, at=at, values={})
    assert only(message).due_at - at.astimezone(only(message).due_at.tzinfo) == timedelta(minutes=2)


def test_a_gateway_that_is_away_is_a_reason_to_try_again(settings):
    settings.ENV = settings.ENV.model_copy(update={"gateway_url": "http://127.0.0.1:1"})
    message = make_message()
    actions.attempt_delivery("sms", at=NIGHT)
    assert (only(message).state, only(message).error_code) == (State.QUEUED, "no_connection")


def test_an_address_with_a_line_break_breaks_only_its_own_delivery(mailbox):
    bad = make_message(channel=Channel.EMAIL, value="a@example.nl\nBcc: b@example.nl")
    good = make_message(channel=Channel.EMAIL, value="c@example.nl")
    assert actions.attempt_delivery("email", at=NIGHT) == 2
    assert only(bad).state == State.QUEUED
    assert only(good).state == State.SENT


def test_damaged_text_fails_alone():
    message = make_message()
    Message.objects.filter(pk=message.pk).update(body_sealed=b"x" * 40)
    actions.attempt_delivery("sms", at=NIGHT)
    assert (only(message).state, only(message).error_code) == (State.FAILED, "erased")


def test_an_old_round_that_ends_late_changes_nothing():
    message = make_message()
    (parcel,) = open_parcels(claim_deliveries("sms", 1, taken_by="a", at=NIGHT))
    actions.report_failed(parcel.delivery_id, 0, by=SYSTEM, at=NIGHT)
    record_handed(parcel, Handed(True, provider_id="old"), at=NIGHT)
    assert (only(message).state, only(message).provider_id) == (State.QUEUED, "")


def test_an_engine_whose_moment_is_a_little_earlier_takes_nothing_from_another():
    make_message()
    claim_deliveries("sms", 5, taken_by="a", at=NIGHT + timedelta(seconds=1))
    assert claim_deliveries("sms", 5, taken_by="b", at=NIGHT + timedelta(milliseconds=900)) == []


@pytest.mark.parametrize("change", [{"is_safe": False}, {"is_active": False}])
def test_an_address_that_became_unsafe_meanwhile_gets_nothing_also_not_on_a_retry(change):
    person = uuid4()
    point = add_contact_point(person, Channel.EMAIL, "thuis@example.nl", is_safe=True)
    message = send("test_message", to=person, rule=Rule.SAFE_CONTACT, exercise=False, at=NIGHT, values={})
    ContactPoint.objects.filter(pk=point.pk).update(**change)
    assert [each.address for each in open_parcels(claim_deliveries("email", 9, taken_by="a", at=NIGHT))] == [
        ""
    ]
    actions.attempt_delivery("email", at=NIGHT + timedelta(hours=1))
    assert only(message).state == State.FAILED


def test_what_is_told_about_a_drill_is_written_and_never_handed_over():
    person, drill = uuid4(), uuid4()
    make_contact_point(person, Channel.SMS)
    keep_inside(drill)
    keep_inside(drill)
    inside = send(
        "test_message", to=person, rule=Rule.STAFF_DUTY, exercise=True, at=NIGHT, about_id=drill, values={}
    )
    send_again(inside, at=NIGHT)
    outside = send(
        "test_message", to=person, rule=Rule.STAFF_DUTY, exercise=True, at=NIGHT, about_id=uuid4(), values={}
    )
    assert set(Delivery.objects.filter(message=inside).values_list("state", flat=True)) == {State.KEPT}
    assert [each.message_id for each in claim_deliveries("sms", 9, taken_by="a", at=NIGHT)] == [outside.pk]
    assert (is_kept_inside(drill), is_kept_inside(uuid4()), is_kept_inside(None)) == (True, False, False)
