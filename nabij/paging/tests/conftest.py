"""People on their seats, with a phone each."""

from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership
from nabij.accounts.roles import Role
from nabij.notify.factories import make_contact_point
from nabij.notify.tests.conftest import mailbox, phones  # noqa: F401  (fixtures)
from nabij.paging.factories import seated


@pytest.fixture
def night(db):
    """Coordinator Bram, second Noor, national Bart; workers Ayla, Joris and Wim; each with one phone."""
    people = {
        "bram": make_membership(Role.ON_CALL_COORDINATOR, name="Bram Kooistra"),
        "noor": make_membership(Role.ON_CALL_COORDINATOR, name="Noor Jansen"),
        "bart": make_membership(Role.ON_CALL_COORDINATOR, name="Bart Smit", is_national=True),
        **{
            name: make_membership(Role.ON_CALL_WORKER, name=name.title()) for name in ("ayla", "joris", "wim")
        },
    }
    for number, each in enumerate(people.values()):
        make_contact_point(each.pk, value=f"06000000{number:02d}")
    places = {
        "coordinator": [people["bram"].pk],
        "second_coordinator": [people["noor"].pk],
        "national": [people["bart"].pk],
        "worker": [people[name].pk for name in ("ayla", "joris", "wim")],
    }
    with seated(places):
        yield SimpleNamespace(seats=places, **people)
