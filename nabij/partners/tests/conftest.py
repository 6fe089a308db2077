"""Els works for Heidebeek and Joost for Duinrand, both in region VR91; Zeger works in another region."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_municipality, make_region, make_team
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.factories import make_incident
from nabij.partners.factories import make_partner

MONDAY = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)  # 10:00 in Amsterdam
AT_NIGHT = datetime(2027, 1, 12, 2, 10, tzinfo=UTC)  # 03:10


def actor(role, name, **where):
    return actor_for(make_membership(role, name=name, **where))


@pytest.fixture
def place(db):
    heidebeek = make_municipality()
    duinrand = make_municipality("GM9002", "Duinrand")
    south = make_region("VR92", team=make_team("Zuid"))
    far = make_municipality("GM9003", "Verweg", region=south)
    found = SimpleNamespace(
        heidebeek=heidebeek,
        duinrand=duinrand,
        els=actor(Role.DUTY_OFFICER, "Els Tuinman", municipality=heidebeek),
        pim=actor(Role.DUTY_OFFICER, "Pim Dijk", municipality=heidebeek),
        joost=actor(Role.DUTY_OFFICER, "Joost Prins", municipality=duinrand),
        zeger=actor(Role.DUTY_OFFICER, "Zeger Zuid", municipality=far),
        olaf=actor(Role.TEAM_LEADER, "Olaf Kruit"),
        noor=actor(Role.ADVICE_LINE, "Noor Wessels", is_national=True),
        bram=actor(Role.ON_CALL_COORDINATOR, "Bram Kooistra"),
        ghor_officer=actor(Role.GHOR_OFFICER, "Gerda Hoor", municipality=heidebeek),
        vera=actor(Role.VOLUNTEER, "Vera Blok", is_volunteer=True),
    )
    found.ghor = make_partner(by=found.els, at=MONDAY)
    found.incident = make_incident(by=found.els, at=MONDAY)
    return found


@pytest.fixture
def as_(client):
    def log_in(who):
        client.force_login(Membership.objects.get(pk=who.id).user)
        return client

    return log_in
