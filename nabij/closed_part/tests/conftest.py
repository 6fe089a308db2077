"""A centre with a closed part; registrars, their leader, and somebody who waits at the door."""

from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.centres.tests.conftest import log_in, own_releases
from nabij.closed_part.factories import EVENING, make_asker, make_closed_centre
from nabij.kit import clock

__all__ = ["log_in", "own_releases"]


@pytest.fixture
def door(db):
    clock.move_to(EVENING)
    centre = make_closed_centre()
    member = {
        "rosa": make_membership(Role.IAC_REGISTRAR, name="Rosa Vink"),
        "wim": make_membership(Role.IAC_REGISTRAR, name="Wim de Boer"),
        "lead": make_membership(Role.IAC_REGISTRAR_LEAD, name="Lena Kuiper"),
    }
    return SimpleNamespace(
        centre=centre,
        incident=centre.incident,
        asker=make_asker(centre),
        member=SimpleNamespace(**member),
        **{name: actor_for(each) for name, each in member.items()},
        editor=make_actor(Role.IAC_EDITOR),
    )
