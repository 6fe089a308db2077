"""People at a desk, for the tests of pages."""

from collections import defaultdict

import pytest
from django.test import Client
from django.urls import reverse

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents import clocks
from nabij.incidents.factories import NIGHT
from nabij.kit import clock, navigation, panels


class Person:
    """Somebody at a desk."""

    def __init__(self, role, **fields):
        membership = make_membership(role, **fields)
        self.actor = actor_for(membership)
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(
            membership.user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )

    def get(self, name, *args, query="", **headers):
        return self.client.get(reverse(f"incidents:{name}", args=args) + query, headers=headers)

    def post(self, name, *args, **data):
        return self.client.post(reverse(f"incidents:{name}", args=args), data)


@pytest.fixture
def night_without_upper_storeys(db, monkeypatch):
    """Half past three; what apps above add to these pages is tested in those apps."""
    clock.move_to(NIGHT)
    monkeypatch.setattr(clocks, "_sources", [])
    monkeypatch.setattr(panels, "_slots", defaultdict(list))
    own = [entry for entry in navigation._entries if entry.url_name.startswith("incidents:")]
    monkeypatch.setattr(navigation, "_entries", own)


@pytest.fixture
def bram():
    return Person(Role.ON_CALL_COORDINATOR, name="Bram Kooistra")


@pytest.fixture
def nadia():
    return Person(Role.DUTY_OFFICER, name="Nadia Vroom")


@pytest.fixture
def operator():
    return Person(Role.CONTROL_ROOM)


def text(response):
    return response.content.decode()
