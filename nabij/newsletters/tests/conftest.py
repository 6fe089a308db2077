from datetime import timedelta

import pytest

from nabij.accounts.factories import make_membership, make_municipality
from nabij.centres.factories import EVENING, make_live_centre
from nabij.kit import clock
from nabij.newsletters import tasks

LATER = EVENING + timedelta(hours=1)


@pytest.fixture
def centre():
    clock.move_to(LATER)
    make_municipality()
    return make_live_centre()


@pytest.fixture
def log_in(client, settings):
    settings.TOTP_REQUIRED = False

    def enter(role, **facts):
        membership = make_membership(role, **facts)
        client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


@pytest.fixture
def one_connection(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
