from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.kit.clock import AMSTERDAM, local
from nabij.notify.models import Message
from nabij.proposals import actions, tasks
from nabij.proposals.engine import Progress
from nabij.proposals.models import Place, Proposal, ProposalState
from nabij.proposals.queries import proposals_for, reasons_of, situation_of, summary_of
from nabij.proposals.queries.places import options_of, places_of
from nabij.proposals.rules import norms_broken
from nabij.rosters.actions import enter_days, write_demand
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Duty, Seat, Wish
from nabij.rosters.queries.demand import shifts_between
from nabij.rosters.queries.gaps import gaps_between
from nabij.working_time.rules import Load, Stretch, breaches_of

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 1, 4)
NOW = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def at(day: int, hour: int) -> datetime:
    return datetime(2027, 1, 4, hour, tzinfo=AMSTERDAM) + timedelta(days=day)


@pytest.fixture
def team():
    class Team:
        olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit")
        workers = [
            make_certified(make_membership(Role.ON_CALL_WORKER, name=f"Worker {number}"), on=NOW.date())
            for number in range(6)
        ]

    for seat in (Seat.COORDINATOR, Seat.SECOND_COORDINATOR):  # never in these weeks: only workers are needed
        need(Team.olaf, seat, weekdays=[])
    return Team


def need(olaf, seat, *, weekdays, starts_on=MONDAY - 90 * DAY, needed=1, wished=1):
    clock = datetime(2027, 1, 4, 8).time()  # noqa: DTZ001
    return write_demand(
        team=olaf.team, seat=seat, weekdays=weekdays, starts=clock, ends=clock.replace(hour=20),
        needed=needed, wished=wished, starts_on=starts_on, ends_on=None, by=actor_for(olaf), at=NOW,
    )  # fmt: skip


def ask(team, weeks=1, changeable=False, seconds=4):
    return actions.ask_proposal(
        team.olaf.team, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=7 * weeks - 1), seconds=seconds,
        is_roster_changeable=changeable, by=actor_for(team.olaf), at=NOW,
    )  # fmt: skip


def make(team, **options):
    return actions.make_roster(ask(team, **options), by=SYSTEM, at=NOW)


def given(proposal):
    return [place for place in places_of(proposal) if place.membership_id]


def test_a_roster_is_made_published_and_has_no_gaps(team):
    need(team.olaf, Seat.WORKER, weekdays=[1, 2, 3, 4, 5], needed=2)
    proposal = make(team)
    assert (proposal.state, proposal.error_code) == (ProposalState.READY, "")
    assert len(given(proposal)) == 10
    assert actions.publish(proposal, by=actor_for(team.olaf), at=NOW) == 0
    assert Duty.objects.count() == 10
    gaps = gaps_between(team.olaf.team_id, MONDAY, MONDAY + 5 * DAY)
    assert not [gap for gap in gaps if gap.shift.seat == Seat.WORKER]
    told = Message.objects.filter(template="roster_published")
    assert told.count() == len({place.membership_id for place in given(proposal)})
    with pytest.raises(PermissionDenied):
        actions.publish(proposal, by=actor_for(team.olaf), at=NOW)


def test_four_weeks_of_days_and_nights_break_no_law_and_are_shared(team):
    proposal = make(team, weeks=4, seconds=8)
    summary = summary_of(places_of(proposal))
    own: dict = {}
    for place in given(proposal):
        own.setdefault(place.membership, []).append(Stretch(place.starts_at, place.ends_at))
    for person, duties in own.items():
        for duty in duties:
            others = [other for other in duties if other != duty]
            assert not breaches_of(duty, Load(tuple(others)), "paid"), person.user.name
            assert not norms_broken(duty, others), person.user.name
    assert summary.needed == 112
    assert 60 <= summary.filled <= 6 * 13  # thirteen shifts each is all that the law leaves
    assert summary.most <= 13


