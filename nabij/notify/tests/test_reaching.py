from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.keys.sealing import unseal
from nabij.notify.actions import add_own_point, change_own_wait, confirm_own_point, drop_own_point
from nabij.notify.factories import make_contact_point
from nabij.notify.models import Channel, ContactPoint, ContactProof, Delivery, Message, Rule, State
from nabij.notify.queries import own_lines, own_points
from nabij.notify.sending import send

pytestmark = pytest.mark.django_db
NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NUMBER = "+31612345678"


@pytest.fixture
def ayla():
    actor = make_actor(Role.ON_CALL_WORKER)
    make_contact_point(actor.id, value="+31600000001")
    return actor


def code_sent(to) -> str:
    message = Message.objects.filter(recipient_id=to.id, template="contact_proof").latest("created_at")
    text = unseal(message.pk, message.body_sealed).split("code is ")[1]
    return text[:6]


def add(by, channel=Channel.VOICE, *, wait=2 * MINUTE, at=NIGHT):
    return add_own_point(channel, NUMBER, wait=wait, by=by, at=at)


def tell(to, at=NIGHT):
    return send("test_message", to=to.id, rule=Rule.STAFF_DUTY, exercise=False, at=at, values={})


def test_a_second_phone_is_called_two_minutes_after_the_text(ayla):
    point = add(ayla)
    assert confirm_own_point(point, code_sent(ayla), by=ayla, at=NIGHT + MINUTE)
    due = tell(ayla).deliveries.order_by("due_at").values_list("channel", "due_at")
    assert list(due) == [("sms", NIGHT), ("voice", NIGHT + 2 * MINUTE)]


def test_a_number_is_not_used_before_its_code_was_typed(ayla):
    point = add(ayla)
    assert Delivery.objects.get(message__template="contact_proof").contact_point_id == point.pk
    assert list(tell(ayla).deliveries.values_list("channel")) == [("sms",)]


def test_a_wrong_code_and_a_late_one_confirm_nothing(ayla):
    point = add(ayla)
    right = code_sent(ayla)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    assert not confirm_own_point(point, wrong, by=ayla, at=NIGHT)
    assert not confirm_own_point(point, right, by=ayla, at=NIGHT + 15 * MINUTE)
    assert confirm_own_point(point, f"{right[:3]} {right[3:]}", by=ayla, at=NIGHT + 14 * MINUTE)
    assert not confirm_own_point(point, right, by=ayla, at=NIGHT)


def test_after_five_tries_the_right_code_helps_no_more(ayla):
    point = add(ayla)
    right = code_sent(ayla)
    for _each in range(5):
        assert not confirm_own_point(point, "", by=ayla, at=NIGHT)
    assert not confirm_own_point(point, right, by=ayla, at=NIGHT)
    assert ContactProof.objects.get().tries == 5


def test_one_phone_always_goes_at_once(ayla):
    first = own_points(ayla, NIGHT).get()
    with pytest.raises(ValidationError, match="meteen"):
        change_own_wait(first, MINUTE, by=ayla, at=NIGHT)
    with pytest.raises(ValidationError, match="laatste nummer"):
        drop_own_point(first, by=ayla, at=NIGHT)
    second = add(ayla, Channel.SMS, wait=timedelta())
    confirm_own_point(second, code_sent(ayla), by=ayla, at=NIGHT)
    change_own_wait(first, MINUTE, by=ayla, at=NIGHT)
    assert [each.wait_minutes for each in own_lines(ayla, NIGHT)] == [0, 1]
    change_own_wait(first, timedelta(), by=ayla, at=NIGHT)
    drop_own_point(second, by=ayla, at=NIGHT)
    assert own_points(ayla, NIGHT).get() == first


def test_what_is_dropped_is_forgotten_and_gets_nothing_any_more(ayla):
    point = add(ayla)
    confirm_own_point(point, code_sent(ayla), by=ayla, at=NIGHT)
    tell(ayla)
    drop_own_point(point, by=ayla, at=NIGHT)
    gone = ContactPoint.objects.get(pk=point.pk)
    assert (bytes(gone.value_sealed), gone.is_active, gone.dropped_at) == (b"", False, NIGHT)
    assert set(Delivery.objects.filter(contact_point=point).values_list("state", flat=True)) == {
        State.WITHDRAWN
    }


