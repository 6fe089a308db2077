"""S05-14: fewer than 20 visits a week for four weeks, by real counts; the chief editor is told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.centres.actions import archive_centre
from nabij.centres.factories import make_live_centre
from nabij.kit import clock
from nabij.openings.actions import decide_phase, start_opening
from nabij.openings.models import ClosingPlan
from nabij.openings.queries.closings import weeks_of
from nabij.publish.counting import VisitCounter
from nabij.visits import actions, tasks
from nabij.visits.logs import hours_in_log
from nabij.visits.models import ClosingHint, VisitHour
from nabij.visits.queries import hints_for, visits_in_week

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 8, 2)  # four whole weeks before the day of these stories
NOW = datetime(2027, 9, 1, 7, 0, tzinfo=UTC)


@pytest.fixture
def centre(tmp_path, monkeypatch):
    from nabij import settings

    monkeypatch.setattr(settings.ENV, "data_dir", tmp_path)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    clock.move_to(NOW)
    make_municipality()
    centre = make_live_centre()
    start_opening(centre, by=SYSTEM, at=centre.live_at)
    decide_phase(centre, "aftercare", "Rustiger.", by=make_actor(Role.IAC_CHIEF), at=NOW)
    return centre


def count(centre, weeks=4, visits=19, hours=168, monday=MONDAY):
    """So many visits in the first hour of each week, and all hours counted."""
    for week in range(weeks):
        start = datetime(monday.year, monday.month, monday.day, tzinfo=UTC) + timedelta(weeks=week, hours=-2)
        told = {start + timedelta(hours=hour): {centre.path: 0} for hour in range(hours)}
        told[start] = {centre.path: visits - 1, f"/en{centre.path}": 1}
        actions.store_visits(told, by=SYSTEM, at=NOW)


def test_all_languages_of_a_centre_are_one_number_and_the_same_hour_again_replaces_it(centre):
    other = make_live_centre(name="Een ander")
    hour = NOW.replace(minute=0)
    for number in (3, 5):
        actions.store_visits({hour: {centre.path: number, f"/en{centre.path}": 2}}, by=SYSTEM, at=NOW)
    assert VisitHour.objects.get(centre=centre).visits == 7
    assert VisitHour.objects.get(centre=other).visits == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitHour.objects.create(centre=centre, hour_at=hour, visits=1)
    with pytest.raises(PermissionDenied):
        actions.store_visits({}, by=make_actor(Role.IAC_CHIEF), at=NOW)


def test_a_week_of_which_too_little_was_counted_is_unknown_and_never_nought(centre):
    assert visits_in_week(centre, MONDAY) is None
    count(centre, weeks=1, hours=159)
    assert visits_in_week(centre, MONDAY) is None
    count(centre, weeks=1, hours=160)
    assert visits_in_week(centre, MONDAY) == 19
    count(centre, weeks=1, visits=20, hours=1, monday=MONDAY + timedelta(weeks=1))
    assert visits_in_week(centre, MONDAY + timedelta(weeks=1)) == 20, "at least that: enough to stay open"


def test_what_the_web_processes_wrote_closes_no_centre_before_four_quiet_weeks(centre):
    count(centre, weeks=3)
    assert actions.hint_at_closing(by=SYSTEM, at=NOW) == []
    count(centre, weeks=4)
    assert [week.visits for week in weeks_of(centre, NOW)] == [19, 19, 19, 19]
    tasks.hint(0)
    tasks.hint(0)
    hint = ClosingHint.objects.get()
    assert hint.week_on == date(2027, 8, 23)
    entry = TrailEntry.objects.get(verb="centre.closing_hinted")
    assert (entry.thread_id, entry.facts) == (centre.incident_id, {"week": "2027-08-23"})


@pytest.mark.parametrize("busy_week", range(4))
def test_one_week_with_twenty_visits_is_enough_to_stay_open(centre, busy_week):
    count(centre)
    count(centre, weeks=1, visits=20, monday=MONDAY + timedelta(weeks=busy_week))
    assert actions.hint_at_closing(by=SYSTEM, at=NOW) == []


def test_not_now_is_said_again_after_four_more_weeks(centre):
    chief = make_actor(Role.IAC_CHIEF)
    count(centre, weeks=9)
    [hint] = actions.hint_at_closing(by=SYSTEM, at=NOW)
    assert list(hints_for(chief, NOW)) == [hint]
    for _ in range(2):
        actions.set_hint_aside(hint, by=chief, at=NOW)
    assert TrailEntry.objects.filter(verb="centre.closing_set_aside").count() == 1
    assert not hints_for(chief, NOW).exists()
    assert actions.hint_at_closing(by=SYSTEM, at=NOW + timedelta(weeks=3)) == []
    assert len(actions.hint_at_closing(by=SYSTEM, at=NOW + timedelta(weeks=4))) == 1


def test_where_closing_is_planned_or_done_nothing_is_said(centre):
    count(centre)
    plan = ClosingPlan.objects.create(
        centre=centre, proposed_at=NOW, proposed_by=make_actor(Role.IAC_CHIEF).id
    )
    assert actions.hint_at_closing(by=SYSTEM, at=NOW) == []
    plan.delete()
    archive_centre(centre, by=make_actor(Role.IAC_CHIEF), at=NOW)
    assert actions.hint_at_closing(by=SYSTEM, at=NOW) == []
    with pytest.raises(PermissionDenied):
        actions.hint_at_closing(by=make_actor(Role.IAC_CHIEF), at=NOW)


def test_the_chief_sees_it_on_the_desk_and_proposes_or_not(centre, client, settings):
    settings.TOTP_REQUIRED = False
    count(centre)
    [hint] = actions.hint_at_closing(by=SYSTEM, at=NOW)
    panel, aside = reverse("visits:panel"), reverse("visits:set_aside", args=[hint.pk])

    def enter(role, **facts):
        user = make_membership(role, **facts).user
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    enter(Role.IAC_EDITOR)
    assert client.get(panel).status_code == 403
    assert client.post(aside).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.set_hint_aside(hint, by=make_actor(Role.IAC_EDITOR), at=NOW)
    enter(Role.IAC_CHIEF)
    html = client.get(panel).content.decode()
    assert "19, 19, 19, 19" in html
    assert reverse("openings:closing", args=[centre.pk]) in html
    ClosingPlan.objects.create(centre=centre, proposed_at=NOW, proposed_by=hint.pk)
    assert "19, 19" not in client.get(panel).content.decode()
    ClosingPlan.objects.all().delete()
    assert "blijft open" in client.post(aside, follow=True).content.decode()
    assert "19, 19" not in client.get(panel).content.decode()


def test_the_files_of_the_web_processes_are_taken_over_and_go(centre, tmp_path):
    for at in (datetime.now(UTC), datetime.now(UTC) - timedelta(days=5)):
        process = VisitCounter(tmp_path / "visits")
        process.count(centre.path, {})
        process.write(at)
    for _ in range(2):
        tasks.take_over(0)
    assert [row.visits for row in VisitHour.objects.all()] == [1, 1]
    assert len(list((tmp_path / "visits").glob("*.json"))) == 1


def test_a_log_of_the_server_in_front_is_counted_once_however_often(centre, tmp_path, capsys):
    log = tmp_path / "nabij-visits.log"
    line = f"2027-08-02T09:30:00+02:00 {centre.path}\n"
    log.write_text(
        line * 2 + f"2027-08-02T12:30:00+02:00 /en{centre.path}\nonzin\n2027-08-02T09:30:00 /iac/x/\n"
    )
    for _ in range(2):
        call_command("count_visits", str(log), "--day", "2027-08-02")
    assert "24 hours, 24 numbers, 2 lines" in capsys.readouterr().out
    rows = VisitHour.objects.filter(centre=centre, visits__gt=0).order_by("hour_at")
    assert [(row.hour_at.hour, row.visits, row.source) for row in rows] == [
        (7, 2, "log-2027-08-02"),
        (10, 1, "log-2027-08-02"),
    ]
    hours, _, name = hours_in_log([line, line.replace("T09", "T11")])
    assert (len(hours), name.startswith("log-")) == (3, True)
    assert hours_in_log([]) == ({}, 0, "log-empty")
    assert len(hours_in_log([], date(2027, 10, 31))[0]) == 25, "the clock goes back that night"
