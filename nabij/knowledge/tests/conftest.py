"""Els works for Heidebeek, Joost for Duinrand, Olaf leads the team of victim support, Vera volunteers."""

from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.knowledge.factories import make_district


@pytest.fixture
def place(db):
    heidebeek = make_municipality()
    duinrand = make_municipality("GM9002", "Duinrand")
    els = make_membership(Role.DUTY_OFFICER, name="Els Tuinman", municipality=heidebeek)
    els.job_title = "Wijkmanager Vogelwijk"
    els.save()
    return SimpleNamespace(
        heidebeek=heidebeek,
        duinrand=duinrand,
        els=actor_for(els),
        joost=actor_for(make_membership(Role.DUTY_OFFICER, name="Joost Prins", municipality=duinrand)),
        olaf=actor_for(make_membership(Role.TEAM_LEADER, name="Olaf Kruit")),
        vera=actor_for(make_membership(Role.VOLUNTEER, name="Vera Blok")),
        district=make_district(municipality=heidebeek),
    )


@pytest.fixture
def as_(client):
    def log_in(actor):
        client.force_login(Membership.objects.get(pk=actor.id).user)
        return client

    return log_in