def test_certificate_days_off_and_wishes_count(team):
    need(team.olaf, Seat.WORKER, weekdays=[1, 2], needed=2)
    lapsed = make_membership(Role.ON_CALL_WORKER, name="Zonder Bewijs")
    away, rather = team.workers[0], team.workers[1]
    enter_days(away, Wish.AWAY, at(0, 0), at(7, 0), by=actor_for(away), at=NOW)
    enter_days(rather, Wish.RATHER, at(0, 0), at(2, 0), by=actor_for(rather), at=NOW)
    enter_days(team.workers[2], Wish.RATHER_NOT, at(0, 0), at(2, 0), by=actor_for(team.workers[2]), at=NOW)
    people = {place.membership for place in given(make(team))}
    assert rather in people
    assert not people & {lapsed, away, team.workers[2], team.olaf}


def test_what_stands_stays_unless_it_may_change_and_what_is_confirmed_stays_always(team):
    need(team.olaf, Seat.WORKER, weekdays=[1, 2])
    first, second = team.workers[:2]
    standing = make_duty(first, Seat.WORKER, starts_at=at(0, 8), hours=12)
    confirmed = make_duty(second, Seat.WORKER, starts_at=at(1, 8), hours=12)
    Duty.objects.filter(pk=confirmed.pk).update(confirmed_at=NOW)
    assert places_of(make(team)) == []
    enter_days(first, Wish.AWAY, at(0, 0), at(1, 0), by=actor_for(first), at=NOW)
    proposal = make(team, changeable=True)
    assert [local(place.starts_at).date() for place in given(proposal)] == [MONDAY]
    assert given(proposal)[0].membership != first
    actions.publish(proposal, by=actor_for(team.olaf), at=NOW)
    assert not Duty.objects.filter(pk=standing.pk).exists()
    assert Duty.objects.count() == 2


def test_a_roster_that_is_good_already_changes_nothing(team):
    need(team.olaf, Seat.WORKER, weekdays=[1, 3])
    for day, person in ((0, team.workers[0]), (2, team.workers[1])):
        make_duty(person, Seat.WORKER, starts_at=at(day, 8), hours=12)
    before = set(Duty.objects.values_list("pk", flat=True))
    proposal = make(team, changeable=True)
    actions.publish(proposal, by=actor_for(team.olaf), at=NOW)
    assert set(Duty.objects.values_list("pk", flat=True)) == before
    assert not Message.objects.filter(template="roster_published").exists()


def test_an_empty_place_says_why_and_which_one_change_fills_it(team):
    need(team.olaf, Seat.WORKER, weekdays=[1], needed=6)
    enter_days(team.workers[0], Wish.AWAY, at(0, 0), at(1, 0), by=actor_for(team.workers[0]), at=NOW)
    proposal = make(team)
    (reason,) = reasons_of(proposal, places_of(proposal), NOW)
    assert ("Heeft in die tijd al een dienst", 5) in reason.counts
    assert ("Kan dan niet", 1) in reason.counts
    assert reason.change.membership == team.workers[0]
    assert [str(each) for each in reason.change.objections] == ["Kan dan niet"]
    Place.objects.filter(membership=None).update(membership=team.workers[0])
    monday = Place.objects.filter(membership=team.workers[1]).first()
    Place.objects.filter(pk=monday.pk).update(membership=None)
    (reason,) = reasons_of(proposal, places_of(proposal), NOW)
    assert (reason.change.membership, reason.change.objections) == (team.workers[1], [])
    assert reasons_of(proposal, [], NOW) == []


def test_the_planner_pins_empties_and_searches_again(team):
    need(team.olaf, Seat.WORKER, weekdays=[1, 2])
    olaf, proposal = actor_for(team.olaf), make(team)
    monday = places_of(proposal)[0]
    other = next(each for each in team.workers if each.pk != monday.membership_id)
    assert other in [each.membership for each in options_of(proposal, monday, places_of(proposal), NOW)]
    actions.pin_place(monday, other, by=olaf, at=NOW)
    again = actions.make_roster(actions.ask_again(proposal, by=olaf, at=NOW), by=SYSTEM, at=NOW)
    first = places_of(again)[0]
    assert (first.membership, first.is_pinned) == (other, True)
    assert actions.empty_place(first, by=olaf, at=NOW).membership is None


