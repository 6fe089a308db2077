"""A chair asks certificates: at entering a duty, in the calendar, and ninety days ahead."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from nabij.academy.factories import make_certified
from nabij.academy.models import Certificate
from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.kit.clock import AMSTERDAM, local
from nabij.rosters import actions
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Duty, Seat
from nabij.rosters.queries import broken_duties, ids_on_duty, passed_over, week_of
from nabij.rosters.queries.fitness import days_of

NOW = datetime(2027, 1, 10, 9, tzinfo=UTC)
TODAY = date(2027, 1, 10)


def evening(day):
    return datetime(day.year, day.month, day.day, 20, tzinfo=AMSTERDAM)


def local_time(*parts):
    return datetime(*parts, tzinfo=AMSTERDAM)


def enter(worker, starts_at, hours=12, seat=Seat.WORKER):
    return actions.enter_duty(
        membership=worker, seat=seat, team=worker.team, starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours), by=make_actor(Role.TEAM_LEADER), at=NOW,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_expired_certificate_refuses_the_shift_the_day_after_and_not_before():
    worker = make_certified(make_membership(Role.ON_CALL_WORKER), on=TODAY)
    Certificate.objects.filter(user=worker.user, module="PIKET").update(last_valid_on=TODAY)
    assert enter(worker, evening(TODAY)), "a night that begins on the last valid day can still be done"
    with pytest.raises(ValidationError, match="Piket en hulp ter plaatse: geldig tot en met 10 januari 2027"):
        enter(worker, evening(TODAY + timedelta(days=1)))
    assert Duty.objects.count() == 1


@pytest.mark.django_db
def test_a_week_needs_every_day_of_it():
    worker = make_certified(make_membership(Role.ON_CALL_WORKER), on=TODAY)
    Certificate.objects.filter(user=worker.user, module="GROEP").update(
        last_valid_on=TODAY + timedelta(days=5)
    )
    with pytest.raises(ValidationError, match="Groepen opvangen"):
        enter(worker, evening(TODAY), hours=7 * 24)
    assert enter(worker, evening(TODAY), hours=6 * 24)


@pytest.mark.django_db
def test_each_chair_asks_its_own_certificates():
    worker = make_certified(make_membership(Role.ON_CALL_WORKER), on=TODAY)
    for seat in (Seat.COORDINATOR, Seat.SECOND_COORDINATOR):
        with pytest.raises(ValidationError, match="Piket coördineren ontbreekt"):
            enter(worker, evening(TODAY), seat=seat)


@pytest.mark.django_db
def test_what_breaks_is_known_ahead_and_stands_in_the_calendar(django_assert_num_queries):
    team = make_team()
    leader = make_membership(Role.TEAM_LEADER, team=team)
    fit, ending = (make_membership(Role.ON_CALL_WORKER, team=team, name=name) for name in ("Imke", "Youssef"))
    for member in (fit, ending):
        make_certified(member, on=TODAY)
    Certificate.objects.filter(user=ending.user, module="VEILIG").update(last_valid_on=TODAY)
    make_duty(fit, Seat.WORKER, starts_at=evening(TODAY), hours=12)
    tonight = make_duty(ending, Seat.WORKER, starts_at=evening(TODAY), hours=12)
    broken = make_duty(ending, Seat.WORKER, starts_at=evening(TODAY + timedelta(days=3)), hours=12)
    far = make_duty(ending, Seat.WORKER, starts_at=evening(TODAY + timedelta(days=100)), hours=12)
    actor = actor_for(leader)
    with django_assert_num_queries(4):
        found = broken_duties(actor, NOW, days=90)
    assert [each.duties for each in found] == [[broken]]
    assert str(found[0].lacking) == "Veilig werken en op huisbezoek: geldig tot en met 10 januari 2027"
    assert {tonight, far}.isdisjoint(found[0].duties)
    assert found[0].first == broken
    lines = [line for day in week_of(actor, TODAY, NOW) for line in day.duties]
    assert {line.duty: line.lacking is not None for line in lines}[broken] is True
    assert {line.duty: line.lacking is not None for line in lines}[tonight] is False
    assert broken_duties(make_actor(Role.TEAM_LEADER, team=make_team("Zuid")), NOW, days=90) == []


@pytest.mark.django_db
def test_the_panel_of_the_certificates_page_names_the_broken_duty(client):
    leader = make_membership(Role.TEAM_LEADER)
    worker = make_membership(Role.ON_CALL_WORKER, name="Youssef Amrani")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    make_duty(worker, Seat.WORKER, starts_at=tomorrow, hours=12)
    client.force_login(leader.user)
    page = client.get("/werk/certificaten/").content.decode()
    assert "Diensten die breken" in page
    assert page.count("Youssef Amrani") == 2, "once in the list, once among the broken duties"


@given(
    st.datetimes(datetime(2027, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(1, 14 * 24),
)
def test_days_of_a_duty_begin_with_its_own_and_each_further_day_has_24_hours_before_it(start, hours):
    days = days_of(start, start + timedelta(hours=hours))
    assert days[0] == local(start).date()
    assert len(days) == -(-hours // 24)
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


@pytest.mark.django_db
def test_whose_certificate_ended_is_passed_over_and_the_planner_reads_why():
    team = make_team()
    fit, lapsed = make_membership(Role.ON_CALL_WORKER), make_membership(Role.ON_CALL_WORKER)
    for worker in (fit, lapsed):
        make_duty(worker, Seat.WORKER, starts_at=local_time(2027, 1, 9, 20), hours=48)
        make_certified(worker, on=date(2027, 1, 1))
    lapsed.user.certificates.filter(module="VEILIG").update(last_valid_on=date(2027, 1, 9))
    in_the_night_of_the_ninth = local_time(2027, 1, 10, 3)
    assert set(ids_on_duty("worker", team.pk, in_the_night_of_the_ninth)) == {fit.pk, lapsed.pk}
    assert ids_on_duty("worker", team.pk, local_time(2027, 1, 10, 20)) == [fit.pk]
    [passed] = passed_over(team.pk, local_time(2027, 1, 10, 20))
    assert passed.duty.membership == lapsed
    assert "geldig tot en met" in str(passed.lacking)


@pytest.mark.django_db
def test_an_unknown_chair_has_nobody():
    assert ids_on_duty("throne", make_team().pk, local_time(2027, 1, 10, 3)) == []


@pytest.mark.django_db
def test_a_certificate_that_ends_during_a_long_duty_stops_the_calls_on_that_day_only():
    worker = make_certified(make_membership(Role.ON_CALL_WORKER), on=date(2027, 1, 1))
    worker.user.certificates.filter(module="PIKET").update(last_valid_on=date(2027, 1, 12))
    make_duty(worker, Seat.WORKER, starts_at=local_time(2027, 1, 9, 8), hours=24 * 14)
    assert ids_on_duty("worker", worker.team_id, local_time(2027, 1, 13, 7, 59)) == [worker.pk]
    assert ids_on_duty("worker", worker.team_id, local_time(2027, 1, 13, 8)) == []
