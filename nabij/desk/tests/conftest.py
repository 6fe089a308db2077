"""The fire of S05 in Heidebeek: registrars Rosa and Tim, their lead Lot, chief editor Owen, helper Vera."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.factories import make_incident
from nabij.kit import clock

FIRE = datetime(2027, 5, 15, 17, 20, tzinfo=UTC)  # Saturday 19:20 in Amsterdam (S05)
EVENING = FIRE + timedelta(hours=3)


@pytest.fixture
def place(db):
    people = {
        "rosa": make_membership(Role.IAC_REGISTRAR, name="Rosa Vink"),
        "tim": make_membership(Role.IAC_REGISTRAR, name="Tim Smit"),
        "lot": make_membership(Role.IAC_REGISTRAR_LEAD, name="Lot Prins"),
        "owen": make_membership(Role.IAC_CHIEF, name="Owen Baas"),
        "vera": make_membership(Role.VOLUNTEER, name="Vera Blok", is_volunteer=True),
        "els": make_membership(Role.DUTY_OFFICER, name="Els Tuinman"),
        "zuid": make_membership(Role.IAC_REGISTRAR, name="Pim Zuid", team=make_team("Zuid")),
    }
    clock.move_to(EVENING)
    found = SimpleNamespace(**{name: actor_for(each) for name, each in people.items()})
    found.members = SimpleNamespace(**people)
    found.incident = make_incident(at=FIRE, happened_at=FIRE)
    return found


@pytest.fixture
def as_(client):
    def log_in(actor):
        client.force_login(Membership.objects.get(pk=actor.id).user)
        return client

    return log_in