def test_a_rule_that_changed_since_the_search_refuses_that_place_only(team):
    need(team.olaf, Seat.WORKER, weekdays=[1, 2])
    proposal = make(team)
    person = places_of(proposal)[0].membership
    enter_days(person, Wish.AWAY, at(0, 0), at(1, 0), by=actor_for(person), at=NOW)
    assert actions.publish(proposal, by=actor_for(team.olaf), at=NOW) == 1
    assert [place.is_refused for place in places_of(proposal)] == [True, False]
    assert Duty.objects.count() == 1


def test_only_the_planner_of_the_team_asks_sees_and_changes(team):
    proposal = ask(team)
    zuid = make_membership(Role.TEAM_LEADER, team=make_team("Zuid"))
    for other in (zuid, team.workers[0]):
        actor = actor_for(other)
        assert not proposals_for(actor, NOW).exists()
        for attempt in (
            lambda actor=actor: actions.cancel_proposal(proposal, by=actor, at=NOW),
            lambda actor=actor: actions.ask_again(proposal, by=actor, at=NOW),
            lambda actor=actor: actions.publish(proposal, by=actor, at=NOW),
            lambda actor=actor: actions.ask_proposal(
                team.olaf.team, starts_on=MONDAY, ends_on=MONDAY, seconds=1, is_roster_changeable=False,
                by=actor, at=NOW,
            ),
        ):  # fmt: skip
            with pytest.raises(PermissionDenied):
                attempt()
    national = actor_for(make_membership(Role.TEAM_LEADER, is_national=True, team=None))
    assert list(proposals_for(national, NOW)) == [proposal]
    assert list(proposals_for(actor_for(team.olaf), NOW)) == [proposal]


def test_what_waits_or_stands_is_not_asked_again_and_places_of_it_are_not_changed(team):
    need(team.olaf, Seat.WORKER, weekdays=[1])
    olaf, waiting = actor_for(team.olaf), ask(team)
    with pytest.raises(PermissionDenied):
        actions.ask_again(waiting, by=olaf, at=NOW)
    made = actions.make_roster(waiting, by=SYSTEM, at=NOW)
    actions.publish(made, by=olaf, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.pin_place(places_of(made)[0], team.workers[0], by=olaf, at=NOW)


def test_two_searches_never_make_the_same_roster(team):
    proposal = ask(team)
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.RUNNING)
    assert actions.make_roster(proposal, by=SYSTEM, at=NOW).ended_at is None


def test_pins_that_cannot_be_fail_with_a_reason_and_stopping_is_no_failure(team):
    need(team.olaf, Seat.WORKER, weekdays=[1])
    need(team.olaf, Seat.COORDINATOR, weekdays=[1])
    olaf, proposal = actor_for(team.olaf), make(team)
    for place in places_of(proposal):
        actions.pin_place(place, team.workers[0], by=olaf, at=NOW)
    again = actions.make_roster(actions.ask_again(proposal, by=olaf, at=NOW), by=SYSTEM, at=NOW)
    assert (again.state, again.error_code) == (ProposalState.FAILED, "nothing_found")
    stopped = actions.ask_again(again, by=olaf, at=NOW)
    actions.cancel_proposal(stopped, by=olaf, at=NOW)
    made = actions.make_roster(stopped, by=SYSTEM, at=NOW)
    assert (made.state, made.error_code) == (ProposalState.CANCELLED, "")


@pytest.mark.django_db(transaction=True)
def test_the_search_is_heard_each_second_and_stops_when_asked(team):
    proposal = ask(team)
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.RUNNING)
    assert actions._hear(proposal, Progress(1, 40, 7), NOW)
    proposal.refresh_from_db()
    assert (proposal.cost, proposal.bound) == (40, 7)
    assert proposal.heard_at == NOW + timedelta(seconds=1)
    actions.cancel_proposal(proposal, by=actor_for(team.olaf), at=NOW)
    assert not actions._hear(proposal, Progress(2, 40, 7), NOW)


