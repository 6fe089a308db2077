import json
from datetime import UTC, datetime
from typing import Any

import pytest

from nabij.demo.gateway.tests.conftest import Client, Sender, wait_until


def test_a_text_reaches_the_phone_and_the_sender_hears_so(client: Client, sender: Sender) -> None:
    status, answer = client.send("k1", exercise=True)
    assert status == 202
    wait_until(lambda: sender.heard)
    [news] = sender.heard
    assert (news["id"], news["idempotency_key"], news["state"]) == (answer["id"], "k1", "delivered")
    assert datetime.fromisoformat(news["at"]) <= datetime.now(UTC)
    assert sender.tokens == ["Bearer demo"]
    [row] = client.phones()
    assert (row["to"], row["body"], row["exercise"]) == ("+31 6 0000 0001", "Kom", True)


def test_the_same_key_gives_the_same_id_and_no_second_delivery(client: Client) -> None:
    first, second = client.send("k1"), client.send("k1", body="Kom, met een nieuwe link")
    assert first == second
    client.send("k2")
    assert {row["idempotency_key"] for row in client.wait_for(2)} == {"k1", "k2"}
    assert len(client.phones()) == 2


def test_a_key_used_for_somebody_else_is_refused_instead_of_lost(client: Client) -> None:
    client.send("k1")
    assert client.send("k1", to="+31600000002")[0] == 409


def test_a_call_back_is_repeated_until_the_sender_takes_it(client: Client, sender: Sender) -> None:
    sender.refusals = 2
    client.send("k1")
    wait_until(lambda: sender.heard)
    assert len(sender.tokens) == 3


def test_the_state_of_a_message_can_be_asked(client: Client) -> None:
    _, answer = client.send("k1")
    client.wait_for(1)
    status, text, _ = client.ask("GET", f"/messages/{answer['id']}", Authorization="Bearer demo")
    assert (status, json.loads(text)["state"], json.loads(text)["delivered_times"]) == (200, "delivered", 1)
    assert client.ask("GET", f"/messages/{answer['id']}")[0] == 401
    assert client.ask("GET", "/messages/abc", Authorization="Bearer demo")[0] == 404


def test_a_wrong_token_sends_nothing(client: Client) -> None:
    assert client.send(token="other")[0] == 401
    assert client.phones() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": " "},
        {"body": ""},
        {"body": "x" * 20_001},
        {"kind": "fax"},
        {"idempotency_key": ""},
        {"exercise": "ja"},
        {"callback_url": "http://example.org/"},
        {"callback_url": "https://127.0.0.1/"},
        {"callback_url": "http://127.0.0.1:99999/"},
        {"callback_url": "http://localhost@example.org/"},
        {"callback_url": "http://127.0.0.1/a b"},
    ],
)
def test_a_message_that_cannot_be_carried_is_refused_with_a_reason(
    client: Client, wrong: dict[str, Any]
) -> None:
    status, answer = client.send(**wrong)
    assert status == 422
    assert answer["error"]


@pytest.mark.parametrize("body", ["", "[]", "{", "[" * 100_000])
def test_what_is_not_a_message_is_refused(client: Client, body: str) -> None:
    assert client.ask("POST", "/messages", body, Authorization="Bearer demo")[0] == 422


def test_too_long_a_request_and_an_unknown_address_are_refused(client: Client) -> None:
    assert client.ask("POST", "/messages", None, **{"Content-Length": "9" * 5000})[0] == 413
    assert client.ask("POST", "/messages", None, **{"Content-Length": "-1"})[0] == 411
    assert client.ask("GET", "/elders")[0] == 404
    assert client.ask("DELETE", "/faults")[0] == 405


def test_messages_are_found_by_recipient_and_moment_and_can_be_cleared(client: Client) -> None:
    client.send("k1")
    client.wait_for(1)
    between = datetime.now(UTC).isoformat()
    client.send("k2", to="+31600000002")
    client.wait_for(2)
    assert [row["idempotency_key"] for row in client.phones("?to=%2B31600000001")] == ["k1"]
    assert [row["idempotency_key"] for row in client.phones("?to=+31600000001")] == ["k1"]
    assert [row["idempotency_key"] for row in client.phones(f"?since={between}")] == ["k2"]
    assert client.ask("GET", "/api/messages?since=gisteren")[0] == 422
    assert client.ask("DELETE", "/api/messages")[0] == 204
    assert client.phones() == []


def test_emoji_and_half_characters_are_carried(client: Client) -> None:
    client.send("k1\ud800", body="Kom 🚑 مرحبا \ud800")
    assert "🚑 مرحبا" in client.wait_for(1)[0]["body"]
    assert "🚑" in client.page()
