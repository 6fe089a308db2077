"""iac §2 and §8, S05 13 and 14: phases, closing three months ahead, archive, and opening again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.models import TrailEntry
from nabij.centres.actions import go_live
from nabij.centres.factories import EVENING, approve_everything
from nabij.centres.models import AdviceCentre
from nabij.centres.pages import centre_page, public_pages
from nabij.centres.policies import can_approve, can_edit, can_offer_answer
from nabij.centres.queries import live_centres
from nabij.incidents.refusals import Refused
from nabij.keys.models import SubjectKey
from nabij.openings import counters
from nabij.openings.actions import (
    Proposal,
    announce_closing,
    archive,
    count_visits,
    decide_phase,
    drop_proposal,
    open_again,
    prepare,
    propose_closing,
    take_up_lesson,
    write_lesson,
)
from nabij.openings.content import closing_norm, items, phases
from nabij.openings.counters import Figure
from nabij.openings.keeping import about_centres, old_decisions, silence_years
from nabij.openings.models import ALLOWED, ClosingPlan, Opening, Phase, PhaseDecision, VisitCount
from nabij.openings.policies import can_announce
from nabij.openings.queries import closings as read
from nabij.openings.queries.openings import minutes_of
from nabij.openings.queries.readiness import readiness_of
from nabij.openings.tests.conftest import after
from nabij.privacy.removal import Held

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
DAY_7 = EVENING + WEEK
LATER = EVENING + 9 * WEEK
GOOD = Proposal(date(2027, 7, 1), "Gemeente Heidebeek, 14 0123", "Het OM houdt de site bij.")


def phase_of(people):
    return PhaseDecision.objects.filter(centre=people.centre).order_by("-number").first().phase


def quiet(people, at=LATER, visits=19):
    """No urgent need, and few visits in each of the last four weeks."""
    counters.register(Figure.OPEN_URGENT, lambda centre, moment: 0)
    for number in range(1, 5):
        count_visits(people.centre, (at - number * WEEK).date(), visits, "teller", by=people.lin, at=at)


@pytest.fixture
def calm(fire):
    """A centre in aftercare, nine weeks later, with all criteria met."""
    decide_phase(fire.centre, Phase.AFTERCARE, "Het werkt.", by=fire.owen, at=DAY_7)
    quiet(fire)
    return fire


@pytest.fixture
def announced(calm):
    plan = propose_closing(calm.centre, GOOD, by=calm.bart, at=LATER)
    calm.plan = announce_closing(plan, date(2027, 10, 17), by=calm.owen, at=LATER)
    return calm


@pytest.fixture
def archived(announced):
    approve_everything(announced.centre, by=announced.ida, at=after(90))
    go_live(announced.centre, by=announced.owen, at=after(90))
    announced.last = EVENING.replace(month=10, day=17)
    announced.plan = archive(announced.plan, by=announced.owen, at=announced.last)
    announced.centre.refresh_from_db()
    return announced


def test_on_day_seven_aftercare_is_due_with_the_plan_and_one_contact_person_per_family(fire):
    rows = {row.code: row.due_at.date() for row in fire.opening.decision.items.all()}
    expected = date(2027, 5, 22)
    assert {rows[code] for code in ("family_contacts", "aftercare_plan", "decide_aftercare")} == {expected}
    assert read.expected_on(fire.centre, Phase.AFTERCARE) == expected
    assert read.expected_on(fire.centre, Phase.CLOSING) is None


def test_a_phase_begins_by_a_decision_with_its_reason_and_its_list(fire):
    row = decide_phase(fire.centre, Phase.AFTERCARE, "Iedereen is thuis.", by=fire.owen, at=DAY_7)
    assert {item.code for item in row.items.all()} == {task.code for task in phases()["aftercare"].tasks}
    assert b"thuis" not in bytes(row.reason_sealed)
    [first, second] = read.phase_lines(fire.centre)
    assert (first.reason, first.by, second.by) == ("Iedereen is thuis.", "Owen Baas", "Nabij")
    assert [code for code, _name in read.next_phases(row)] == [Phase.LONG]


@pytest.mark.parametrize(
    ("phase", "reason"),
    [(Phase.AFTERCARE, "  "), (Phase.LONG, "te vroeg"), (Phase.CLOSING, "zo maar"), ("feest", "leuk")],
)
def test_no_phase_begins_without_reason_or_out_of_turn(fire, phase, reason):
    with pytest.raises(Refused):
        decide_phase(fire.centre, phase, reason, by=fire.owen, at=DAY_7)
    assert phase_of(fire) == Phase.ACUTE


def test_a_phase_is_decided_by_who_publishes(fire):
    for other in (fire.bart, fire.nadia, fire.lin):
        with pytest.raises(PermissionDenied):
            decide_phase(fire.centre, Phase.AFTERCARE, "Het is rustig.", by=other, at=DAY_7)


def test_no_phase_begins_before_there_is_a_list(people):
    from nabij.centres.factories import make_centre

    people.centre = make_centre(by=people.nadia, at=EVENING)
    with pytest.raises(Refused):
        decide_phase(people.centre, Phase.AFTERCARE, "Het is rustig.", by=people.owen, at=DAY_7)
    assert not read.can_close(people.centre)


def test_closing_is_proposed_after_four_weeks_below_twenty_visits(calm):
    plan = propose_closing(calm.centre, GOOD, by=calm.bart, at=LATER)
    assert plan.unmet == []
    criteria = read.criteria_of(calm.centre, plan, LATER)
    assert all(each.is_met for each in criteria)
    assert criteria[1].figure == "19, 19, 19, 19"


def test_twenty_visits_in_one_week_is_not_below_twenty(calm):
    count_visits(calm.centre, (LATER - 2 * WEEK).date(), 20, "teller", by=calm.lin, at=LATER)
    assert read.unmet(calm.centre, ClosingPlan(council_on=date(2027, 7, 1)), LATER)[0] == "visits"
    with pytest.raises(Refused):
        propose_closing(calm.centre, GOOD, by=calm.bart, at=LATER)
    reasoned = replace(GOOD, reason="Nieuw loket.")
    plan = propose_closing(calm.centre, reasoned, by=calm.bart, at=LATER)
    assert (plan.unmet, read.plan_words(plan).reason) == (["visits"], "Nieuw loket.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingPlan.objects.filter(pk=plan.pk).update(reason_sealed=b"")


def test_what_nobody_counted_is_not_met(fire):
    decide_phase(fire.centre, Phase.AFTERCARE, "Het werkt.", by=fire.owen, at=DAY_7)
    assert read.unmet(fire.centre, ClosingPlan(), LATER) == [
        "urgent", "visits", "council", "contact_point", "inquiry",
    ]  # fmt: skip
    counters.register(Figure.OPEN_URGENT, lambda centre, at: 2)
    counters.register_visits(lambda centre, week_on: 12)
    figures = {each.code: (each.is_met, each.figure) for each in read.criteria_of(fire.centre, None, LATER)}
    assert figures["urgent"] == (False, "2 vragen wachten")
    assert figures["visits"] == (True, "12, 12, 12, 12")


def test_visits_are_counted_for_a_whole_week_with_a_source_and_corrected(fire):
    with pytest.raises(Refused):
        count_visits(fire.centre, LATER.date(), 5, "teller", by=fire.lin, at=LATER)
    with pytest.raises(PermissionDenied):
        count_visits(fire.centre, EVENING.date(), 5, "teller", by=fire.stranger, at=LATER)
    for number in (5, 7):
        count_visits(fire.centre, EVENING.date(), number, "teller", by=fire.lin, at=LATER)
    assert VisitCount.objects.get().visits == 7
    assert VisitCount.objects.get().week_on == date(2027, 5, 10)


def test_only_one_proposal_at_a_time_by_who_checks_and_in_a_phase_that_can_end(calm):
    with pytest.raises(PermissionDenied):
        propose_closing(calm.centre, GOOD, by=calm.stranger, at=LATER)
    propose_closing(calm.centre, GOOD, by=calm.bart, at=LATER)
    with pytest.raises(Refused):
        propose_closing(calm.centre, GOOD, by=calm.lin, at=LATER)


def test_an_acute_centre_cannot_close(fire):
    with pytest.raises(Refused):
        propose_closing(fire.centre, GOOD, by=fire.bart, at=LATER)


def test_another_than_who_proposed_it_announces_three_months_ahead(calm):
    plan = propose_closing(calm.centre, GOOD, by=calm.owen, at=LATER)
    for other in (calm.owen, calm.bart):
        with pytest.raises(PermissionDenied):
            announce_closing(plan, date(2027, 10, 17), by=other, at=LATER)
    with pytest.raises(Refused):
        announce_closing(plan, date(2027, 10, 16), by=calm.ida, at=LATER)
    announced = announce_closing(plan, date(2027, 10, 17), by=calm.ida, at=LATER)
    assert (announced.announced_on, phase_of(calm)) == (date(2027, 7, 17), Phase.CLOSING)
    with pytest.raises(Refused):
        announce_closing(plan, date(2027, 10, 18), by=calm.ida, at=LATER)
    with pytest.raises(Refused):
        drop_proposal(plan, by=calm.ida, at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingPlan.objects.update(ends_on=date(2027, 10, 16))
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingPlan.objects.update(announced_by=calm.owen.id)
    assert closing_norm("notice_months") == 3


def test_who_proposed_it_in_another_role_is_the_same_pair_of_eyes(calm):
    plan = propose_closing(calm.centre, GOOD, by=calm.bart, at=LATER)
    other = make_membership(Role.IAC_CHIEF)
    other.user = calm.bart_m.user
    other.save()
    assert not can_announce(actor_for(other), plan, LATER)
    with pytest.raises(PermissionDenied):
        announce_closing(plan, date(2027, 10, 17), by=actor_for(other), at=LATER)
    assert can_announce(calm.owen, plan, LATER)


def test_people_read_the_last_day_on_the_site_after_a_second_pair_of_eyes(announced):
    assert "sluit op" not in centre_page(announced.centre, "nl")
    approve_everything(announced.centre, by=announced.ida, at=LATER)
    page = centre_page(announced.centre, "nl")
    assert "Dit centrum sluit op zondag 17 oktober" in page or "Dit centrum sluit op 17 oktober" in page
    assert "14 0123" in page
    assert "October" in centre_page(announced.centre, "en")
    assert TrailEntry.objects.get(verb="centre.closing_announced").facts == {"ends": "2027-10-17"}


def test_nothing_is_announced_without_a_place_to_go(calm):
    proposal = Proposal(reason="Er komt een nieuw loket.")
    plan = propose_closing(calm.centre, proposal, by=calm.bart, at=LATER)
    with pytest.raises(Refused):
        announce_closing(plan, date(2027, 11, 1), by=calm.owen, at=LATER)
    assert announce_closing(plan, date(2027, 11, 1), "Loket", by=calm.owen, at=LATER).contact_point == "Loket"


def test_a_proposal_can_be_dropped_and_an_announced_end_withdrawn(calm):
    plan = propose_closing(calm.centre, GOOD, by=calm.bart, at=LATER)
    with pytest.raises(PermissionDenied):
        drop_proposal(plan, by=calm.bart, at=LATER)
    drop_proposal(plan, by=calm.owen, at=LATER)
    assert read.plan_of(calm.centre) is None
    plan = propose_closing(calm.centre, GOOD, by=calm.bart, at=LATER)
    announce_closing(plan, date(2027, 11, 1), by=calm.owen, at=LATER)
    decide_phase(calm.centre, Phase.LONG, "Er komt een rechtszaak.", by=calm.owen, at=LATER + WEEK)
    assert (phase_of(calm), read.plan_of(calm.centre)) == (Phase.LONG, None)
    with pytest.raises(Refused):
        archive(plan, by=calm.owen, at=LATER + 40 * WEEK)


def test_a_centre_is_archived_after_its_last_day_and_not_before(announced):
    with pytest.raises(PermissionDenied):
        archive(announced.plan, by=announced.bart, at=LATER + 40 * WEEK)
    with pytest.raises(Refused):
        archive(announced.plan, by=announced.owen, at=EVENING.replace(month=10, day=16))
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingPlan.objects.update(archived_on=date(2027, 10, 16))
    archive(announced.plan, by=announced.owen, at=EVENING.replace(month=10, day=17))
    assert phase_of(announced) == Phase.ARCHIVED
    with pytest.raises(Refused):
        archive(announced.plan, by=announced.owen, at=EVENING.replace(month=10, day=18))


def test_an_archive_is_read_only_and_has_no_form(archived):
    paths = [page.path for page in public_pages()]
    assert archived.centre.path in paths
    assert not any("aanmelden" in path for path in paths)
    page = centre_page(archived.centre, "nl")
    assert "Dit centrum is gesloten" in page
    assert "aanmelden/" not in page
    assert not can_edit(archived.owen, archived.centre, archived.last)
    assert not can_approve(archived.ida, archived.centre, archived.last)
    assert not can_offer_answer(archived.owen, archived.centre, archived.last)
    assert live_centres() == []


def test_the_term_of_the_words_begins_when_the_centre_is_archived(archived):
    before, since = archived.last, archived.last + timedelta(seconds=1)
    assert not old_decisions(before).exists()
    rows = old_decisions(since)
    assert (
        rows.filter(about_centres(Held(incidents=[archived.centre.incident_id]))).count() == rows.count() == 4
    )
    silence_years(rows, by=archived.owen, at=since)
    assert not old_decisions(since).exists()
    assert SubjectKey.objects.get(subject_id=archived.plan.pk).wrapped is None
    assert read.phase_lines(archived.centre)[0].reason == "(gewist)"


def test_an_archived_centre_opens_again_within_two_hours(archived):
    at = archived.last + WEEK
    for other in (archived.lin, archived.stranger):
        with pytest.raises(PermissionDenied):
            open_again(archived.centre, "Rechtszaak", by=other, at=at)
    with pytest.raises(Refused):
        open_again(archived.centre, " ", by=archived.nadia, at=at)
    opening = open_again(archived.centre, "De rechtszaak begint.", by=archived.nadia, at=at)
    assert (opening.started_at, opening.target_at) == (at, at + timedelta(hours=2))
    assert opening.decision.items.filter(done_at__isnull=True, code="desk").exists()
    assert opening.decision.items.get(code="commission").done_by == archived.nadia_m
    assert opening.ready_at is None
    assert minutes_of(Opening.objects.exclude(pk=opening.pk).get()) is None
    assert AdviceCentre.objects.get().archived_at is None
    assert any("aanmelden" in page.path for page in public_pages())
    with pytest.raises(PermissionDenied):
        open_again(AdviceCentre.objects.get(), "Nog eens", by=archived.lin, at=at)


def test_a_centre_that_is_open_cannot_be_opened_again(fire):
    with pytest.raises(Refused):
        open_again(fire.centre, "Rechtszaak", by=fire.owen, at=LATER)


def test_the_report_has_figures_and_nobody_in_it(archived):
    counters.register(Figure.CONTACTS, lambda centre, at: 9)
    counters.register(Figure.QUESTIONS, lambda centre, at: 120)
    rows = dict(read.figures_of(archived.centre, archived.last))
    assert rows["Aangemeld"] == "0"
    assert rows["Contacten"] == "minder dan 10"
    assert rows["Vragen aan het loket"] == "120"
    assert rows["Minuten tot de site live was"] == "90"
    assert rows["Fase: gearchiveerd"] == "17 oktober 2027"
    assert rows["Minuten tot alles was getest (15 mei 2027)"] == "nog niet open"


def test_a_lesson_goes_into_a_version_of_the_template(fire):
    with pytest.raises(Refused):
        write_lesson(fire.centre, " ", by=fire.lin, at=LATER)
    with pytest.raises(PermissionDenied):
        write_lesson(fire.centre, "Meer tolken", by=fire.stranger, at=LATER)
    lesson = write_lesson(fire.centre, "Meer tolken", by=fire.lin, at=LATER)
    assert b"tolken" not in bytes(lesson.lesson_sealed)
    with pytest.raises(PermissionDenied):
        take_up_lesson(lesson, "2028-1", by=fire.lin, at=LATER)
    with pytest.raises(Refused):
        take_up_lesson(lesson, "", by=fire.owen, at=LATER)
    take_up_lesson(lesson, "2028-1", by=fire.owen, at=LATER)
    [line] = read.lesson_lines(fire.centre)
    assert (line.text, line.lesson.template_version) == ("Meer tolken", "2028-1")


def test_what_is_ready_in_peace_time_counts_for_a_while(people):
    today = EVENING.date()
    prepare("drill", today - timedelta(days=183), by=people.nadia, at=EVENING)
    found = {row.text.code: row for row in readiness_of(people.nadia, EVENING)}
    assert found["drill"].is_valid
    assert not found["board"].is_valid
    assert not {row.text.code: row for row in readiness_of(people.nadia, after(24 * 60))}["drill"].is_valid
    prepare("drill", today, by=people.nadia, at=EVENING)
    assert {row.text.code: row for row in readiness_of(people.nadia, after(24 * 60))}["drill"].is_valid
    assert not any(row.is_valid for row in readiness_of(people.stranger, EVENING))


def test_readiness_is_said_by_who_commissions_for_a_known_point_and_a_day_that_was(people):
    with pytest.raises(PermissionDenied):
        prepare("drill", EVENING.date(), by=people.lin, at=EVENING)
    with pytest.raises(Refused):
        prepare("party", EVENING.date(), by=people.nadia, at=EVENING)
    with pytest.raises(Refused):
        prepare("drill", EVENING.date() + timedelta(days=1), by=people.nadia, at=EVENING)


def test_every_phase_has_its_words_and_can_be_left_or_reached():
    assert list(phases()) == Phase.values == list(ALLOWED)
    reached = {phase for following in ALLOWED.values() for phase in following}
    assert reached | {Phase.READY} == set(Phase.values)
    assert all(items()[task.code] is task for phase in phases().values() for task in phase.tasks)
    assert len(items()) == len({*items()})
