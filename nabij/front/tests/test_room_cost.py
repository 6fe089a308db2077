"""The incident room with all its panels asks the database as little for five requests as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.accounts.factories import make_membership
from nabij.accounts.roles import Role
from nabij.incidents.factories import make_incident, make_request
from nabij.kit import clock

pytestmark = pytest.mark.django_db
MOST = 35  # the list of two hours with its clock and the door of the closed part ask one thing each


def asked(client, incident):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/werk/gebeurtenissen/{incident.pk}/")
    assert answer.status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.ON_CALL_COORDINATOR])
def test_the_room_costs_the_same_for_one_request_and_for_five(client, settings, role):
    settings.TOTP_REQUIRED = False
    membership = make_membership(role)
    incident = make_incident(at=clock.now())
    client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    first = asked(client, incident)
    for _ in range(4):
        make_request(incident, at=clock.now())
    second = asked(client, incident)
    assert len(second) == len(first)
    assert len(second) <= MOST
    looked_up = [
        sql for sql in second if sql.startswith("SELECT") and 'FROM "incidents_incident" WHERE' in sql
    ]
    assert len(looked_up) == 1, "the incident is looked up once for the page and all its panels"
