from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.test import Client

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.kit.clock import AMSTERDAM
from nabij.rosters import actions
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Duty, Seat
from nabij.rosters.policies import can_hand_over, can_plan
from nabij.rosters.queries import (
    duties_for,
    last_hand_overs,
    next_change,
    on_duty,
    own_duties,
    plannable_people,
    week_of,
)

pytestmark = pytest.mark.django_db
NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)


def test_who_sits_on_the_chair_now_and_not_a_moment_longer():
    bram = make_membership(name="Bram Kooistra")
    make_duty(bram, Seat.COORDINATOR, starts_at=NIGHT - timedelta(hours=1), hours=2)
    assert on_duty("coordinator", bram.team_id, NIGHT) == [bram]
    assert on_duty("coordinator", bram.team_id, NIGHT + timedelta(hours=1)) == []
    assert on_duty("coordinator", make_team("Zuid").pk, NIGHT) == []
    assert next_change(bram.team_id, NIGHT) == NIGHT + timedelta(hours=1)


def test_the_national_chair_answers_for_every_team():
    bart = make_membership(is_national=True)
    make_duty(bart, Seat.NATIONAL, starts_at=NIGHT - timedelta(hours=1))
    assert on_duty("national", make_team("Zuid").pk, NIGHT) == [bart]


def test_who_left_the_organisation_is_not_on_duty():
    bram = make_membership()
    make_duty(bram, Seat.COORDINATOR, starts_at=NIGHT - timedelta(hours=1))
    bram.ends_at = NIGHT
    bram.save()
    assert on_duty("coordinator", bram.team_id, NIGHT) == []


def test_nobody_sits_on_two_chairs_at_once():
    planner = make_actor(Role.TEAM_LEADER)
    worker = make_certified(make_membership(Role.ON_CALL_WORKER), on=NIGHT.date())
    make_certified(worker, on=NIGHT.date(), task="on_call_coordinator")
    facts = {"membership": worker, "team": worker.team, "by": planner, "at": NIGHT}
    later = NIGHT + timedelta(hours=8)
    actions.enter_duty(seat=Seat.WORKER, starts_at=NIGHT, ends_at=later, **facts)
    with pytest.raises(ValidationError, match="al een dienst"):
        actions.enter_duty(
            seat=Seat.COORDINATOR,
            starts_at=NIGHT + timedelta(hours=7),
            ends_at=later + timedelta(hours=7),
            **facts,
        )
    actions.enter_duty(seat=Seat.WORKER, starts_at=later, ends_at=later + timedelta(hours=8), **facts)
    assert Duty.objects.count() == 2


def test_a_duty_in_the_night_of_the_clock_change_is_as_long_as_it_is():
    worker = make_membership(Role.ON_CALL_WORKER)
    duty = make_duty(
        worker,
        Seat.WORKER,
        starts_at=datetime(2027, 3, 28, 0, 0, tzinfo=AMSTERDAM),
        ends_at=datetime(2027, 3, 28, 8, 0, tzinfo=AMSTERDAM),
    )
    duty.refresh_from_db()
    assert duty.ends_at - duty.starts_at == timedelta(hours=7)


@pytest.mark.parametrize(
    ("role", "own_team", "expected"),
    [
        (Role.TEAM_LEADER, True, True),
        (Role.TEAM_LEADER, False, False),
        (Role.ON_CALL_COORDINATOR, True, True),
        (Role.ON_CALL_WORKER, True, False),
        (Role.DUTY_OFFICER, True, False),
        (Role.ADMINISTRATOR, True, False),
    ],
)
def test_who_may_plan(role, own_team, expected):
    team = make_team("Noordwest") if own_team else make_team("Zuid")
    assert can_plan(make_actor(role), team.pk, NIGHT) is expected


def test_national_staff_plans_every_team_and_the_national_chair():
    national = make_actor(Role.TEAM_LEADER, is_national=True)
    assert can_plan(national, make_team().pk, NIGHT)
    assert can_plan(national, None, NIGHT)
    assert not can_plan(make_actor(Role.TEAM_LEADER), None, NIGHT)


def test_another_team_s_duties_do_not_exist_for_you():
    stranger = make_membership(Role.ON_CALL_WORKER, team=make_team("Zuid"))
    duty = make_duty(stranger, Seat.WORKER, starts_at=NIGHT)
    colleague = make_actor(Role.ON_CALL_WORKER)
    assert duty not in duties_for(colleague, NIGHT)
    assert duty in duties_for(actor_for(stranger), NIGHT)
    assert duty not in duties_for(make_actor(Role.DUTY_OFFICER), NIGHT)
    assert duty in duties_for(make_actor(Role.ON_CALL_COORDINATOR, is_national=True), NIGHT)


