from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.notify.models import Message
from nabij.rosters import actions, tasks
from nabij.rosters.actions.duties import put_on_chair
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Availability, Duty, Seat, Wish
from nabij.rosters.queries import plannable_people
from nabij.rosters.queries.breaches import breaches_for
from nabij.rosters.queries.fairness import Burden, burden_of, burdens_of
from nabij.rosters.queries.objections import objections_for
from nabij.rosters.queries.people import days_for, own_days
from nabij.rosters.queries.planning import burden_lines, candidates_for, teams_to_plan
from nabij.working_time.actions import record_work
from nabij.working_time.rules import Stretch

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 4, 7, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def people():
    class People:
        olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit")
        imke = make_certified(make_membership(Role.ON_CALL_WORKER, name="Imke Tol"), on=NOW.date())
        noor = make_certified(make_membership(Role.ON_CALL_WORKER, name="Noor Bos"), on=NOW.date())
        zuid = make_membership(Role.TEAM_LEADER, name="Anna Zuid", team=make_team("Zuid"))

    return People


def enter(people, start=NOW, hours=12, **options):
    return actions.enter_duty(
        membership=people.imke, seat=Seat.WORKER, team=people.imke.team, starts_at=start,
        ends_at=start + hours * HOUR, by=actor_for(people.olaf), at=NOW, **options,
    )  # fmt: skip


def test_days_off_refuse_a_duty_and_other_wishes_do_not(people):
    actor = actor_for(people.imke)
    away = actions.enter_days(people.imke, Wish.AWAY, NOW + DAY, NOW + 2 * DAY, by=actor, at=NOW)
    actions.enter_days(people.imke, Wish.RATHER_NOT, NOW, NOW + DAY, by=actor, at=NOW)
    with pytest.raises(ValidationError, match="Imke Tol: Kan dan niet"):
        enter(people, NOW + DAY)
    assert enter(people, NOW)
    actions.remove_days(away, by=actor, at=NOW)
    assert enter(people, NOW + DAY)


def test_fourteen_free_days_are_the_law_and_a_disaster_may_set_that_aside_with_its_ground(people):
    for number in range(14):
        make_duty(people.imke, Seat.WORKER, starts_at=NOW + 2 * number * DAY)
    with pytest.raises(ValidationError, match="Arbeidstijdenwet 5:9 lid 2a"):
        enter(people, NOW + DAY)
    duty = enter(people, NOW + DAY, exception="ramp")
    assert duty.exception == "ramp"


def test_an_exception_never_sets_aside_certificate_days_off_or_another_duty(people):
    actions.enter_days(people.imke, Wish.AWAY, NOW, NOW + DAY, by=actor_for(people.olaf), at=NOW)
    with pytest.raises(ValidationError, match="Kan dan niet"):
        enter(people, exception="ramp")
    make_duty(people.noor, Seat.WORKER, starts_at=NOW)
    found = objections_for([people.noor], Seat.WORKER, NOW, NOW + HOUR)[people.noor.pk]
    assert [(str(each), each.can_be_set_aside) for each in found] == [
        ("Heeft in die tijd al een dienst", False)
    ]
    lacks = make_membership(Role.ON_CALL_WORKER)
    assert not objections_for([lacks], Seat.WORKER, NOW, NOW + HOUR)[lacks.pk][0].can_be_set_aside


def test_real_calls_count_and_those_of_another_team_of_the_same_person_too(people):
    elsewhere = make_membership(Role.ON_CALL_WORKER, team=make_team("Zuid"))
    elsewhere.user = people.imke.user
    elsewhere.save()
    record_work(elsewhere, source_id=elsewhere.pk, starts_at=NOW, ends_at=NOW + 13 * HOUR, by=SYSTEM, at=NOW)
    with pytest.raises(ValidationError, match="5:9 lid 4"):
        enter(people, NOW + 13 * HOUR, 8)


def test_one_planner_does_not_enter_days_of_another_team_and_a_worker_not_of_a_colleague(people):
    for actor in (people.zuid, people.noor):
        with pytest.raises(PermissionDenied):
            actions.enter_days(people.imke, Wish.AWAY, NOW, NOW + DAY, by=actor_for(actor), at=NOW)
    actions.enter_days(people.imke, Wish.AWAY, NOW, NOW + DAY, by=actor_for(people.olaf), at=NOW)
    days = Availability.objects.get()
    with pytest.raises(PermissionDenied):
        actions.remove_days(days, by=actor_for(people.noor), at=NOW)
    assert list(own_days(actor_for(people.imke), NOW)) == [days]
    assert list(days_for(actor_for(people.olaf), NOW)) == [days]
    national = make_membership(Role.TEAM_LEADER, is_national=True)
    assert list(days_for(actor_for(national), NOW)) == [days]
    for other in (people.noor, people.zuid):
        assert not days_for(actor_for(other), NOW).exists()


