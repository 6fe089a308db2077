"""A fire with deaths; Tineke leads the core team, Bart and Bram offer people of two teams."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.factories import make_incident
from nabij.notify.factories import make_contact_point
from nabij.on_call.factories import make_on_call
from nabij.psh.actions import Asked
from nabij.rosters.models import Seat

EVENING = datetime(2027, 5, 15, 19, 0, tzinfo=UTC)


def make_worker(name, *, team=None, until=None):
    """A member of staff with every certificate, valid till well after the fire or until this day."""
    membership = make_membership(Role.ON_CALL_WORKER, name=name, team=team or make_team())
    earlier, last = EVENING.date() - timedelta(days=60), until or EVENING.date() + timedelta(days=200)
    for task in ("on_call_worker", "reception_team"):
        make_certified(membership, task=task, on=earlier, last_valid_on=last)
    make_contact_point(membership.pk)
    return membership


@pytest.fixture
def fire(db):
    bart = make_on_call(Seat.COORDINATOR, name="Bart Nijhof", around=EVENING)
    other_lead = make_on_call(Seat.COORDINATOR, name="Anna Zuid", team=make_team("Zuid"), around=EVENING)
    incident = make_incident(topic="EVT-10", people=212, at=EVENING)
    return SimpleNamespace(
        incident=incident,
        bart=actor_for(bart),
        bart_membership=bart,
        other=actor_for(other_lead),
        tineke=make_actor(Role.PSH_LEAD, name="Tineke Hofstra"),
        asked=Asked(
            "reception_team", 8, ("VEILIG",), "Sporthal", EVENING + timedelta(hours=3),
            EVENING + timedelta(hours=11),
        ),
    )  # fmt: skip