def test_handing_over_leaves_a_note_that_the_next_one_reads():
    bram = make_membership()
    duty = make_duty(bram, Seat.COORDINATOR, starts_at=NIGHT - timedelta(hours=8))
    actor = actor_for(bram)
    actions.hand_over(duty, "De sporthal sluit om acht uur.", by=actor, at=NIGHT)
    assert [note.text for note in last_hand_overs(make_actor(Role.ON_CALL_WORKER), NIGHT)] == [
        "De sporthal sluit om acht uur."
    ]
    assert last_hand_overs(make_actor(Role.DUTY_OFFICER), NIGHT) == []
    assert list(own_duties(actor, NIGHT)) == [duty]


def test_another_one_cannot_hand_over_or_change_your_duty():
    duty = make_duty(make_membership(), Seat.COORDINATOR, starts_at=NIGHT)
    worker = make_actor(Role.ON_CALL_WORKER)
    assert not can_hand_over(worker, duty, NIGHT)
    assert can_hand_over(make_actor(Role.TEAM_LEADER), duty, NIGHT)
    for attempt in (
        lambda: actions.hand_over(duty, "x", by=worker, at=NIGHT),
        lambda: actions.remove_duty(duty, by=worker, at=NIGHT),
        lambda: actions.enter_duty(
            membership=duty.membership,
            seat=Seat.WORKER,
            team=duty.team,
            starts_at=NIGHT,
            ends_at=NIGHT,
            by=worker,
            at=NIGHT,
        ),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_the_week_names_the_empty_chairs():
    bram = make_certified(make_membership(), on=datetime(2027, 1, 4).date(), task="on_call_coordinator")  # noqa: DTZ001
    make_duty(bram, Seat.COORDINATOR, starts_at=datetime(2027, 1, 4, tzinfo=AMSTERDAM), hours=24 * 6.5)
    days = week_of(actor_for(bram), datetime(2027, 1, 4).date(), NIGHT)  # noqa: DTZ001
    assert "piketcoördinator" not in days[0].gaps
    assert "piketcoördinator" in days[6].gaps
    assert {"piketmedewerker", "landelijke achterwacht"} <= set(days[0].gaps)


def test_a_planner_enters_and_removes_a_duty_in_the_browser(client: Client):
    planner = make_membership(Role.TEAM_LEADER)
    worker = make_certified(make_membership(Role.ON_CALL_WORKER), on=NIGHT.date())
    client.force_login(planner.user)
    form = {
        "membership": str(worker.pk),
        "seat": "worker",
        "starts_at": "2027-01-10T19:00",
        "ends_at": "2027-01-11T07:00",
    }
    assert client.post("/werk/rooster/invoeren/", form).status_code == 302
    duty = Duty.objects.get()
    assert duty.starts_at == datetime(2027, 1, 10, 19, tzinfo=AMSTERDAM)
    page = client.get("/werk/rooster/?week=2027-01-10").content.decode()
    assert worker.user.name in page
    assert client.post("/werk/rooster/invoeren/", form).status_code == 422
    wrong = client.post("/werk/rooster/invoeren/", {**form, "ends_at": "2027-01-09T07:00"}).content.decode()
    assert "Het einde ligt voor het begin" in wrong
    too_long = client.post(
        "/werk/rooster/invoeren/", {**form, "ends_at": "2027-12-09T07:00"}
    ).content.decode()
    assert "hooguit twee weken" in too_long
    assert client.post(f"/werk/rooster/{duty.pk}/overdragen/", {"note": "Rustige nacht."}).status_code == 302
    assert client.get(f"/werk/rooster/{duty.pk}/overdragen/").status_code == 200
    assert client.post(f"/werk/rooster/{duty.pk}/verwijderen/").status_code == 302
    assert not Duty.objects.exists()
    assert client.get("/werk/rooster/?week=onzin").status_code == 200


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.CONTROL_ROOM, Role.ON_CALL_WORKER, Role.IAC_EDITOR])
def test_who_plans_nothing_reads_no_names_from_the_form_of_a_duty(role):
    make_membership(is_national=True, name="Bart Landelijk")
    member, client = make_membership(role), Client()
    client.force_login(member.user)
    for answer in (client.get("/werk/rooster/invoeren/"), client.post("/werk/rooster/invoeren/")):
        assert answer.status_code == 403
        assert "Bart" not in answer.content.decode()
    assert not plannable_people(actor_for(member), NIGHT).exists()


def test_a_duty_that_ends_before_it_starts_is_no_case_of_two_chairs():
    planner = make_actor(Role.TEAM_LEADER)
    worker = make_membership(Role.ON_CALL_WORKER)
    facts = {"membership": worker, "team": worker.team, "seat": Seat.WORKER, "by": planner, "at": NIGHT}
    with pytest.raises(IntegrityError, match="a_duty_ends_after_it_starts"):
        actions.enter_duty(starts_at=NIGHT, ends_at=NIGHT, **facts)
    assert not Duty.objects.exists()
