from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_actor, make_municipality, make_region, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.psh.actions import (
    appoint_contact,
    count_shelter,
    decide_advice,
    give_advice,
    plan_meeting,
    write_plan,
)
from nabij.psh.content import is_shelter_too_full
from nabij.psh.models import AftercarePlan, FamilyContact
from nabij.psh.queries import advice_for, core_team_of
from nabij.psh.queries.core_team import clocks_of_shelter, contact_people
from nabij.psh.tests.conftest import EVENING, make_worker

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_nine_advices_seven_adopted_and_they_stay_in_the_core_team(fire):
    """S05-12."""
    for number in range(9):
        advice = give_advice(
            fire.incident, f"Vraag {number}", "Advies", by=fire.bart, at=EVENING + number * HOUR
        )
        decide_advice(advice, number < 7, by=fire.tineke, at=EVENING)
    team = core_team_of(fire.incident, fire.tineke, EVENING)
    assert (len(team.advice), team.adopted) == (9, 7)
    assert team.advice[0].question == "Vraag 0"
    assert advice_for(fire.bart, EVENING).count() == 9
    for other in (
        make_actor(Role.DUTY_OFFICER),
        make_actor(Role.GHOR_OFFICER),
        make_actor(Role.TEAM_LEADER),
        make_actor(Role.PSH_LEAD, municipality=elsewhere()),
        SYSTEM,
    ):
        assert not advice_for(other, EVENING).exists()


def elsewhere():
    region = make_region("VR92", team=make_team("Zuid"))
    return make_municipality("GM9950", "Elders", region=region)


def test_a_plan_has_versions_that_are_never_changed(fire):
    """S05-13."""
    write_plan(fire.incident, "Eerste", by=fire.tineke, at=EVENING)
    second = write_plan(fire.incident, "Tweede", by=fire.tineke, at=EVENING + timedelta(days=7))
    assert second.version == 2
    assert core_team_of(fire.incident, fire.tineke, EVENING).plan.text == "Tweede"
    assert AftercarePlan.objects.count() == 2


def test_each_family_has_one_contact_person(fire):
    """S05-13."""
    ayla, joris = make_worker("Ayla"), make_worker("Joris")
    appoint_contact(fire.incident, "G1", ayla, by=fire.tineke, at=EVENING)
    appoint_contact(fire.incident, "G1", joris, by=fire.tineke, at=EVENING + HOUR)
    appoint_contact(fire.incident, "G2", ayla, by=fire.tineke, at=EVENING)
    team = core_team_of(fire.incident, fire.tineke, EVENING)
    assert [(each.family, each.contact) for each in team.contacts] == [("G1", joris), ("G2", ayla)]
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyContact.objects.create(incident=fire.incident, family="G1", contact=ayla, starts_at=EVENING)
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyContact.objects.create(incident=fire.incident, family="Jansen", contact=ayla, starts_at=EVENING)
    assert ayla in contact_people(EVENING)


def test_meetings_stand_in_their_order(fire):
    plan_meeting(
        fire.incident, "residents", "Buurthuis", EVENING + timedelta(days=5), by=fire.tineke, at=EVENING
    )
    plan_meeting(fire.incident, "bereaved", "Kerk", EVENING + timedelta(days=3), by=fire.tineke, at=EVENING)
    found = core_team_of(fire.incident, fire.tineke, EVENING).meetings
    assert [each.audience for each in found] == ["bereaved", "residents"]


@pytest.mark.parametrize(
    ("people", "affected", "warns"),
    [
        (140, 212, True),
        (21, 212, False),
        (22, 212, True),
        (200, None, False),
        (201, None, True),
        (201, 9999, True),
    ],
)
def test_a_shelter_with_more_than_a_tenth_or_two_hundred_warns(people, affected, warns):
    """S05-9."""
    assert is_shelter_too_full(people, affected) is warns


def test_140_people_warn_and_rehousing_is_decided_within_48_hours(fire):
    """S05-9."""
    assert clocks_of_shelter(fire.incident, EVENING) == []
    assert not core_team_of(fire.incident, fire.tineke, EVENING).is_too_full
    count_shelter(fire.incident, 140, False, by=fire.tineke, at=EVENING)
    [clock] = clocks_of_shelter(fire.incident, EVENING)
    assert (clock.due_at, clock.done_at) == (EVENING + 48 * HOUR, None)
    assert core_team_of(fire.incident, fire.tineke, EVENING).is_too_full
    count_shelter(fire.incident, 90, True, by=fire.tineke, at=EVENING + 20 * HOUR)
    assert clocks_of_shelter(fire.incident, EVENING)[0].done_at == EVENING + 20 * HOUR


def test_only_the_leader_of_the_core_team_writes_and_only_an_adviser_advises(fire):
    advice = give_advice(fire.incident, "Vraag", "Advies", by=fire.bart, at=EVENING)
    worker = make_worker("Ayla")
    for other in (fire.bart, make_actor(Role.DUTY_OFFICER), actor_for(worker)):
        for attempt in (
            lambda by: decide_advice(advice, True, by=by, at=EVENING),
            lambda by: write_plan(fire.incident, "Plan", by=by, at=EVENING),
            lambda by: appoint_contact(fire.incident, "G1", worker, by=by, at=EVENING),
            lambda by: plan_meeting(fire.incident, "staff", "Hier", EVENING, by=by, at=EVENING),
            lambda by: count_shelter(fire.incident, 1, False, by=by, at=EVENING),
        ):
            with pytest.raises(PermissionDenied):
                attempt(other)
    for other in (fire.tineke, actor_for(worker)):
        with pytest.raises(PermissionDenied):
            give_advice(fire.incident, "Vraag", "Advies", by=other, at=EVENING)
