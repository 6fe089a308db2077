"""Every page about an exercise says that it is one."""

import pytest
from django.test import Client

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.peers.factories import make_space
from nabij.people.factories import enter_own_pages, make_registration

IN_GROUPS = (
    "groepen/{}/", "groepen/{}/gesprekken/", "groepen/{}/diensten/", "groepen/{}/stoppen/",
    "groepen/{}/uit-de-groep/",
)  # fmt: skip
OWN = ("/mijn/", "/mijn/veranderen/", "/mijn/intrekken/")
pytestmark = pytest.mark.django_db
PLACES = (
    "gebeurtenissen/{}/", "gebeurtenissen/{}/feiten/", "bijeenkomsten/gebeurtenis/{}/",
    "bijeenkomsten/gebeurtenis/{}/plannen/", "bijeenkomsten/gebeurtenis/{}/tellen/", "deuren/{}/",
    "deuren/{}/nieuw/", "nazorg/gebeurtenis/{}/starten/", "advies/gebeurtenis/{}/partners/",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_page_of_an_exercise_says_so_and_a_page_of_what_really_happened_does_not(client, place):
    nadia = make_membership(Role.DUTY_OFFICER)
    client.force_login(nadia.user)
    for is_exercise in (True, False):
        incident = make_incident(by=actor_for(nadia), is_exercise=is_exercise, at=clock.now())
        answer = client.get(f"/werk/{place.format(incident.pk)}")
        assert answer.status_code == 200
        assert ("dit is niet echt gebeurd" in answer.content.decode()) is is_exercise


@pytest.mark.parametrize("place", IN_GROUPS)
def test_what_is_arranged_for_the_groups_of_an_exercise_says_so(client, place):
    noor = make_membership(Role.COMMUNITY_COORDINATOR)
    client.force_login(noor.user)
    for is_exercise in (True, False):
        space = make_space(is_exercise=is_exercise, at=clock.now(), organisation=noor.organisation)
        answer = client.get(f"/werk/{place.format(space.pk)}")
        assert answer.status_code == 200
        assert ("dit is niet echt gebeurd" in answer.content.decode()) is is_exercise


@pytest.mark.parametrize("address", OWN)
def test_the_own_pages_of_who_registered_in_an_exercise_say_so(address):
    for is_exercise in (True, False):
        incident = make_incident(is_exercise=is_exercise, at=clock.now())
        visit = Client()
        enter_own_pages(visit, make_registration(incident, at=clock.now()).person_id)
        page = visit.get(address)
        assert page.status_code == 200
        assert ("dit is niet echt gebeurd" in page.content.decode()) is is_exercise
