"""A volunteer's way: apply, VOG, training, mentor, break, goodbye."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.academy import actions
from nabij.academy.factories import make_certificate, make_certified, make_volunteer
from nabij.academy.models import ALLOWED, Stage, Volunteer
from nabij.academy.queries import may_do, mentors_for, volunteers_for
from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for, current_memberships
from nabij.accounts.roles import PERMISSIONS, Role

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 9, tzinfo=UTC)
TODAY = date(2027, 1, 10)
MONTH = timedelta(days=31)


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def leader(team):
    return actor_for(make_membership(Role.TEAM_LEADER, team=team))


@pytest.fixture
def applicant(team, leader):
    return actions.apply_as_volunteer(name="Jet Faber", email="Jet@example.nl", team=team, by=leader, at=NOW)


def pass_basics(volunteer, day):
    for code in ("BASIS", "GESPREK", "PRIV"):
        make_certificate(volunteer.user, code, issued_on=day)


def test_the_whole_way_from_applying_to_goodbye(team, leader, applicant):
    assert not current_memberships(applicant.user, NOW).exists(), "who applies has no rights"
    actions.see_conduct_of(applicant, "85", by=leader, at=NOW)
    actions.accept_volunteer(applicant, by=leader, at=NOW)
    membership = current_memberships(applicant.user, NOW).get()
    assert (membership.role, membership.is_volunteer, membership.team) == (Role.VOLUNTEER, True, team)
    assert actor_for(membership).permissions == PERMISSIONS[Role.VOLUNTEER]
    pass_basics(applicant, TODAY)
    mentor = make_membership(Role.ON_CALL_WORKER, team=team).user
    actions.give_mentor(applicant, mentor, by=leader, at=NOW)
    assert may_do(applicant.user_id, "support", TODAY).is_fit
    with pytest.raises(ValidationError, match="10 april 2027"):
        actions.make_active(applicant, by=leader, at=NOW + 2 * MONTH)
    actions.make_active(applicant, by=leader, at=datetime(2027, 4, 10, 9, tzinfo=UTC))
    actions.take_break(applicant, by=leader, at=datetime(2027, 5, 1, 9, tzinfo=UTC))
    actions.make_active(applicant, by=leader, at=datetime(2027, 7, 31, 9, tzinfo=UTC))
    gone_at = datetime(2027, 8, 1, 9, tzinfo=UTC)
    left = actions.say_goodbye(applicant, by=leader, at=gone_at)
    assert left.stage == Stage.LEFT
    assert not current_memberships(applicant.user, gone_at).exists(), "rights end at once"
    assert not may_do(applicant.user_id, "support", gone_at.date()).is_fit


def test_a_known_address_is_not_taken_twice(team, leader, applicant):
    with pytest.raises(ValidationError, match="al een account"):
        actions.apply_as_volunteer(name="Nog een", email="jet@EXAMPLE.nl", team=team, by=leader, at=NOW)
    assert Volunteer.objects.count() == 1


def test_without_conduct_seen_training_does_not_begin(leader, applicant):
    with pytest.raises(ValidationError, match="VOG"):
        actions.accept_volunteer(applicant, by=leader, at=NOW)
    assert not Membership.objects.filter(user=applicant.user).exists()


def test_a_mentor_comes_after_the_basics_and_is_somebody_else(leader, team):
    membership = make_membership(Role.VOLUNTEER, team=team)
    volunteer = make_volunteer(membership, Stage.TRAINING, since=TODAY)
    mentor = make_membership(Role.ON_CALL_WORKER, team=team).user
    assert volunteer.user not in mentors_for(volunteer, NOW)
    assert mentor in mentors_for(volunteer, NOW)
    with pytest.raises(ValidationError, match="Gesprekken voeren"):
        actions.give_mentor(volunteer, mentor, by=leader, at=NOW)
    pass_basics(volunteer, TODAY)
    with pytest.raises(ValidationError, match="Iemand anders"):
        actions.give_mentor(volunteer, volunteer.user, by=leader, at=NOW)
    with pytest.raises(IntegrityError, match="nobody_is_his_own_mentor"), transaction.atomic():
        Volunteer.objects.filter(pk=volunteer.pk).update(mentor=volunteer.user)


@pytest.mark.parametrize(("returns_on", "asks"), [(date(2027, 4, 9), False), (date(2027, 4, 10), True)])
def test_after_a_long_break_the_refresher_comes_first(leader, team, returns_on, asks):
    membership = make_membership(Role.VOLUNTEER, team=team)
    volunteer = make_volunteer(membership, Stage.ON_BREAK, since=TODAY, break_from_on=TODAY)
    make_certificate(membership.user, "OPFRIS", issued_on=TODAY - timedelta(days=1))
    at = datetime(returns_on.year, returns_on.month, returns_on.day, 9, tzinfo=UTC)
    if asks:
        with pytest.raises(ValidationError, match="Opfrissen"):
            actions.make_active(volunteer, by=leader, at=at)
        make_certificate(membership.user, "OPFRIS", issued_on=returns_on)
    assert actions.make_active(volunteer, by=leader, at=at).break_from_on is None


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("wanted", [Stage.TRAINING, Stage.ACTIVE, Stage.ON_BREAK, Stage.LEFT])
def test_a_step_that_skips_the_way_is_refused(leader, team, stage, wanted):
    mentor = make_membership(team=team).user
    membership = make_membership(Role.VOLUNTEER, team=team)
    make_certified(membership, on=TODAY)
    long_ago = TODAY - 12 * MONTH
    facts = {"break_from_on": TODAY} if stage == Stage.ON_BREAK else {}
    volunteer = make_volunteer(
        membership, stage, since=long_ago, mentor=mentor, mentored_from_on=long_ago, **facts
    )
    act = {
        Stage.TRAINING: actions.accept_volunteer,
        Stage.ACTIVE: actions.make_active,
        Stage.ON_BREAK: actions.take_break,
        Stage.LEFT: actions.say_goodbye,
    }[wanted]
    if wanted in ALLOWED[stage]:
        assert act(volunteer, by=leader, at=NOW).stage == wanted
    else:
        with pytest.raises(ValidationError, match="Dat kan niet"):
            act(volunteer, by=leader, at=NOW)


@pytest.mark.parametrize(
    ("role", "team_name", "national", "sees"),
    [
        (Role.TEAM_LEADER, "Noordwest", False, True),
        (Role.TEAM_LEADER, "Zuid", False, False),
        (Role.TEAM_LEADER, "", True, True),
        (Role.ON_CALL_COORDINATOR, "Noordwest", False, False),
        (Role.TRAINER, "", True, False),
        (Role.DUTY_OFFICER, "", False, False),
    ],
)
def test_who_guides_which_volunteers(applicant, role, team_name, national, sees):
    actor = make_actor(role, team=make_team(team_name) if team_name else None, is_national=national)
    assert volunteers_for(actor, NOW).exists() is sees
    if not sees:
        with pytest.raises(PermissionDenied):
            actions.say_goodbye(applicant, by=actor, at=NOW)
        with pytest.raises(PermissionDenied):
            actions.apply_as_volunteer(
                name="Anne Bos", email="anne@example.nl", team=applicant.team, by=actor, at=NOW
            )


def test_a_leader_without_a_team_guides_nobody(applicant):
    membership = make_membership(Role.TEAM_LEADER)
    membership.team = None
    assert not volunteers_for(actor_for(membership), NOW).exists()


def test_nobody_guides_himself(team):
    membership = make_membership(Role.TEAM_LEADER, team=team)
    volunteer = make_volunteer(membership, since=TODAY)
    with pytest.raises(PermissionDenied):
        actions.say_goodbye(volunteer, by=actor_for(membership), at=NOW)
