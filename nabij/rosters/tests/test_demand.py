from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.kit.clock import AMSTERDAM
from nabij.notify.models import Message
from nabij.rosters import actions
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Demand, Duty, GapAlarm, Seat
from nabij.rosters.queries.demand import Shift, demands_for, shifts_between
from nabij.rosters.queries.gaps import coming_gaps, gaps_between, roster_between
from nabij.rosters.queries.months import month_of, rows_of
from nabij.rosters.queries.planning import planners_of

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 1, 4)
NOW = datetime(2027, 1, 4, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def certified(name="Imke Tol", role=Role.ON_CALL_WORKER, **options):
    return make_certified(make_membership(role, name=name, **options), on=MONDAY)


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2027, 1, 4, hour, tzinfo=AMSTERDAM) + timedelta(days=day)


def write(leader, **changes):
    facts = {
        "team": leader.team, "seat": Seat.WORKER, "weekdays": [6, 7], "starts": time(10), "ends": time(16),
        "needed": 1, "wished": 2, "starts_on": MONDAY, "ends_on": None, **changes,
    }  # fmt: skip
    return actions.write_demand(**facts, by=actor_for(leader), at=NOW)


def worker_shifts(team, first, last=None):
    return [each for each in shifts_between(team.pk, first, last or first) if each.seat == Seat.WORKER]


def test_without_a_word_of_the_team_the_usual_demand_counts():
    shifts = worker_shifts(make_team(), MONDAY)
    assert [(each.starts_at, each.ends_at, each.needed, each.wished) for each in shifts] == [
        (at(0, 8), at(0, 20), 2, 3),
        (at(0, 20), at(1, 8), 2, 3),
    ]
    assert [each.seat for each in shifts_between(None, MONDAY, MONDAY)] == [Seat.NATIONAL]


def test_a_lasting_demand_replaces_the_usual_one_of_that_chair_from_its_starts_on():
    leader = make_membership(Role.TEAM_LEADER)
    write(leader, starts_on=MONDAY + timedelta(days=7))
    assert len(worker_shifts(leader.team, MONDAY)) == 2
    assert worker_shifts(leader.team, MONDAY + timedelta(days=7)) == []
    saturday = MONDAY + timedelta(days=12)
    assert worker_shifts(leader.team, saturday) == [Shift(at(12, 10), at(12, 16), "worker", 1, 2)]
    assert {each.seat for each in shifts_between(leader.team.pk, saturday, saturday)} >= {"coordinator"}


def test_a_temporary_demand_comes_on_top_and_goes_by_itself():
    leader = make_membership(Role.TEAM_LEADER)
    write(leader, weekdays=[1, 2], ends_on=MONDAY)
    assert len(worker_shifts(leader.team, MONDAY)) == 3
    assert len(worker_shifts(leader.team, MONDAY + timedelta(days=1))) == 2


def test_demand_is_written_by_the_planner_of_the_team_and_seen_by_nobody_else():
    leader = make_membership(Role.TEAM_LEADER)
    demand = write(leader, needed=3, wished=1)
    assert demand.wished == 3
    other = make_membership(Role.TEAM_LEADER, team=make_team("Zuid"))
    assert not demands_for(actor_for(other), leader.team_id, NOW).exists()
    for attempt in (
        lambda: write(other, team=leader.team),
        lambda: actions.end_demand(demand, by=actor_for(other), at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    actions.end_demand(demand, by=actor_for(leader), at=NOW)
    assert not Demand.objects.exists()


def test_a_gap_is_the_part_of_a_shift_with_too_few_people():
    imke, noor = certified("Imke Tol"), certified("Noor Bos")
    make_duty(imke, Seat.WORKER, starts_at=at(0, 8), hours=12)
    make_duty(noor, Seat.WORKER, starts_at=at(0, 12), hours=8)
    gaps = [gap for gap in gaps_between(imke.team_id, MONDAY, MONDAY) if gap.shift.seat == Seat.WORKER]
    assert [(gap.starts_at, gap.ends_at, gap.missing) for gap in gaps] == [
        (at(0, 8), at(0, 12), 1),
        (at(0, 20), at(1, 8), 2),
    ]
    first = next(x for x in roster_between(imke.team_id, MONDAY, MONDAY) if x.shift.seat == Seat.WORKER)
    assert first.wished_more == 0


def test_who_may_not_sit_there_fills_no_gap_and_is_named():
    make_duty(make_membership(Role.ON_CALL_WORKER), Seat.WORKER, starts_at=at(0, 8), hours=12)
    gap = next(x for x in gaps_between(make_team().pk, MONDAY, MONDAY) if x.shift.seat == Seat.WORKER)
    assert gap.missing == 2
    assert len(gap.lacking) == 1


def test_enough_people_are_no_gap_and_one_more_is_wished():
    for name in ("Imke Tol", "Noor Bos"):
        make_duty(certified(name), Seat.WORKER, starts_at=at(0, 8), hours=24)
    assert Seat.WORKER not in {gap.shift.seat for gap in gaps_between(make_team().pk, MONDAY, MONDAY)}
    lines = [x for x in roster_between(make_team().pk, MONDAY, MONDAY) if x.shift.seat == Seat.WORKER]
    assert [line.wished_more for line in lines] == [1, 1]


def test_gaps_that_follow_each_other_are_one_row_and_the_past_is_no_gap():
    team = make_team()
    rows = rows_of(coming_gaps(team.pk, NOW, 30))
    worker = [row for row in rows if row.first.shift.seat == Seat.WORKER]
    assert len(worker) == 1
    assert worker[0].missing == 2
    assert worker[0].last.ends_at == at(31, 8)
    assert all(row.last.ends_at > NOW for row in rows)


def test_the_month_says_per_day_who_sits_where_and_who_is_missing():
    imke = certified()
    make_duty(imke, Seat.WORKER, starts_at=at(0, 8), hours=24)
    days = month_of(imke.team_id, MONDAY, 28)
    assert len(days) == 28
    seat = next(each for each in days[0].seats if each.label == "piketmedewerker")
    assert [line.duty.membership for line in seat.people] == [imke]
    assert (seat.missing, seat.first_gap.missing) == (1, 1)


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 27), 11), (date(2027, 10, 30), 13)])
def test_the_night_of_the_clock_change_is_as_long_as_it_is(day, hours):
    night = next(x for x in shifts_between(None, day, day) if x.seat == Seat.NATIONAL)
    assert night.ends_at - night.starts_at == (hours + 12) * HOUR
    shifts = [x for x in worker_shifts(make_team(), day) if x.ends_at - x.starts_at == hours * HOUR]
    assert len(shifts) == 1


