import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Permission, Role
from nabij.audit.models import TrailEntry
from nabij.kit import clock
from nabij.notify import actions, answers
from nabij.notify.claims import claim_deliveries
from nabij.notify.factories import NIGHT, make_message
from nabij.notify.models import Delivery, Rule, State
from nabij.notify.policies import can_resend
from nabij.notify.queries import failed_deliveries_for, failed_lines
from nabij.notify.sending import send

pytestmark = pytest.mark.django_db
ADDRESS = "/koppeling/bezorging/"


def sent(to=None) -> Delivery:
    message = make_message(to)
    Delivery.objects.filter(message=message).update(state=State.SENT, sent_at=NIGHT, attempts=1)
    return Delivery.objects.get(message=message)


def report(delivery: Delivery, token: str = "demo", **news):
    body = {"id": "g1", "idempotency_key": delivery.key, **news}
    return Client().post(
        ADDRESS, json.dumps(body), "application/json", headers={"Authorization": f"Bearer {token}"}
    )


def test_only_the_gateway_may_report():
    delivery = sent()
    assert report(delivery, token="x", state="delivered").status_code == 401
    assert Client().get(ADDRESS).status_code == 405
    delivery.refresh_from_db()
    assert delivery.state == State.SENT


def test_delivered_is_written_down_once_and_a_later_failure_is_ignored():
    delivery = sent()
    assert report(delivery, state="delivered").status_code == 204
    delivery.refresh_from_db()
    first = delivery.delivered_at
    assert report(delivery, state="delivered").status_code == 204
    assert report(delivery, state="failed").status_code == 204
    delivery.refresh_from_db()
    assert (delivery.state, delivery.delivered_at) == (State.DELIVERED, first)


def test_a_report_may_come_before_our_own_note_that_it_was_sent():
    delivery = Delivery.objects.get(message=make_message())
    claim_deliveries("sms", 1, taken_by="a", at=NIGHT)
    report(delivery, state="delivered")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at is not None) == (State.DELIVERED, True)


def test_not_delivered_is_tried_again_under_a_new_key_and_an_old_report_changes_nothing():
    delivery = sent()
    report(delivery, state="failed")
    again = Delivery.objects.get(pk=delivery.pk)
    assert (again.state, again.round, again.error_code) == (State.QUEUED, 1, "not_delivered")
    report(delivery, state="failed")
    assert Delivery.objects.get(pk=delivery.pk).round == 1


def test_not_delivered_six_times_is_a_visible_failure():
    delivery = sent()
    Delivery.objects.filter(pk=delivery.pk).update(attempts=6)
    report(delivery, state="failed")
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


def test_a_key_on_the_phone_is_heard_once():
    heard = []
    delivery = sent()

    def listen(message_id, answer, *, by, at):
        heard.append((message_id, answer))

    answers.register(listen)
    try:
        assert report(delivery, answer="1").status_code == 204
        assert report(delivery, answer="2").status_code == 204
        assert report(delivery, state="delivered").status_code == 204
    finally:
        answers._callbacks.remove(listen)
    delivery.refresh_from_db()
    assert [(each[0], each[1]) for each in heard] == [(delivery.message_id, "1")]
    assert (delivery.state, delivery.answer) == (State.ANSWERED, "1")


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"idempotency_key": "x", "state": "delivered"}', "[" * 10_000]
)
def test_nonsense_is_refused(body):
    headers = {"Authorization": "Bearer demo"}
    assert Client().post(ADDRESS, body, "application/json", headers=headers).status_code == 422


def test_an_unknown_state_a_long_report_and_an_unknown_delivery_are_refused():
    delivery = sent()
    assert report(delivery, state="eaten").status_code == 422
    assert report(delivery, state="delivered", more="x" * 70_000).status_code == 422
    assert report(Delivery(id=uuid4()), state="delivered").status_code == 404


def fail(to) -> Delivery:
    delivery = sent(to)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.FAILED, failed_at=NIGHT, error_code="http_500")
    return Delivery.objects.get(pk=delivery.pk)


