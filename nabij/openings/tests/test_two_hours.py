"""S05 1 and 2, iac §7: the list of two hours, its four tests, and when the clock stops."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.centres.factories import EVENING, make_centre
from nabij.centres.queries import centre_of
from nabij.incidents.factories import make_incident
from nabij.incidents.refusals import Refused
from nabij.keys.models import SubjectKey
from nabij.kit.tests.at_once import together
from nabij.openings import tasks, trials
from nabij.openings.actions import explain_late_opening, run_test, start_opening, take_back, tick
from nabij.openings.clocks import clocks_of_opening
from nabij.openings.content import checklist, items, seats
from nabij.openings.models import ChecklistItem, Opening, ReadinessTest, TestKind
from nabij.openings.queries import openings as read
from nabij.openings.tests.conftest import after, put_live
from nabij.people.models import Person, Registration
from nabij.people.queries.registrations import registration_counts
from nabij.publish.folders import CURRENT

pytestmark = pytest.mark.django_db
OPEN, REGISTRATION, DESK, CLOSED = TestKind.values


def everything_tested(people, at):
    put_live(people, at - timedelta(minutes=3))
    run_test(people.opening, REGISTRATION, by=people.rosa, at=at - timedelta(minutes=2))
    run_test(people.opening, DESK, heard="Goedenavond", by=people.rosa, at=at - timedelta(minutes=1))
    run_test(people.opening, OPEN, by=people.lin, at=at)
    people.opening.refresh_from_db()
    return people.opening


def the(people, code):
    return ChecklistItem.objects.get(decision__centre=people.centre, code=code)


def test_a_commission_has_its_list_with_owner_and_moment_of_each_item(fire):
    rows = list(fire.opening.decision.items.order_by("position"))
    asked = [item.code for item in checklist() if not item.needs_closed_part]
    assert [row.code for row in rows][: len(asked)] == asked
    assert all(row.seat in seats() for row in rows)
    assert the(fire, "facts").due_at == after(30)
    assert the(fire, "commission").done_at == EVENING
    assert the(fire, "commission").done_by == fire.nadia_m
    assert start_opening(fire.centre, by=fire.owen, at=after(5)) == fire.opening
    assert Opening.objects.count() == 1


def test_the_job_makes_the_list_once_and_forgets_a_centre_that_is_gone(people, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    centre = make_centre(by=people.nadia, at=EVENING)
    entry = TrailEntry.objects.get(verb="centre.commissioned")
    tasks.start_list(entry.pk)
    tasks.start_list(entry.pk)
    assert Opening.objects.get().started_at == centre.commission.commissioned_at
    centre.delete()
    tasks.start_list(entry.pk)
    assert not Opening.objects.exists()


def test_a_commission_at_three_at_night_has_the_same_limit(people):
    night = EVENING.replace(hour=1)
    centre = make_centre(by=people.nadia, at=night)
    opening = start_opening(centre, by=SYSTEM, at=night)
    assert opening.target_at - opening.started_at == timedelta(minutes=120)


def test_the_list_is_not_made_by_who_does_not_see_the_centre(people):
    centre = make_centre(by=people.nadia, at=EVENING)
    with pytest.raises(PermissionDenied):
        start_opening(centre, by=people.stranger, at=EVENING)


def test_whoever_ticks_stands_there_with_the_moment_and_a_second_tap_changes_nothing(fire):
    item = tick(the(fire, "facts"), by=fire.nadia, at=after(25))
    tick(item, by=fire.owen, at=after(28))
    item.refresh_from_db()
    assert (item.done_by, item.done_at) == (fire.nadia_m, after(25))


def test_a_wrong_tap_is_taken_back_by_oneself_or_by_who_decides(fire):
    item = tick(the(fire, "facts"), by=fire.nadia, at=after(25))
    with pytest.raises(PermissionDenied):
        take_back(item, by=fire.lin, at=after(26))
    assert take_back(item, by=fire.nadia, at=after(26)).done_at is None
    with pytest.raises(PermissionDenied):
        take_back(item, by=fire.lin, at=after(27))
    tick(item, by=fire.nadia, at=after(28))
    assert take_back(item, by=fire.owen, at=after(29)).done_at is None


def test_a_test_is_a_deed_and_never_a_tick(fire):
    for code in ("registration", "desk", "live"):
        with pytest.raises(Refused):
            tick(the(fire, code), by=fire.owen, at=after(25))
    for code in ("live", "commission"):
        with pytest.raises(Refused):
            take_back(the(fire, code), by=fire.owen, at=after(25))


@pytest.mark.parametrize("act", [tick, take_back])
def test_another_municipality_ticks_nothing(fire, act):
    with pytest.raises(PermissionDenied):
        act(the(fire, "facts"), by=fire.stranger, at=after(25))


def test_all_tested_at_22_19_is_98_minutes_and_in_time(fire):
    opening = everything_tested(fire, after(98))
    assert (read.minutes_of(opening), opening.is_late, opening.needs_reason) == (98, False, False)
    assert TrailEntry.objects.get(verb="centre.ready").facts == {"minutes": 98, "late": False}
    assert {row.code for row in ChecklistItem.objects.filter(done_at__isnull=False)} == {
        "commission", "registration", "desk", "live",
    }  # fmt: skip
    run_test(opening, OPEN, by=fire.lin, at=after(300))
    opening.refresh_from_db()
    assert opening.ready_at == after(98)
    [clock] = clocks_of_opening(fire.centre.incident, after(99))
    assert (clock.started_at, clock.due_at, clock.done_at) == (EVENING, after(120), after(98))


def test_all_tested_at_22_47_is_126_minutes_late_and_asks_for_a_reason(fire):
    opening = everything_tested(fire, after(126))
    assert (read.minutes_of(opening), opening.is_late, opening.needs_reason) == (126, True, True)
    with pytest.raises(PermissionDenied):
        explain_late_opening(opening, "druk", by=fire.lin, at=after(130))
    with pytest.raises(Refused):
        explain_late_opening(opening, "  ", by=fire.bart, at=after(130))
    told = explain_late_opening(opening, "Feiten kwamen laat.", by=fire.bart, at=after(130))
    assert read.late_reason(told) == "Feiten kwamen laat."
    assert b"Feiten" not in bytes(told.late_reason_sealed)
    with pytest.raises(PermissionDenied):
        explain_late_opening(told, "Nog iets.", by=fire.bart, at=after(131))


def test_a_second_too_late_is_not_within_the_norm(fire):
    fire.opening.ready_at = after(120) + timedelta(seconds=1)
    assert read.minutes_of(fire.opening) == 121
    fire.opening.ready_at = None
    assert read.minutes_of(fire.opening) is None


@pytest.mark.parametrize("left_out", [OPEN, REGISTRATION, DESK])
def test_the_clock_runs_on_while_one_of_them_was_not_tested(live, left_out):
    for kind in {OPEN, REGISTRATION, DESK} - {left_out}:
        run_test(live.opening, kind, heard="Goedenavond", by=live.rosa, at=after(95))
    live.opening.refresh_from_db()
    assert live.opening.ready_at is None
    run_test(live.opening, left_out, heard="Goedenavond", by=live.rosa, at=after(99))
    live.opening.refresh_from_db()
    assert live.opening.ready_at == after(99)


def test_a_test_that_fails_later_counts_until_it_works_again(live):
    run_test(live.opening, DESK, heard="Goedenavond", by=live.rosa, at=after(91))
    run_test(live.opening, DESK, heard="Geen gehoor", works=False, by=live.rosa, at=after(92))
    assert the(live, "desk").done_at is None
    for kind in (OPEN, REGISTRATION):
        run_test(live.opening, kind, by=live.rosa, at=after(93))
    live.opening.refresh_from_db()
    assert live.opening.ready_at is None
    [_open, _registration, desk] = read.tested_lines(live.opening)
    assert (desk.is_passed, desk.heard, desk.newest.tested_by) == (False, "Geen gehoor", live.rosa_m)


def test_the_open_part_is_read_from_what_readers_get(fire, own_releases):
    assert run_test(fire.opening, OPEN, by=fire.lin, at=after(50)).finding == "not_live"
    put_live(fire, after(90))
    assert run_test(fire.opening, OPEN, by=fire.lin, at=after(91)).finding == "page_read"
    page = own_releases / CURRENT / f"{fire.centre.path.strip('/')}/index.html"
    page.write_text("<html>half", encoding="utf-8")
    assert run_test(fire.opening, OPEN, by=fire.lin, at=after(92)).finding == "page_broken"
    page.unlink()
    assert run_test(fire.opening, OPEN, by=fire.lin, at=after(93)).finding == "no_page"
    assert ReadinessTest.objects.filter(is_passed=True).count() == 1


def test_two_test_registrations_are_made_and_leave_nothing_behind(live):
    keys = SubjectKey.objects.count()
    row = run_test(live.opening, REGISTRATION, by=live.rosa, at=after(91))
    assert (row.is_passed, row.finding) == (True, "two_kept_and_removed")
    assert SubjectKey.objects.count() == keys
    assert not Registration.objects.exists()
    assert not Person.objects.exists()
    assert not TrailEntry.objects.filter(verb__startswith="registration.").exists()
    counts = registration_counts(live.centre.incident_id)
    assert (counts.total, counts.withdrawn) == (0, 0)


def test_a_registration_that_is_not_kept_is_found(live, monkeypatch):
    monkeypatch.setattr(trials, "TEST_NAMES", ("", ""))
    assert run_test(live.opening, REGISTRATION, by=live.rosa, at=after(91)).finding == "not_accepted"
    monkeypatch.setattr(trials, "TEST_NAMES", (" Proef een ", " Proef twee "))
    assert run_test(live.opening, REGISTRATION, by=live.rosa, at=after(92)).finding == "not_kept"
    assert not Registration.objects.exists()


def test_registering_is_tested_only_when_the_form_is_on_the_site(fire):
    assert run_test(fire.opening, REGISTRATION, by=fire.rosa, at=after(50)).finding == "no_form"


def test_a_test_call_says_who_heard_what(fire):
    with pytest.raises(Refused):
        run_test(fire.opening, DESK, heard=" ", by=fire.rosa, at=after(70))
    row = run_test(fire.opening, DESK, heard="Met het loket", by=fire.rosa, at=after(70))
    assert b"loket" not in bytes(row.heard_sealed)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadinessTest.objects.filter(pk=row.pk).update(heard_sealed=b"")
    with pytest.raises(PermissionDenied):
        run_test(fire.opening, DESK, heard="Hallo", by=fire.stranger, at=after(71))


def test_a_closed_part_is_tested_only_where_the_commission_wants_one(fire, people):
    with pytest.raises(Refused):
        run_test(fire.opening, CLOSED, heard="Ik kwam erin", by=fire.owen, at=after(60))
    centre = make_centre(make_incident(at=EVENING), by=people.nadia, at=EVENING, wants_closed_part=True)
    opening = start_opening(centre, by=SYSTEM, at=EVENING)
    assert read.kinds_of(opening) == set(TestKind.values)
    assert run_test(opening, CLOSED, heard="Ik kwam erin", by=people.owen, at=after(60)).is_passed


def test_an_app_above_tests_the_closed_part_itself(people):
    centre = make_centre(by=people.nadia, at=EVENING, wants_closed_part=True)
    opening = start_opening(centre, by=SYSTEM, at=EVENING)
    trials.register(TestKind.CLOSED_PART, lambda centre, at: trials.Outcome(False, "no_moderator"))
    try:
        row = run_test(opening, CLOSED, by=people.owen, at=after(60))
        assert (row.is_passed, row.finding) == (False, "no_moderator")
    finally:
        trials.forget(TestKind.CLOSED_PART)


def test_what_waits_stands_on_the_desk_of_who_holds_the_seat(fire, django_assert_num_queries):
    from nabij.openings.actions import appoint

    assert read.waiting_for(fire.bart, after(20)) == []
    appoint(fire.centre, "coordinator", fire.bart_m, by=fire.bart, at=after(1))
    [first, *others] = read.waiting_for(fire.bart, after(20))
    assert (first.item.code, first.is_late) == ("acknowledge", True)
    assert {each.text.seat for each in others} == {"coordinator"}
    with django_assert_num_queries(2):
        read.waiting_for(fire.bart, after(20))
    lines = read.lines_of(fire.opening.decision, fire.bart, after(20))
    assert read.first_of(lines).item.code == "acknowledge"
    assert read.first_of([]) is None


def test_there_is_no_clock_without_a_commission():
    incident = make_incident(at=EVENING)
    assert centre_of(incident) is None
    assert clocks_of_opening(incident, EVENING) == []


def test_every_item_is_of_a_seat_and_every_test_has_its_item():
    assert {item.seat for item in items().values()} <= set(seats())
    assert {item.test for item in checklist() if item.test} == set(TestKind.values)


@pytest.mark.django_db(transaction=True)
def test_two_who_test_the_last_two_parts_at_once_stop_the_clock_once(live):
    run_test(live.opening, REGISTRATION, by=live.rosa, at=after(95))
    failed = together(
        lambda: run_test(live.opening, DESK, heard="Goedenavond", by=live.rosa, at=after(96)),
        lambda: run_test(live.opening, OPEN, by=live.lin, at=after(97)),
        lambda: start_opening(live.centre, by=live.owen, at=after(97)),
    )
    assert failed == []
    live.opening.refresh_from_db()
    assert live.opening.ready_at in (after(96), after(97))
    assert TrailEntry.objects.filter(verb="centre.ready").count() == 1
    assert Opening.objects.count() == 1