def test_planners_hear_of_a_near_gap_at_72_and_24_hours_once_each():
    leader = make_membership(Role.TEAM_LEADER)
    make_membership(Role.ON_CALL_WORKER)
    write(leader, weekdays=[5])  # Friday 10:00 is the only worker shift
    for name, seat in (("Bram", Seat.COORDINATOR), ("Els", Seat.SECOND_COORDINATOR)):
        person = make_certified(make_membership(name=name), on=MONDAY, task="on_call_coordinator")
        make_duty(person, seat, starts_at=at(0), hours=24 * 40)
    friday = at(4, 10)

    def told(moment):
        actions.tell_of_near_gaps(by=SYSTEM, at=moment)
        found = GapAlarm.objects.filter(seat=Seat.WORKER).order_by("-hours_before")
        return [each.hours_before for each in found]

    assert told(friday - 73 * HOUR) == []
    assert told(friday - 71 * HOUR) == [72]
    assert told(friday - 70 * HOUR) == [72]
    assert told(friday - 24 * HOUR) == [72, 24]
    messages = Message.objects.filter(template="roster_gap_near", recipient_id=leader.pk)
    assert messages.count() == 2


def test_planners_hear_each_week_how_many_gaps_there_are_and_others_do_not():
    leader, worker = make_membership(Role.TEAM_LEADER), make_membership(Role.ON_CALL_WORKER)
    bart = make_membership(Role.TEAM_LEADER, is_national=True, team=None)
    assert actions.tell_of_week(by=SYSTEM, at=NOW) == 2
    assert Message.objects.filter(template="roster_gaps", recipient_id=leader.pk).exists()
    assert Message.objects.filter(template="roster_gaps", recipient_id=bart.pk).exists()
    assert not Message.objects.filter(recipient_id=worker.pk).exists()


def test_no_message_about_a_roster_without_gaps_and_no_shifts_without_demand():
    bart = make_certified(make_membership(is_national=True, team=None), on=MONDAY, task="on_call_coordinator")
    make_membership(Role.TEAM_LEADER, is_national=True, team=None)
    make_duty(bart, Seat.NATIONAL, starts_at=at(0, 8), hours=24 * 40)
    assert coming_gaps(None, NOW, 0) == []
    leader = make_membership(Role.TEAM_LEADER)
    for seat in (Seat.WORKER, Seat.COORDINATOR, Seat.SECOND_COORDINATOR):
        write(leader, seat=seat, weekdays=[7])
    assert roster_between(leader.team_id, MONDAY, MONDAY) == []
    assert actions.tell_of_week(by=SYSTEM, at=NOW) == 0


def test_two_parts_with_as_many_people_are_one_gap():
    for hour in (8, 14):
        make_duty(certified(f"Worker {hour}"), Seat.WORKER, starts_at=at(0, hour), hours=6)
    gaps = [gap for gap in gaps_between(make_team().pk, MONDAY, MONDAY) if gap.shift.seat == Seat.WORKER]
    assert [(gap.starts_at, gap.ends_at) for gap in gaps] == [(at(0, 8), at(0, 20)), (at(0, 20), at(1, 8))]


class TestGaps(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.integers(-6, 40), st.integers(1, 30)), max_size=5))
    def test_a_moment_is_in_a_gap_exactly_when_too_few_people_are_there(self, rows):
        Duty.objects.all().delete()
        for number, (start, hours) in enumerate(rows):
            make_duty(certified(f"Worker {number}"), Seat.WORKER, starts_at=at(0) + start * HOUR, hours=hours)
        team = make_team()
        gaps = [gap for gap in gaps_between(team.pk, MONDAY, MONDAY) if gap.shift.seat == Seat.WORKER]
        for step in range(24):
            moment = at(0, 8) + (step + 0.5) * HOUR
            present = Duty.objects.at(moment).filter(seat=Seat.WORKER).count()
            inside = [gap for gap in gaps if gap.starts_at <= moment < gap.ends_at]
            assert bool(inside) is (present < 2)
            assert not inside or inside[0].present == present


def test_another_team_is_not_planned_by_name_or_address():
    assert not demands_for(make_actor(Role.ON_CALL_WORKER), make_team().pk, NOW).exists()


def test_without_a_leader_the_coordinators_are_told_and_nobody_only_where_nobody_is():
    coordinator = make_membership()
    make_membership(Role.ON_CALL_WORKER)
    assert planners_of(coordinator.team_id, NOW) == [coordinator.pk]
    assert planners_of(None, NOW) == []
    leader = make_membership(Role.TEAM_LEADER)
    assert planners_of(leader.team_id, NOW) == [leader.pk]
