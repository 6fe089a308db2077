"""Colleagues come and go: who brings them in, who shows them out, and what is left of their rights."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.actions import begin_membership, end_memberships, open_account
from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.policies import can_bring_in, can_show_out
from nabij.accounts.queries import actor_for, current_memberships
from nabij.accounts.roles import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "team_name", "national", "may"),
    [
        (Role.TEAM_LEADER, "Noordwest", False, True),
        (Role.TEAM_LEADER, "Zuid", False, False),
        (Role.TEAM_LEADER, "", True, True),
        (Role.ADMINISTRATOR, "", True, True),
        (Role.TRAINER, "", True, False),
        (Role.ON_CALL_COORDINATOR, "Noordwest", False, False),
        (Role.DUTY_OFFICER, "", False, False),
    ],
)
def test_who_brings_colleagues_in_and_shows_them_out(role, team_name, national, may):
    team, colleague = make_team("Noordwest"), make_membership(Role.ON_CALL_WORKER)
    actor = make_actor(role, team=make_team(team_name) if team_name else None, is_national=national)
    assert can_bring_in(actor, team.pk, NOW) is may
    assert can_show_out(actor, colleague.user_id, team.pk, NOW) is may
    if not may:
        for attempt in (
            lambda: open_account(name="Jet", email="jet@example.nl", team=team, by=actor, at=NOW),
            lambda: begin_membership(
                colleague.user, Role.VOLUNTEER, team=team, is_volunteer=True, by=actor, at=NOW
            ),
            lambda: end_memberships(colleague.user, team=team, by=actor, at=NOW),
        ):
            with pytest.raises(PermissionDenied):
                attempt()
        assert current_memberships(colleague.user, NOW).count() == 1


def test_an_account_has_no_rights_until_a_role_is_given_and_none_after_it_ended():
    team, leader = make_team(), make_actor(Role.TEAM_LEADER)
    user = open_account(name="Jet Faber", email="Jet@example.nl", team=team, by=leader, at=NOW)
    assert (user.email, user.has_usable_password()) == ("jet@example.nl", False)
    assert not current_memberships(user, NOW).exists()
    begin_membership(user, Role.VOLUNTEER, team=team, is_volunteer=True, by=leader, at=NOW)
    later = datetime(2027, 2, 1, 9, tzinfo=UTC)
    assert current_memberships(user, later).get().role == Role.VOLUNTEER
    assert end_memberships(user, team=team, by=leader, at=later) == 1
    assert not current_memberships(user, later).exists()
    assert end_memberships(user, team=team, by=leader, at=later) == 0
    with pytest.raises(ValidationError, match="al een account"):
        open_account(name="Nog een", email="JET@example.nl", team=team, by=leader, at=NOW)


def test_nobody_ends_the_own_rights():
    leader = make_membership(Role.TEAM_LEADER)
    with pytest.raises(PermissionDenied):
        end_memberships(leader.user, team=leader.team, by=actor_for(leader), at=NOW)
