"""What looks like a program's form is kept apart, never refused and never thrown away."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.people import queries
from nabij.people.actions.registering import believe
from nabij.people.factories import MORNING, make_registration
from nabij.people.forms import RegistrationForm
from nabij.people.models import ContactWish, RegistrationState
from nabij.spool.crowds import Crowd

pytestmark = pytest.mark.django_db
ASKED = {"relation": "resident", "name": "Mirjam"}


@pytest.fixture(autouse=True)
def _nine_o_clock(db):
    clock.move_to(MORNING + timedelta(hours=1))


@pytest.fixture
def daan():
    return make_membership(Role.IAC_REGISTRAR)


@pytest.fixture
def suspect():
    return make_registration(make_incident(), is_suspect=True, yes_to=("victim_support",))


@pytest.mark.parametrize(("typed", "is_suspect"), [("", False), ("https://example.nl", True)])
def test_only_who_fills_in_what_nobody_sees_is_set_apart(typed, is_suspect):
    form = RegistrationForm({**ASKED, "website": typed})
    assert form.is_valid()
    assert form.answers()["is_suspect"] is is_suspect
    assert "website" not in form.answers()


def test_what_is_set_apart_counts_nowhere_and_asks_nobody_to_call(suspect):
    assert suspect.state == RegistrationState.SUSPECT
    counts = queries.registration_counts(suspect.incident_id)
    assert (counts.total, counts.suspect) == (0, 1)
    assert not ContactWish.objects.exists()
    assert not TrailEntry.objects.filter(verb="registration.received").exists()


def test_a_registrar_says_that_a_person_sent_it_and_from_then_on_it_counts(client, daan, suspect):
    client.force_login(daan.user)
    lists = reverse("people:registrations", args=[suspect.incident_id])
    assert "Een mens stuurde dit" not in client.get(lists).content.decode()
    assert "Een mens stuurde dit" in client.get(f"{lists}?wie=apart-gezet").content.decode()
    address = reverse("people:believe", args=[suspect.incident_id, suspect.pk])
    assert client.post(address).url == f"{lists}?wie=apart-gezet"
    client.post(address)  # pressed twice
    assert queries.registration_counts(suspect.incident_id).total == 1
    assert ContactWish.objects.get().consent_version
    assert TrailEntry.objects.filter(verb="registration.received").count() == 1


def test_nobody_else_decides_who_is_a_person(client, suspect):
    with pytest.raises(PermissionDenied):
        believe(suspect, by=make_actor(Role.IAC_EDITOR), at=clock.now())
    client.force_login(make_membership(Role.IAC_EDITOR).user)
    assert client.post(reverse("people:believe", args=[suspect.incident_id, suspect.pk])).status_code == 404


def test_who_wanted_nobody_to_call_is_believed_without_a_wish(daan):
    silent = make_registration(make_incident(), is_suspect=True)
    believe(silent, by=actor_for(daan), at=clock.now())
    assert not ContactWish.objects.exists()


def test_a_flood_from_one_network_is_looked_at_and_a_full_shelter_is_not():
    crowd, limit = Crowd(), {"seconds": 600, "forms": 3}
    assert [crowd.is_flooded_by("198.51.100", **limit) for _ in range(5)] == [False, False, False, True, True]
    assert not crowd.is_flooded_by("203.0.113", **limit)
    crowd._since -= 601
    assert not crowd.is_flooded_by("198.51.100", **limit)
