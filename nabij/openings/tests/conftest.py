"""The fire of S05: Owen is chief editor, Bart coordinates, Lin is technician, Nadia gives the commission."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_municipality, make_region, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.centres.actions import go_live
from nabij.centres.factories import EVENING, approve_everything, make_centre
from nabij.centres.pages import public_pages
from nabij.centres.tests.conftest import own_releases
from nabij.openings import counters, trials
from nabij.openings.actions import start_opening
from nabij.openings.models import TestKind
from nabij.publish.folders import next_number, releases_folder, write_release

__all__ = ["own_releases"]


def after(minutes):
    return EVENING + timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def no_counters():
    """Figures that a test lets an app count are gone after it."""
    kept, visits = dict(counters._counters), list(counters._visits)
    counters.forget()
    yield
    counters.forget()
    counters._counters.update(kept)
    counters._visits.extend(visits)


@pytest.fixture
def people(db):
    """Everybody of the night; each as membership (`.owen_m`) and as actor (`.owen`)."""
    elsewhere = make_municipality("GM9009", "Duinrand", region=make_region("VR99", team=make_team("Zuid")))
    found = {
        "owen": make_membership(Role.IAC_CHIEF, name="Owen Baas"),
        "ida": make_membership(Role.IAC_CHIEF, name="Ida Bos"),
        "bart": make_membership(Role.ON_CALL_COORDINATOR, name="Bart Nijhof"),
        "lin": make_membership(Role.IAC_TECHNICIAN, name="Lin Chen"),
        "rosa": make_membership(Role.IAC_REGISTRAR_LEAD, name="Rosa Vink"),
        "nadia": make_membership(Role.DUTY_OFFICER, name="Nadia Vroom"),
        "cor": make_membership(Role.COMMUNITY_COORDINATOR, name="Cor Mulder"),
        "stranger": make_membership(Role.DUTY_OFFICER, name="Joost Prins", municipality=elsewhere),
        "worker": make_membership(Role.ON_CALL_WORKER, name="Imke Tol"),
    }
    actors = {name: actor_for(each) for name, each in found.items()}
    return SimpleNamespace(**actors, **{f"{name}_m": each for name, each in found.items()})


@pytest.fixture
def fire(people):
    """The commission of 20:41, without a closed part, and its list."""
    people.centre = make_centre(by=people.nadia, at=EVENING)
    people.opening = start_opening(people.centre, by=SYSTEM, at=EVENING)
    return people


def put_live(people, at):
    """Texts approved, live, and on the site: a release of the pages of centres alone."""
    approve_everything(people.centre, by=people.ida, at=at)
    people.centre = go_live(people.centre, by=people.owen, at=at)
    pages = {page.path: page.render() for page in public_pages()}
    write_release(releases_folder(), next_number(releases_folder()), pages)


@pytest.fixture
def live(fire):
    """The same, on the site after 90 minutes."""
    put_live(fire, after(90))
    return fire


@pytest.fixture(autouse=True)
def nobody_tests_the_closed_part(monkeypatch):
    """In these stories a person tests the closed part, but where a story says otherwise."""
    own = {kind: trial for kind, trial in trials._trials.items() if kind != TestKind.CLOSED_PART}
    monkeypatch.setattr(trials, "_trials", own)