def test_who_may_and_carried_least_comes_first(people):
    mies = make_certified(make_membership(Role.ON_CALL_WORKER, name="Mies Vis"), on=NOW.date())
    make_duty(people.imke, Seat.WORKER, starts_at=NOW - 3 * DAY)
    actions.enter_days(mies, Wish.RATHER, NOW, NOW + DAY, by=actor_for(mies), at=NOW)
    found = candidates_for(
        plannable_people(actor_for(people.olaf), NOW), Seat.WORKER, NOW, NOW + 12 * HOUR, NOW
    )
    names = [each.membership.user.name for each in found]
    assert names == ["Mies Vis", "Noor Bos", "Imke Tol", "Olaf Kruit"]
    assert [each.is_free for each in found] == [True, True, True, False]


def test_the_burden_counts_nights_weekends_holidays_and_calls_of_a_year(people):
    christmas = datetime(2026, 12, 25, 7, 0, tzinfo=UTC)  # a Friday
    make_duty(people.imke, Seat.WORKER, starts_at=christmas, hours=48)
    record_work(
        people.imke,
        source_id=people.imke.pk,
        starts_at=christmas,
        ends_at=christmas + 3 * HOUR,
        by=SYSTEM,
        at=NOW,
    )
    make_duty(people.imke, Seat.WORKER, starts_at=NOW - 400 * DAY)
    found = burdens_of([people.imke.pk, people.noor.pk], NOW)
    assert found[people.imke.pk] == Burden(48, 2, 2, 2, 1, 3)
    assert found[people.imke.pk].points == 2 + 2 + 2 + 6 + 2
    assert found[people.noor.pk].points == 0
    assert [line.name for line in burden_lines(people.imke.team_id, NOW)] == ["Imke Tol"]
    assert burden_lines(None, NOW) == []


def test_a_short_duty_belongs_to_its_day(people):
    assert burden_of([Stretch(NOW, NOW + HOUR)], []).weekend_days == 0
    saturday = NOW + 5 * DAY
    assert burden_of([Stretch(saturday, saturday + HOUR)], []).weekend_days == 1


def test_which_teams_somebody_plans(people):
    assert teams_to_plan(actor_for(people.olaf), NOW) == [people.imke.team]
    assert teams_to_plan(actor_for(people.imke), NOW) == []


def test_only_who_has_the_duty_confirms_it_and_once(people):
    duty = make_duty(people.imke, Seat.WORKER, starts_at=NOW)
    with pytest.raises(PermissionDenied):
        actions.confirm_duty(duty, by=actor_for(people.olaf), at=NOW)
    actions.confirm_duty(duty, by=actor_for(people.imke), at=NOW)
    assert actions.confirm_duty(duty, by=actor_for(people.imke), at=NOW + HOUR).confirmed_at == NOW


def test_somebody_is_reminded_once_two_days_before(people):
    duty = make_duty(people.imke, Seat.WORKER, starts_at=NOW + 49 * HOUR)
    assert actions.remind_of_duties(by=SYSTEM, at=NOW) == 0
    assert actions.remind_of_duties(by=SYSTEM, at=NOW + HOUR) == 1
    assert actions.remind_of_duties(by=SYSTEM, at=NOW + 2 * HOUR) == 0
    message = Message.objects.get(template="duty_near")
    assert (message.recipient_id, message.subject) == (people.imke.pk, "Nabij: u heeft binnenkort dienst")
    assert Duty.objects.get(pk=duty.pk).reminded_at == NOW + HOUR


@pytest.mark.django_db(transaction=True)
def test_the_jobs_run(people):
    for job in (tasks.tell_of_near_gaps, tasks.tell_of_week, tasks.remind_of_duties):
        job(0)
    assert Message.objects.filter(template="roster_gaps", recipient_id=people.olaf.pk).exists()


def test_two_planners_at_once_do_not_put_somebody_on_two_chairs(people):
    enter(people)
    with pytest.raises(ValidationError, match="al een dienst"):
        put_on_chair(
            people.imke, Seat.WORKER, people.imke.team, NOW, NOW + HOUR, by=actor_for(people.olaf), at=NOW
        )


def test_a_duty_that_breaks_the_law_is_seen_unless_it_was_set_aside_with_a_ground(people):
    for number in range(15):
        make_duty(people.imke, Seat.WORKER, starts_at=NOW + (2 * number if number < 14 else 1) * DAY)
    make_duty(people.noor, Seat.WORKER, starts_at=NOW)
    lapsed = make_membership(Role.ON_CALL_WORKER)
    make_duty(lapsed, Seat.WORKER, starts_at=NOW)
    (row,) = breaches_for(people.imke.team_id, NOW, 30)
    assert (row.duty.membership, row.number) == (people.imke, 15)
    assert "5:9 lid 2a" in str(row.objections[0])
    Duty.objects.filter(membership=people.imke).update(exception="ramp")
    assert breaches_for(people.imke.team_id, NOW, 30) == []
    assert breaches_for(None, NOW, 30) == []
