"""Heidebeek with its officer Els, team leader Tom and police officer Hester; Joost is of another place."""

from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_actor, make_municipality, make_region, make_team
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role


@pytest.fixture
def place(db):
    heidebeek = make_municipality("GM9001", "Heidebeek")
    duinrand = make_municipality("GM9002", "Duinrand")
    far = make_municipality("GM9003", "Waterdijk", region=make_region("VR92", team=make_team("Zuid")))
    els = make_actor(Role.DUTY_OFFICER, name="Els Tuinman", municipality=heidebeek)
    joost = make_actor(Role.DUTY_OFFICER, name="Joost Prins", municipality=duinrand)
    marit = make_actor(Role.DUTY_OFFICER, name="Marit Schouten", municipality=far)
    return SimpleNamespace(
        els=els,
        joost=joost,
        marit=marit,
        tom=make_actor(Role.TEAM_LEADER, name="Tom Bakker"),
        zoe=make_actor(Role.TEAM_LEADER, name="Zoë Zuid", team=make_team("Zuid")),
        hester=make_actor(Role.POLICE_OFFICER, name="Hester Blom", municipality=heidebeek),
        heidebeek=_organisation(els),
        duinrand=_organisation(joost),
        waterdijk=_organisation(marit),
    )


def _organisation(actor):
    return Membership.objects.get(pk=actor.id).organisation


@pytest.fixture
def as_(client):
    def log_in(actor):
        client.force_login(Membership.objects.get(pk=actor.id).user)
        return client

    return log_in