def test_a_search_that_was_killed_is_seen_as_failed(team):
    proposal = ask(team)
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.RUNNING, heard_at=NOW)
    assert actions.fail_silent_ones(by=SYSTEM, at=NOW + timedelta(seconds=119)) == 0
    assert actions.fail_silent_ones(by=SYSTEM, at=NOW + timedelta(seconds=121)) == 1
    proposal.refresh_from_db()
    assert (proposal.state, proposal.error_code) == (ProposalState.FAILED, "silent")


def test_a_search_that_never_began_is_seen_as_failed(team):
    proposal = ask(team)
    assert actions.fail_silent_ones(by=SYSTEM, at=NOW + timedelta(minutes=29)) == 0
    assert actions.fail_silent_ones(by=SYSTEM, at=NOW + timedelta(minutes=31)) == 1
    proposal.refresh_from_db()
    assert (proposal.state, proposal.error_code) == (ProposalState.FAILED, "silent")


@pytest.mark.django_db(transaction=True)
def test_the_job_starts_a_process_and_the_command_makes_what_waits(team, monkeypatch):
    need(team.olaf, Seat.WORKER, weekdays=[1])
    ask(team)
    started = []
    monkeypatch.setattr(
        tasks.subprocess, "run", lambda command, **options: started.append((command, options))
    )
    tasks.make_roster(entry_id=1)
    assert started[0][0][:3] == ["nice", "-n", "15"]
    assert started[0][0][-1] == "make_rosters"
    tasks.fail_silent_ones(0)
    call_command("make_rosters")
    assert Proposal.objects.get().state == ProposalState.READY


def test_two_demands_for_the_same_times_are_one_shift_with_their_sum(team):
    need(team.olaf, Seat.WORKER, weekdays=[1])
    need(team.olaf, Seat.WORKER, weekdays=[1], needed=2, wished=3)
    assert len([x for x in shifts_between(team.olaf.team_id, MONDAY, MONDAY) if x.seat == Seat.WORKER]) == 2
    situation = situation_of(ask(team), NOW)
    assert [(each.needed, each.wished) for each in situation.shifts.values()][0] == (3, 4)


def test_the_national_chair_is_filled_from_who_works_nationally(team):
    people = [
        make_certified(
            make_membership(is_national=True, team=None, name=f"Bart {number}"),
            on=NOW.date(),
            task="on_call_coordinator",
        )
        for number in range(4)
    ]
    leader = make_membership(Role.TEAM_LEADER, is_national=True, team=None)
    proposal = actions.ask_proposal(
        None, starts_on=MONDAY, ends_on=MONDAY + 6 * DAY, seconds=3, is_roster_changeable=False,
        by=actor_for(leader), at=NOW,
    )  # fmt: skip
    made = actions.make_roster(proposal, by=SYSTEM, at=NOW)
    assert {place.membership for place in given(made)} <= set(people)
    assert len(given(made)) == 7


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], []),
        ([-2, 2], []),
        ([-5, -4, -3, -2, -1], ["meer dan 5 dagen achter elkaar"]),
        ([-2 * number for number in range(1, 14)], ["al 13 diensten in vier weken"]),
        ([2, 4], ["geen twee vrije dagen in die week"]),
    ],
)  # fmt: skip
def test_what_a_proposal_keeps_to_besides_the_law(days, said):
    others = [Stretch(at(day, 8), at(day, 20)) for day in days]
    assert norms_broken(Stretch(at(0, 8), at(0, 20)), others) == said


def test_eleven_hours_of_rest_lie_between_two_duties():
    night = Stretch(at(0, 20), at(1, 8))
    assert norms_broken(Stretch(at(1, 20), at(2, 8)), [night]) == []
    assert norms_broken(Stretch(at(1, 18), at(2, 6)), [night]) == ["minder dan 11 uur rust"]
