"""The Kokmeeuwstraat after an explosion: Nadia plans, Olaf promises two people, two officers walk."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_membership, make_municipality, make_region, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.doors import actions
from nabij.doors.addresses import read_addresses
from nabij.doors.content import briefing_points
from nabij.doors.models import AskedFor, Outcome
from nabij.doors.queries import elsewhere
from nabij.incidents.factories import make_incident
from nabij.notify.factories import make_contact_point

MORNING = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)  # nine o'clock in Amsterdam
STARTS, ENDS = MORNING + timedelta(hours=2), MORNING + timedelta(hours=6)
STREET = "Kokmeeuwstraat 1-7 oneven\nKokmeeuwstraat 2-8 even"


def make_worker(name, *, is_certified=True):
    """Somebody of victim support, certified to help people or not, with a phone."""
    membership = make_membership(Role.VOLUNTEER, name=name)
    if is_certified:
        make_certified(
            membership, task="support", on=MORNING.date(),
            last_valid_on=MORNING.date() + timedelta(days=200),
        )  # fmt: skip
    make_contact_point(membership.pk)
    return membership


@pytest.fixture
def nothing_is_drawn(monkeypatch):
    """No address is left to others by chance: tests count doors."""
    monkeypatch.setattr(elsewhere, "_drawn", lambda addresses: set())


@pytest.fixture
def street(db, nothing_is_drawn):
    make_municipality()
    nadia, jip, mo = (make_membership(Role.DUTY_OFFICER, name=name) for name in ("Nadia", "Jip", "Mo"))
    olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit", team=make_team())
    for each in (nadia, olaf):
        make_contact_point(each.pk)
    imke, youssef = make_worker("Imke Tol"), make_worker("Youssef Amrani")
    elsewhere = make_municipality("GM9009", "Duinrand", region=make_region("VR99", team=make_team("Zuid")))
    return SimpleNamespace(
        incident=make_incident(by=actor_for(nadia)), nadia=actor_for(nadia), jip=actor_for(jip),
        mo=actor_for(mo), olaf=actor_for(olaf), imke=actor_for(imke), youssef=actor_for(youssef),
        imke_membership=imke, nadia_membership=nadia, olaf_membership=olaf, jip_membership=jip,
        stranger=actor_for(make_membership(Role.DUTY_OFFICER, name="Vreemd", municipality=elsewhere)),
    )  # fmt: skip


def make_ask(street, people=(), *, number=2, kind=AskedFor.DOORS):
    wanted = actions.Asked(kind, number, ("tr",), "Sporthal", STARTS, ENDS)
    ask = actions.ask_people(street.incident, wanted, by=street.nadia, at=MORNING)
    if people:
        ask = actions.accept_ask(ask, [each.id for each in people], by=street.olaf, at=MORNING)
    return ask


def make_round(street, text=STREET, **plan):
    wanted = actions.Plan(read_addresses(text), STARTS, ENDS, **plan)
    return actions.plan_round(street.incident, wanted, by=street.nadia, at=MORNING)


def make_walk(street, text=STREET):
    """A round with two pairs, the first of them briefed: Jip and Imke."""
    make_ask(street, [street.imke, street.youssef])
    found = make_round(street, text)
    street.pair = actions.make_pair(found, street.jip.id, street.imke.id, by=street.nadia, at=MORNING)
    street.other = actions.make_pair(found, street.mo.id, street.youssef.id, by=street.nadia, at=MORNING)
    actions.brief_pair(street.pair, list(briefing_points()), by=street.jip, at=MORNING)
    return found


def told(door, outcome=Outcome.TALKED, *, previous=None, at=STARTS, id=None):
    return actions.Told(id or uuid4(), door.pk, outcome, previous, at)


@pytest.fixture
def walk(street):
    street.round = make_walk(street)
    return street
