"""The team Noordwest: Olaf leads it, Ayla and Daan help, Rinske manages cases; Hester is with the police."""

from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_municipality, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.cases.factories import make_helper


@pytest.fixture
def noordwest(db):
    team, other = make_team(), make_team("Zuid")
    people = {
        "olaf": make_membership(Role.TEAM_LEADER, name="Olaf Kruit", team=team),
        "ayla": make_helper(name="Ayla Demir", team=team),
        "daan": make_helper(name="Daan Oort", team=team),
        "vera": make_helper(Role.VOLUNTEER, name="Vera Blok", team=team),
        "rinske": make_helper(Role.CASE_MANAGER, name="Rinske Bouma", team=team),
        "zuid": make_helper(name="Zeynep Zuid", team=other),
        "femke": make_membership(Role.TEAM_LEADER, name="Femke Zuid", team=other),
        "hester": make_membership(Role.POLICE_OFFICER, name="Hester Blom"),
        "imke": make_membership(Role.ON_CALL_WORKER, name="Imke Tol", team=team),
        "nadia": make_membership(Role.DUTY_OFFICER, name="Nadia Vroom"),
    }
    return SimpleNamespace(
        team=team,
        municipality=make_municipality(),
        member=SimpleNamespace(**people),
        **{key: actor_for(each) for key, each in people.items()},
    )
