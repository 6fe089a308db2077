"""Every page about an exercise says that it is one."""

import pytest

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.factories import make_incident
from nabij.kit import clock

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
