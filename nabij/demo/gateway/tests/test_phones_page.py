import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from nabij.demo.gateway.page import linked
from nabij.demo.gateway.tests.conftest import Client, Sender, wait_until


def test_an_empty_page_says_what_will_come(client: Client) -> None:
    page = client.page()
    assert "Niets hiervan gaat het netwerk op." in page
    assert "Nog geen berichten." in page


def test_nothing_that_was_sent_becomes_markup(client: Client) -> None:
    bad = "<script>alert(1)</script>\"'&"
    client.send("k1", to=bad, body=bad)
    client.mail(bad, bad.replace("\n", ""), "a@voorbeeld.test")
    client.wait_for(2)
    for page in (client.page(), client.page("?" + urlencode({"to": bad}))):
        assert "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;" in page


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Zie http://localhost:8000/o/abc?x=1&y=2.", "http://localhost:8000/o/abc?x=1&amp;y=2"),
        ("(https://a.test/b)", "https://a.test/b"),
    ],
)
def test_a_link_can_be_tapped(text: str, address: str) -> None:
    assert f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>' in linked(text)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "http://", "ftp://a.test/x", "data:text/html,x"])
def test_other_schemes_stay_text(text: str) -> None:
    assert "<a" not in linked(text)


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    assert linked('http://a.test/"onclick="x').count('"') == 6
    assert linked("<b> http://a.test/<i> <u>").count("<") == 2


def test_refreshing_can_be_switched_off_and_stays_off(client: Client) -> None:
    assert '<meta http-equiv="refresh" content="3">' in client.page()
    page = client.page("?ververs=uit&to=06")
    assert "http-equiv" not in page
    assert 'name="ververs" value="uit"' in page
    assert 'href="/?to=06"' in page


def test_strict_headers_stand_on_every_answer(client: Client) -> None:
    for path in ("/", "/phones.css", "/api/messages", "/elders"):
        headers = client.ask("GET", path)[2]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_a_page_of_another_site_can_change_nothing(client: Client) -> None:
    assert client.ask("DELETE", "/api/messages", Origin="http://elders.test")[0] == 403
    assert client.ask("DELETE", "/api/messages", Origin=f"http://127.0.0.1:{client.port}")[0] == 204


def test_names_exercise_and_faults_are_shown(client: Client, tmp_path: Path) -> None:
    (tmp_path / "names.json").write_text(json.dumps({"+31600000001": "Ayla <Demir>"}), encoding="utf-8")
    client.faults(late=0.25, late_seconds=0)
    client.send(exercise=True)
    client.wait_for(1)
    page = client.page()
    assert "Ayla &lt;Demir&gt; <bdi>+31 6 0000 0001</bdi>" in page
    assert "OEFENING" in page
    assert "melding laat 25%" in page


def test_a_busy_phone_shows_ten_messages_and_all_when_asked(client: Client) -> None:
    for number in range(12):
        client.send(f"k{number}", body=f"Bericht {number:02}")
    client.wait_for(12)
    assert client.page().count("<li>") == 10
    assert "Toon alle 12 berichten" in client.page()
    assert client.page("?to=0001").count("<li>") == 12


def test_a_key_pressed_in_a_call_reaches_the_sender_once(client: Client, sender: Sender) -> None:
    _, answer = client.send(kind="voice", answers=True)
    client.wait_for(1)
    assert "1 = ik kom" in client.page()
    press = f"/messages/{answer['id']}/answer"
    status, _, headers = client.ask("POST", press, "answer=1&to=06&ververs=uit")
    assert (status, headers["Location"]) == (303, "/?to=06&ververs=uit")
    assert client.ask("POST", press, "answer=2")[0] == 303
    wait_until(lambda: len(sender.heard) == 2)
    assert [news["answer"] for news in sender.heard if "answer" in news] == ["1"]
    assert "Gedrukt: 1 = ik kom" in client.page()
    assert "<button name" not in client.page()


def test_keys_are_offered_only_in_a_call_that_asks_for_them(client: Client) -> None:
    _, answer = client.send(kind="voice")
    client.wait_for(1)
    assert "ik kom" not in client.page()
    assert client.ask("POST", f"/messages/{answer['id']}/answer", "answer=1")[0] == 409
    assert client.ask("POST", f"/messages/{answer['id']}/answer", "answer=3")[0] == 422