def test_who_sees_a_failed_message_role_by_situation():
    ours = make_membership(Role.ON_CALL_WORKER)
    theirs = make_membership(Role.ON_CALL_WORKER, team=make_team("Zuid"))
    mine, other = fail(ours.pk), fail(theirs.pk)
    person = send("test_message", to=ours.pk, rule=Rule.SAFE_CONTACT, exercise=False, at=NIGHT, values={})
    for role in Role:
        seen = set(failed_deliveries_for(make_actor(role), NIGHT))
        may = Permission.SEE_MESSAGES in make_actor(role).permissions
        assert seen == ({mine} if may else set()), role
    national = make_actor(Role.ON_CALL_COORDINATOR, is_national=True)
    assert set(failed_deliveries_for(national, NIGHT)) == {mine, other, *person.deliveries.all()}
    assert can_resend(national, other, NIGHT)
    assert not can_resend(make_actor(Role.ON_CALL_WORKER), mine, NIGHT)


def test_a_text_on_which_the_gateway_stays_silent_becomes_visible():
    coordinator = make_actor()
    sent(make_membership(Role.ON_CALL_WORKER).pk)
    assert not failed_deliveries_for(coordinator, NIGHT + timedelta(seconds=119)).exists()
    assert failed_deliveries_for(coordinator, NIGHT + timedelta(seconds=120)).exists()


def test_sending_again_starts_a_new_round_with_all_attempts():
    coordinator = make_actor()
    delivery = fail(make_membership(Role.ON_CALL_WORKER).pk)
    actions.resend(delivery, by=coordinator, at=NIGHT)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.round, delivery.due_at) == (State.QUEUED, 0, 1, NIGHT)
    assert TrailEntry.objects.filter(verb="message.resent", actor_id=coordinator.id).count() == 1
    with pytest.raises(PermissionDenied):
        actions.resend(delivery, by=make_actor(Role.DUTY_OFFICER), at=NIGHT)
    with pytest.raises(PermissionDenied):
        actions.resend(delivery, by=make_actor(team=make_team("Zuid")), at=NIGHT)


def test_what_never_had_an_address_cannot_be_sent_again():
    worker = make_membership(Role.ON_CALL_WORKER)
    message = send("test_message", to=worker.pk, rule=Rule.STAFF_DUTY, exercise=False, at=NIGHT, values={})
    row = actions.resend(message.deliveries.get(), by=make_actor(), at=NIGHT)
    assert row.state == State.FAILED
    (line,) = failed_lines(make_actor(), NIGHT)
    assert not line.can_be_sent
    assert str(line.reason) == "Er is geen nummer of adres bekend."


def test_the_page_shows_what_failed_and_sends_it_again():
    coordinator = make_membership(Role.ON_CALL_COORDINATOR)
    worker = make_membership(Role.ON_CALL_WORKER, name="Ayla Demir")
    delivery = fail(worker.pk)
    client = Client()
    client.force_login(coordinator.user)
    page = client.get("/werk/berichten/")
    assert "Ayla Demir" in page.content.decode()
    assert "Proefbericht" in page.content.decode()
    assert client.post(f"/werk/berichten/{delivery.pk}/opnieuw/", follow=True).status_code == 200
    assert "Alles is bezorgd" in client.get("/werk/berichten/").content.decode()
    assert client.post(f"/werk/berichten/{delivery.pk}/opnieuw/").status_code == 404
    client.force_login(worker.user)
    assert client.get("/werk/berichten/").status_code == 403


def test_names_are_shown_only_to_who_may_see_them():
    fail(make_membership(Role.ON_CALL_WORKER, name="Ayla Demir").pk)
    (line,) = failed_lines(make_actor(Role.ADMINISTRATOR), NIGHT)
    assert line.recipient == ""


def test_the_page_takes_as_many_queries_for_five_rows_as_for_one(django_assert_num_queries):
    actor = actor_for(make_membership())
    fail(make_membership(Role.ON_CALL_WORKER).pk)
    with django_assert_num_queries(2):
        failed_lines(actor, NIGHT)
    for _ in range(4):
        fail(make_membership(Role.ON_CALL_WORKER).pk)
    with django_assert_num_queries(2):
        assert len(failed_lines(actor, NIGHT)) == 5
    assert clock.now()