def test_an_unconfirmed_number_may_go_at_any_time(ayla):
    drop_own_point(add(ayla), by=ayla, at=NIGHT)
    assert not ContactProof.objects.exists()


def test_too_many_numbers_are_refused(ayla):
    for _each in range(5):
        add(ayla)
    with pytest.raises(ValidationError, match="al veel nummers"):
        add(ayla)


def test_another_person_s_number_cannot_be_touched(ayla):
    point = own_points(ayla, NIGHT).get()
    joris = make_actor(Role.ON_CALL_WORKER)
    assert not own_points(joris, NIGHT).exists()
    for change in (
        lambda: confirm_own_point(point, "123456", by=joris, at=NIGHT),
        lambda: change_own_wait(point, MINUTE, by=joris, at=NIGHT),
        lambda: drop_own_point(point, by=joris, at=NIGHT),
    ):
        with pytest.raises(PermissionDenied):
            change()


@pytest.mark.parametrize("actor", [lambda: SYSTEM, lambda: make_actor(Role.DUTY_OFFICER)])
def test_who_is_never_called_keeps_no_numbers_here(actor):
    with pytest.raises(PermissionDenied):
        add(actor())


@pytest.fixture
def desk(client):
    membership = make_membership(Role.ON_CALL_WORKER)
    make_contact_point(membership.pk, value="+31600000001")
    client.force_login(membership.user)
    return client, actor_for(membership)


def test_the_worker_adds_a_number_on_the_page(desk):
    client, actor = desk
    assert "+31600000001" in client.get("/werk/bereikbaar/").content.decode()
    assert client.get("/werk/bereikbaar/nieuw/").status_code == 200
    answer = client.post(
        "/werk/bereikbaar/nieuw/", {"number": "06 12 34 56 78", "channel": "voice", "wait": "2"}
    )
    assert client.get(answer.url).status_code == 200
    assert "nog niet bevestigd" in client.get("/werk/bereikbaar/").content.decode()
    assert client.post(answer.url, {"code": "x"}).status_code == 422
    text = client.post(answer.url, {"code": code_sent(actor)}, follow=True).content.decode()
    assert NUMBER in text
    assert "na 2 minuten" in text


def test_a_mistake_is_said_beside_the_field_and_stays(desk):
    client, _actor = desk
    answer = client.post("/werk/bereikbaar/nieuw/", {"number": "nul zes", "channel": "voice", "wait": "2"})
    assert answer.status_code == 422
    assert "Dit is geen telefoonnummer" in answer.content.decode()
    assert 'value="nul zes"' in answer.content.decode()


def test_the_order_is_changed_and_refused_on_the_page(desk):
    client, actor = desk
    address = f"/werk/bereikbaar/{own_points(actor, NIGHT).get().pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"wait": "0"}).status_code == 302
    answer = client.post(address, {"wait": "1"})
    assert answer.status_code == 422
    assert "Eén telefoon moet meteen gaan" in answer.content.decode()
    assert "laatste nummer" in client.post(f"{address}weg/", follow=True).content.decode()


def test_the_seventh_number_is_refused_beside_the_field(desk):
    client, actor = desk
    for _each in range(5):
        add(actor)
    answer = client.post("/werk/bereikbaar/nieuw/", {"number": NUMBER, "channel": "sms", "wait": "0"})
    assert "al veel nummers" in answer.content.decode()


def test_dropping_works_on_the_page(desk):
    client, actor = desk
    point = add(actor)
    text = client.post(f"/werk/bereikbaar/{point.pk}/weg/", follow=True).content.decode()
    assert NUMBER not in text


def test_others_do_not_find_the_page(client):
    client.force_login(make_membership(Role.DUTY_OFFICER).user)
    assert client.get("/werk/bereikbaar/").status_code == 403
    assert client.get("/werk/bereikbaar/nieuw/").status_code == 403
