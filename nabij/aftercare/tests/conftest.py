"""The explosion of S01 in Heidebeek: Nadia is the officer on duty, Tom leads the team of victim support."""

from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_municipality, make_team
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.factories import make_incident
from nabij.notify.factories import make_contact_point


def make_world():
    places = SimpleNamespace(
        nadia=make_membership(Role.DUTY_OFFICER, name="Nadia Vroom"),
        ali=make_membership(Role.DUTY_OFFICER, name="Ali Kaya"),
        tom=make_membership(Role.TEAM_LEADER, name="Tom Baars"),
        stranger=make_membership(
            Role.DUTY_OFFICER, name="Joost Prins", municipality=make_municipality("GM9002", "Duinrand")
        ),
        other_team=make_membership(Role.TEAM_LEADER, name="Anna Zuid", team=make_team("Zuid")),
        worker=make_membership(Role.ON_CALL_WORKER, name="Imke Tol"),
    )
    actors = {name: actor_for(membership) for name, membership in vars(places).items()}
    for membership in vars(places).values():
        make_contact_point(membership.pk)
    return SimpleNamespace(**actors, rows=places, incident=make_incident(by=actors["nadia"]))


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def as_(client):
    def log_in(actor):
        client.force_login(Membership.objects.get(pk=actor.id).user)
        return client

    return log_in
