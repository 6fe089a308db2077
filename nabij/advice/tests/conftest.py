"""An explosion in Vogelwijk, Heidebeek: Els asks, Noor answers, Olaf leads, Joost works for Duinrand."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_municipality, make_region, make_team
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.advice.actions import Asked, Said
from nabij.incidents.factories import make_incident
from nabij.knowledge.factories import make_district

MONDAY = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)  # 10:00 in Amsterdam


@pytest.fixture
def place(db):
    heidebeek = make_municipality()
    south = make_region("VR92", team=make_team("Zuid"))
    duinrand = make_municipality("GM9002", "Duinrand", region=south)
    els = make_membership(Role.DUTY_OFFICER, name="Els Tuinman", municipality=heidebeek)
    els.job_title = "Wijkmanager Vogelwijk"
    els.save()
    noor = make_membership(Role.ADVICE_LINE, name="Noor Wessels", is_national=True)
    olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit")
    found = SimpleNamespace(
        heidebeek=heidebeek,
        duinrand=duinrand,
        els_membership=els,
        noor_membership=noor,
        olaf_membership=olaf,
        els=actor_for(els),
        colleague=actor_for(make_membership(Role.DUTY_OFFICER, name="Pim Dijk", municipality=heidebeek)),
        joost=actor_for(make_membership(Role.DUTY_OFFICER, name="Joost Prins", municipality=duinrand)),
        noor=actor_for(noor),
        olaf=actor_for(olaf),
        femke=actor_for(make_membership(Role.TEAM_LEADER, name="Femke Bruin", team=make_team("Zuid"))),
        vera=actor_for(make_membership(Role.VOLUNTEER, name="Vera Blok", is_volunteer=True)),
        ravi=actor_for(make_membership(Role.CONTROL_ROOM, name="Ravi Postma", municipality=heidebeek)),
        district=make_district(municipality=heidebeek, at=MONDAY),
    )
    found.incident = make_incident(by=found.els, district="wijk Vogelwijk", at=MONDAY)
    return found


@pytest.fixture
def asked():
    return Asked("EVT-13", "Hoe lang blijven mensen bang?", "tomorrow")


@pytest.fixture
def said():
    return Said(
        "police", "EVT-13", "Wie belt de bewoners?", 12, answer="Wij gaan samen langs.", function="wijkagent",
        municipality_code="GM9001",
    )  # fmt: skip


@pytest.fixture
def as_(client):
    def log_in(actor):
        client.force_login(Membership.objects.get(pk=actor.id).user)
        return client

    return log_in
