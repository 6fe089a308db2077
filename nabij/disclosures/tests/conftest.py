"""The fire of S05 in Heidebeek: lead Lot makes exports, Gijs (GGD) and Els (municipality) collect."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_municipality, make_region, make_team
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor, ActorKind
from nabij.disclosures import actions
from nabij.incidents.factories import make_incident
from nabij.kit import clock

FIRE = datetime(2027, 5, 15, 17, 20, tzinfo=UTC)
EVENING = FIRE + timedelta(hours=3)
LATER = EVENING + timedelta(hours=1)


@pytest.fixture
def place(db):
    south = make_municipality("GM9002", "Duinrand", region=make_region("VR92", team=make_team("Zuid")))
    people = {
        "lot": make_membership(Role.IAC_REGISTRAR_LEAD, name="Lot Prins"),
        "rosa": make_membership(Role.IAC_REGISTRAR, name="Rosa Vink"),
        "zuid": make_membership(Role.IAC_REGISTRAR_LEAD, name="Pim Zuid", team=make_team("Zuid")),
        "gijs": make_membership(Role.PSH_LEAD, name="Gijs Hofstra", email="gijs@example.nl"),
        "els": make_membership(Role.DUTY_OFFICER, name="Els Tuinman", email="els@example.nl"),
        "joost": make_membership(
            Role.DUTY_OFFICER, name="Joost Duin", email="joost@example.nl", municipality=south
        ),
        "ger": make_membership(Role.GHOR_OFFICER, name="Ger", email="ger@example.nl", municipality=south),
        "vera": make_membership(Role.PAID_WORKER, name="Vera Blok", email="vera@example.nl"),
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


def own(row):
    return Actor(ActorKind.HELPED_PERSON, id=row.person_id)


def collected(place, receiver, email, actor, at=EVENING, form="csv"):
    """Made, named and collected."""
    actions.name_receiver(place.incident, receiver, email, by=place.lot, at=at)
    made = actions.disclose(place.incident, receiver, by=place.lot, at=at)
    return actions.collect(made, form, by=actor, at=at)
