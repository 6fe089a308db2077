"""A fire, two registrars, and two registrations of one person."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.incidents.factories import make_incident
from nabij.matching.actions.comparing import compare_all
from nabij.matching.actions.keying import fill_keys
from nabij.matching.models import PossibleDouble
from nabij.people.factories import MORNING, make_registration

NOON = MORNING + timedelta(hours=4)


def compare():
    """The two jobs, one after the other."""
    fill_keys(by=SYSTEM, at=NOON)
    compare_all(by=SYSTEM, at=NOON)


def make_two():
    """Mirjam registers in the morning, and again an hour later, a little otherwise."""
    fire = make_incident()
    early = make_registration(
        fire, name="Mirjam Zandstra", yes_to=("ggd", "municipality"), needs=["talk"], guardian="",
        municipality="Heidebeek", wants_newsletter=True,
    )  # fmt: skip
    late = make_registration(
        fire, at=MORNING + timedelta(hours=1), name="M. Zandstra-Bos", phone="+31600000043",
        yes_to=("victim_support", "municipality"), needs=["housing", "talk"], urgent="yes",
        safe_to_call="careful", zone="building", age_group="",
    )  # fmt: skip
    compare()
    return SimpleNamespace(
        fire=fire, early=early, late=late, pair=PossibleDouble.objects.get(),
        bo=make_actor(Role.IAC_REGISTRAR, name="Bo"), ada=make_actor(Role.IAC_REGISTRAR, name="Ada"),
    )  # fmt: skip


@pytest.fixture
def two(db):
    return make_two()


def rows_of(tables):
    """Every row of each table, without the columns that are made anew, to compare before and after."""
    return {
        model.__name__: sorted(
            str([(key, bytes(each) if isinstance(each, memoryview) else each)
                 for key, each in row.items() if key not in without])
            for row in model.objects.values()
        )
        for model, without in tables
    }  # fmt: skip
