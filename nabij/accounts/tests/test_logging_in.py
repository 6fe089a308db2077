import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache, caches
from django.db import connection

from nabij.accounts.factories import make_membership
from nabij.accounts.models import User
from nabij.accounts.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "een lang wachtwoord 27"


@pytest.fixture(autouse=True)
def no_limits_left_over():
    cache.clear()


def log_in(client, membership, password=PASSWORD):
    return client.post(
        "/inloggen/login/", {"login": membership.user.email, "password": password}, follow=True
    )


def test_every_desk_page_asks_for_a_login(client):
    answer = client.get("/werk/rooster/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/inloggen/login/")


def test_a_colleague_logs_in_with_password_and_sees_the_desk(client):
    answer = log_in(client, make_membership(password=PASSWORD))
    assert answer.redirect_chain[-1][0] == "/werk/"
    assert "Mijn werk" in answer.content.decode()


def test_a_wrong_password_says_so_in_dutch_and_tells_nothing_of_who_exists(client):
    membership = make_membership(password=PASSWORD)
    wrong = log_in(client, membership, "fout").content.decode()
    unknown = client.post(
        "/inloggen/login/", {"login": "niemand@example.nl", "password": "fout"}
    ).content.decode()
    message = re.search(r"<li>([^<]*wachtwoord[^<]*)</li>", wrong)
    assert message is None or message.group(1) in unknown
    assert "field__error" in wrong or "error-summary" in wrong


def test_failing_often_from_elsewhere_does_not_lock_the_owner_out(client):
    membership = make_membership(password=PASSWORD)
    for _ in range(25):
        client.post(
            "/inloggen/login/", {"login": membership.user.email, "password": "fout"}, REMOTE_ADDR="192.0.2.1"
        )
    answer = log_in(client, membership)
    assert answer.redirect_chain[-1][0] == "/werk/"


def test_nobody_can_make_an_account(client):
    client.post("/inloggen/signup/", {"email": "nieuw@example.nl", "password1": PASSWORD})
    assert not User.objects.filter(email="nieuw@example.nl").exists()


def test_without_second_factor_the_desk_stays_closed(client):
    answer = log_in(client, make_membership(password=PASSWORD))
    assert "/inloggen/2fa/totp/activate/" in [step[0] for step in answer.redirect_chain]
    assert client.get("/werk/").status_code == 302


def test_with_a_second_factor_the_desk_opens_and_without_the_code_it_does_not(client):
    membership = make_membership(password=PASSWORD)
    secret = generate_totp_secret()
    TOTP.activate(membership.user, secret)
    RecoveryCodes.activate(membership.user)
    answer = log_in(client, membership)
    assert answer.redirect_chain[-1][0] == "/inloggen/2fa/authenticate/"
    assert client.get("/werk/").status_code == 302
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    opened = client.post("/inloggen/2fa/authenticate/", {"code": code}, follow=True)
    assert opened.redirect_chain[-1][0] == "/werk/"


def test_a_recovery_code_is_a_second_factor_once(client):
    membership = make_membership(password=PASSWORD)
    TOTP.activate(membership.user, generate_totp_secret())
    codes = RecoveryCodes.activate(membership.user).get_unused_codes()
    log_in(client, membership)
    opened = client.post("/inloggen/2fa/authenticate/", {"code": codes[0]}, follow=True)
    assert opened.redirect_chain[-1][0] == "/werk/"
    left = Authenticator.objects.get(user=membership.user, type="recovery_codes").wrap().get_unused_codes()
    assert codes[0] not in left


def test_who_no_longer_belongs_to_an_organisation_sees_nothing(client):
    membership = make_membership(password=PASSWORD)
    client.force_login(membership.user)
    membership.ends_at = membership.starts_at.replace(year=2021)
    membership.save()
    assert client.get("/werk/").status_code == 403


def test_going_on_in_another_of_one_s_own_roles(client):
    first, other, stranger = make_membership(), make_membership(Role.TEAM_LEADER), make_membership()
    other.user = first.user
    other.save()
    client.force_login(first.user)
    assert client.post(f"/werk/rol/{other.pk}/").status_code == 302
    assert client.session["membership"] == str(other.pk)
    assert client.post(f"/werk/rol/{stranger.pk}/").status_code == 404


def test_the_list_of_sessions_shows_where_one_is_logged_in(client):
    log_in(client, make_membership(password=PASSWORD))
    assert client.get("/inloggen/sessions/").status_code == 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("127.0.0.1", "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        ("198.51.100.1", "203.0.113.7", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_failing_logins_are_counted_per_visitor_behind_the_proxy_and_cannot_be_forged(
    rf, remote, forwarded, address
):
    request = rf.get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert get_adapter().get_client_ip(request) == address


def test_all_web_processes_count_failed_logins_together():
    """Two caches as two processes have them: what one counts, the other knows."""
    one, other = caches.create_connection("default"), caches.create_connection("default")
    assert one is not other
    one.set("allauth:rl:test", [1.0, 2.0], timeout=300)
    assert other.get("allauth:rl:test") == [1.0, 2.0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kit_sharedcount")
        assert cursor.fetchone() == (1,)
