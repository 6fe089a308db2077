import json
import logging
from base64 import urlsafe_b64encode
from types import SimpleNamespace

import pytest
import structlog
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from nabij.kit import content, logs, navigation
from nabij.kit.emergency import emergency_numbers
from nabij.settings import LAPTOP_KEY, LAPTOP_SECRET, Environment


def test_a_content_file_says_when_it_was_checked_and_where_it_comes_from(tmp_path):
    without_date = tmp_path / "a.toml"
    without_date.write_text('source = "x"\n')
    with pytest.raises(content.ContentError, match="checked_on"):
        content.load_toml(without_date)
    without_source = tmp_path / "b.toml"
    without_source.write_text("checked_on = 2026-11-23\n")
    with pytest.raises(content.ContentError, match="source"):
        content.load_toml(without_source)


def test_112_comes_first():
    assert emergency_numbers()[0].number == "112"


def test_a_log_line_holds_nothing_that_was_not_listed(capsys):
    logs.configure({"level": "INFO"})
    try:
        logging.getLogger("apprise").error("Sent to 06-00000001")
        assert capsys.readouterr().err == ""
        structlog.get_logger().info("delivery failed", to="06-00000001", name="email", count=3)
        line = json.loads(capsys.readouterr().out)
        assert "to" not in line
        assert line["count"] == 3
        try:
            raise ValueError("Imke Tol")
        except ValueError:
            logging.getLogger("library").exception("went wrong for %s", "Imke Tol")
        err = capsys.readouterr().err
        assert "Imke" not in err
        assert json.loads(err)["exception_type"] == "ValueError"
    finally:
        structlog.reset_defaults()


@pytest.mark.parametrize(
    ("path", "current"), [("/werk/", "Mijn werk"), ("/werk/rooster/invoeren/", "Rooster")]
)
def test_the_menu_marks_where_you_are(path, current):
    actor = SimpleNamespace(may=lambda permission: True)
    assert [link.label for link in navigation.links_for(actor, path) if link.is_current] == [current]


def test_a_long_menu_keeps_its_last_links_under_more():
    actor = SimpleNamespace(may=lambda permission: True)
    menu = navigation.menu_for(actor, "/werk/wat-kan-nabij/")
    assert (len(menu.first), menu.is_more_current) == (navigation.IN_THE_BAR, True)
    assert [*menu.first, *menu.more] == navigation.links_for(actor, "/werk/wat-kan-nabij/")
    short = navigation.menu_for(SimpleNamespace(may=lambda permission: False), "/werk/")
    assert (short.more, short.is_more_current) == ([], False)


def test_production_refuses_every_laptop_value():
    with pytest.raises(ValueError, match="NABIJ_SECRET_KEY.*NABIJ_MASTER_KEY.*NABIJ_DEMO"):
        Environment(environment="production", demo=True, secret_key=LAPTOP_SECRET, master_key=LAPTOP_KEY)
    own = {
        "movable_clock": False,
        "gateway_token": "g" * 20,
        "secret_key": "x" * 50,
        "master_key": urlsafe_b64encode(b"m" * 32).decode(),
        "blind_key": urlsafe_b64encode(b"b" * 32).decode(),
        "spool_public_key": "p",
        "allowed_hosts": "nabij.example.nl",
    }
    safe = Environment(environment="production", base_url="https://nabij.example.nl", **own)
    assert not safe.demo
    for name, weak in {
        "blind_key": "", "master_key": "c2hvcnQ=", "gateway_token": "", "secret_key": "short",
        "allowed_hosts": "*", "gateway_url": "http://gateway.example.nl",
    }.items():  # fmt: skip
        with pytest.raises(ValueError, match=f"own value: NABIJ_{name.upper()}"):
            Environment(environment="production", base_url="https://nabij.example.nl", **{**own, name: weak})
    both = {**own, "blind_key": own["master_key"]}
    with pytest.raises(ValueError, match="NABIJ_BLIND_KEY"):
        Environment(environment="production", base_url="https://nabij.example.nl", **both)


@pytest.mark.django_db
def test_a_file_that_nobody_asked_for_is_never_stored(client):
    sent = SimpleUploadedFile("groot.bin", b"x" * 3_000_000)
    request = RequestFactory().post("/hulp-vragen/", {"bestand": sent, "place": "hier"})
    assert (request.POST["place"], len(request.FILES)) == ("hier", 0)


@pytest.mark.django_db
def test_alive_ready_measured_and_reachable_for_who_found_a_leak(client):
    assert client.get("/healthz").content == b"ok"
    assert client.get("/readyz").json() == {
        "database": "ok",
        "trail": "ok",
        "paging": "ok",
        "second_place": "ok",
    }
    assert b"python_info" in client.get("/metrics").content
    assert b"nabij_open_pages 0.0" in client.get("/metrics").content
    assert client.get("/metrics", headers={"x-forwarded-for": "10.0.0.1"}).status_code == 404
    security = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:" in security
    assert "Expires: 20" in security


@pytest.mark.django_db
def test_every_answer_carries_the_headers(client):
    answer = client.get("/healthz")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_in_words():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/inloggen/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert b"Traceback" not in answer.content
