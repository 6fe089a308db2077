"""What the police send (S08): level 3 is for three named people, history stays, an emergency ends."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from procrastinate.contrib.django.models import ProcrastinateJob

from nabij.accounts.queries import places_of
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.cases.actions import (
    Facts,
    acknowledge,
    agree_rule,
    assign,
    break_glass,
    open_address,
    review_emergency,
)
from nabij.cases.factories import give, make_case, make_met
from nabij.cases.models import BreakGlass, Case, DeclinedHelp, Part, SpecialReading, Task, TaskKind, WayIn
from nabij.cases.policies import can_call, can_help, can_open_address
from nabij.cases.queries import case_for, cases_for, search_cases
from nabij.cases.queries.files import history_of
from nabij.notify.contact_rules import Agreed, rule_of
from nabij.notify.models import Way
from nabij.people.models import AccessGrant, Person
from nabij.police.actions import Referral, decline_help, receive_referral, receive_update
from nabij.police.counting import Hit
from nabij.police.policies import can_refer
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Seat
from nabij.vulnerability.actions import PoliceMessage, lower_level
from nabij.vulnerability.models import Alert, Assessment, Level, RiskKind, RiskValue
from nabij.vulnerability.queries import levels_of, protection_of

MONDAY = datetime(2027, 3, 1, 10, 20, tzinfo=UTC)
THURSDAY = datetime(2027, 3, 11, 9, 0, tzinfo=UTC)
RISKS = {
    RiskKind.REPEAT: RiskValue.HIGH,
    RiskKind.INTIMIDATION: RiskValue.PRESENT,
    RiskKind.RETALIATION: RiskValue.POSSIBLE,
}
ILSE = PoliceMessage(
    "PL0100-2027 123", MONDAY.date(), RISKS,
    {"PM-01": None, "PM-04": None, "PM-06": date(2027, 6, 1), "PM-18": None, "PM-19": None},
    reason="Ex-partner kent adres", police_contact="Hester Blom, wijkagent",
)  # fmt: skip
RULE = Agreed((Way.CALL,), (), time(12), time(13), has_secret_address=True, code_word="Merel")


def refer(noordwest, message=ILSE, agreed=RULE, **told):
    met = make_met("Ilse Vermaat", address="Geheimlaan 1, Waterdijk", **told)
    referral = Referral(met, Facts("EVT-03", way_in=WayIn.POLICE), noordwest.municipality, agreed, message)
    return receive_referral(referral, by=noordwest.hester, at=MONDAY)


@pytest.fixture
def ilse(noordwest):
    case = refer(noordwest)
    assign(case, noordwest.member.daan, Part.MAIN, by=noordwest.olaf, at=MONDAY)
    assign(case, noordwest.member.vera, Part.DEPUTY, by=noordwest.olaf, at=MONDAY)
    return Case.objects.select_related("person", "team").get()


def test_at_level_3_three_named_people_see_the_case_and_for_everybody_else_it_does_not_exist(noordwest, ilse):
    assert levels_of([ilse.person_id]) == {ilse.person_id: Level.HIGH}
    who = {name for name in vars(noordwest.member) if case_for(getattr(noordwest, name), ilse.pk, MONDAY)}
    assert who == {"daan", "vera", "olaf"}
    running = AccessGrant.objects.filter(Q(ends_at__isnull=True), person_id=ilse.person_id)
    assert running.count() == 3
    found = search_cases("Ilse Vermaat", "+31600000051", "", by=noordwest.ayla, at=MONDAY)
    assert (found.rows, found.has_hidden) == ([], False)
    assert search_cases("Ilze Vermaat", "", "", by=noordwest.daan, at=MONDAY).rows[0].case == ilse


def test_below_level_3_the_leaders_role_sees_it_and_a_searcher_hears_only_that_there_may_be_one(noordwest):
    mild = PoliceMessage("PL-2", MONDAY.date(), {RiskKind.RETALIATION: RiskValue.POSSIBLE})
    case = refer(noordwest, mild)
    assert levels_of([case.person_id])[case.person_id] == Level.RAISED
    assert case_for(noordwest.olaf, case.pk, MONDAY) == case
    assert search_cases("Vermaat Ilse", "+31600000051", "", by=noordwest.ayla, at=MONDAY).has_hidden
    assert not search_cases("", "", "", by=noordwest.ayla, at=MONDAY).has_hidden
    assert not search_cases("Ilse Vermaat", "", "", by=SYSTEM, at=MONDAY).has_hidden


def test_an_unknown_leader_at_level_3(noordwest):
    noordwest.member.olaf.__class__.objects.filter(pk=noordwest.member.olaf.pk).update(
        ends_at=MONDAY - timedelta(days=1)
    )
    case = refer(noordwest)
    assert not list(cases_for(noordwest.olaf, MONDAY))
    assert not AccessGrant.objects.filter(person_id=case.person_id, ends_at__isnull=True).exists()


def test_a_level_that_goes_down_opens_the_case_to_the_leaders_role_again(noordwest, ilse):
    lower_level(ilse.person, Level.ATTENTION, "Politie ziet geen risico meer", by=noordwest.olaf, at=THURSDAY)
    give(ilse, noordwest.member.ayla, Part.BACK_UP, at=THURSDAY)
    rows = AccessGrant.objects.filter(person_id=ilse.person_id, ends_at__isnull=True)
    assert rows.filter(team=noordwest.team).count() == 1
    assert not rows.filter(grantee=noordwest.member.olaf).exists()
    assert case_for(noordwest.olaf, ilse.pk, THURSDAY) == ilse


def test_a_message_brings_tasks_alerts_and_a_reminder_two_weeks_before_a_measure_ends(noordwest, ilse):
    kinds = dict(Task.objects.to_do().filter(case=ilse).values_list("kind", "due_at"))
    assert kinds[TaskKind.ACKNOWLEDGE] == datetime(2027, 3, 2, 16, 0, tzinfo=UTC)
    assert kinds[TaskKind.MEASURE_ENDS] == datetime(2027, 5, 18, 15, 0, tzinfo=UTC)
    assert TaskKind.ASK_POLICE not in kinds
    shown = protection_of(ilse.person_id, noordwest.daan, MONDAY)
    assert shown.has_unread
    assert {each.alert.kind for each in shown.alerts} == {"risk", "safe_contact"}
    names = " ".join(each.name for each in shown.measures)
    assert "Contactverbod" in names
    assert "bewaken" not in names
    assert [each.ends_on for each in shown.measures if "Contactverbod" in each.name] == ["01-06-2027"]
    assert [each.starts_on for each in shown.measures if "AOL" in each.name] == [""]
    assessment = Assessment.objects.get()
    acknowledge(ilse, assessment, by=noordwest.daan, at=MONDAY)
    acknowledge(ilse, assessment, by=noordwest.daan, at=THURSDAY)
    assert Assessment.objects.get().acknowledged_at == MONDAY
    assert not Task.objects.to_do().filter(kind=TaskKind.ACKNOWLEDGE).exists()
    with pytest.raises(PermissionDenied):
        acknowledge(make_case(helper=noordwest.member.daan), assessment, by=noordwest.daan, at=MONDAY)


def test_a_measure_that_ends_soon_brings_no_reminder_in_the_past(noordwest):
    soon = PoliceMessage("PL-3", MONDAY.date(), RISKS, {"PM-08": date(2027, 3, 10)})
    case = refer(noordwest, soon)
    assert not Task.objects.filter(case=case, kind=TaskKind.MEASURE_ENDS).exists()


def test_national_police_send_to_every_town(noordwest):
    anywhere = Actor(ActorKind.MEMBERSHIP, municipality_codes=None)
    assert noordwest.municipality in places_of(anywhere, MONDAY)
    assert noordwest.municipality in places_of(noordwest.hester, MONDAY)


def test_an_update_by_the_same_police_keeps_both_and_an_unknown_number_reaches_nobody(noordwest, ilse):
    worse = PoliceMessage("pl0100 2027-123", THURSDAY.date(), {RiskKind.INTIMIDATION: RiskValue.HIGH})
    assert receive_update(worse, by=noordwest.hester, at=THURSDAY) == 1
    assert receive_update(PoliceMessage("PL-99", THURSDAY.date()), by=noordwest.hester, at=THURSDAY) == 0
    shown = protection_of(ilse.person_id, noordwest.daan, THURSDAY)
    assert len(shown.assessments) == 2
    assert shown.latest.risks == [("intimidatie", "hoog")]
    assert shown.measures == []
    assert not shown.is_old
    assert protection_of(ilse.person_id, noordwest.daan, THURSDAY + timedelta(days=99)).is_old
    with pytest.raises(PermissionDenied):
        receive_update(worse, by=noordwest.olaf, at=THURSDAY)


def test_a_case_without_assessment_says_so_and_asks_for_it(noordwest):
    case = refer(noordwest, message=None, agreed=None)
    assert protection_of(case.person_id, noordwest.olaf, MONDAY).level is None
    assert protection_of(case.person_id, noordwest.olaf, MONDAY).latest is None
    assert Task.objects.to_do().filter(case=case, kind=TaskKind.ASK_POLICE).count() == 1


def test_safe_contact_without_a_rule_yet_means_no_way_at_all(noordwest):
    case = refer(noordwest, agreed=None)
    assert rule_of(case.person_id).ways == []
    case.helpers.all().delete()
    give(case, noordwest.member.daan, at=MONDAY)
    agree_rule(case, RULE, by=noordwest.daan, at=MONDAY)
    assert rule_of(case.person_id).ways == [Way.CALL]
    with pytest.raises(PermissionDenied):
        agree_rule(case, RULE, by=noordwest.ayla, at=MONDAY)


def test_who_says_no_to_the_police_is_counted_and_not_written_down(noordwest):
    decline_help(Hit(noordwest.municipality, "EVT-12", MONDAY.date()), None, by=noordwest.hester, at=MONDAY)
    assert DeclinedHelp.objects.count() == 1
    assert not Person.objects.exists()
    with pytest.raises(ValidationError, match="Zonder ja"):
        refer(noordwest, consent_version="")
    assert not Person.objects.exists()
    with pytest.raises(PermissionDenied):
        decline_help(Hit(noordwest.municipality, "EVT-12", MONDAY.date()), None, by=noordwest.ayla, at=MONDAY)
    with pytest.raises(PermissionDenied):
        receive_referral(
            Referral(make_met(), Facts("EVT-03"), noordwest.municipality), by=noordwest.nadia, at=MONDAY
        )
    assert not can_refer(noordwest.olaf)


def test_where_no_team_works_the_police_hear_it(noordwest):
    noordwest.municipality.safety_region.team = None
    with pytest.raises(ValidationError, match="nog geen team"):
        refer(noordwest)


def test_the_real_address_needs_a_reason_each_time_and_the_leader_does_not_get_it_at_level_3(noordwest, ilse):
    with pytest.raises(ValidationError):
        open_address(ilse, " ", by=noordwest.daan, at=MONDAY)
    told = open_address(ilse, "Bezoek met de politie", by=noordwest.daan, at=MONDAY)
    assert told == "Geheimlaan 1, Waterdijk"
    assert SpecialReading.objects.count() == 1
    assert history_of(ilse, MONDAY).special[0][1] == "Bezoek met de politie"
    for who in (noordwest.olaf, noordwest.ayla, SYSTEM):
        with pytest.raises(PermissionDenied):
            open_address(ilse, "Even kijken", by=who, at=MONDAY)
    assert can_open_address(noordwest.olaf, ilse, Level.RAISED, MONDAY)


@pytest.fixture
def imke_on_duty(noordwest):
    make_duty(noordwest.member.imke, Seat.WORKER, starts_at=MONDAY - timedelta(hours=2))
    return noordwest.imke


def test_an_emergency_opens_the_case_for_four_hours_and_is_reviewed_the_next_working_day(
    noordwest, ilse, imke_on_duty
):
    spoken = ilse.reference.replace("-", " ")
    row = break_glass(spoken, "112-melding 44", "Mevrouw belt in paniek", by=imke_on_duty, at=MONDAY)
    assert case_for(imke_on_duty, ilse.pk, MONDAY) == ilse
    assert can_call(imke_on_duty, ilse, MONDAY)
    assert not can_help(imke_on_duty, ilse, MONDAY)
    assert case_for(imke_on_duty, ilse.pk, MONDAY + timedelta(hours=4)) is None
    task = Task.objects.get(kind=TaskKind.REVIEW_ACCESS)
    assert (task.due_at, task.is_for_leader) == (datetime(2027, 3, 2, 16, 0, tzinfo=UTC), True)
    review_emergency(row, is_justified=False, by=noordwest.olaf, at=MONDAY + timedelta(hours=1))
    review_emergency(row, is_justified=True, by=noordwest.olaf, at=MONDAY + timedelta(hours=1))
    assert BreakGlass.objects.get().is_justified is False
    assert case_for(imke_on_duty, ilse.pk, MONDAY + timedelta(hours=1)) is None
    assert not Task.objects.to_do().filter(kind=TaskKind.REVIEW_ACCESS).exists()
    [(_, outside, reason)] = history_of(ilse, MONDAY).emergencies
    assert (outside, reason) == ("112-melding 44", "Mevrouw belt in paniek")
    with pytest.raises(PermissionDenied):
        review_emergency(row, is_justified=True, by=noordwest.daan, at=MONDAY)
    again = break_glass(spoken, "112-melding 45", "Nog eens", by=imke_on_duty, at=MONDAY + timedelta(hours=2))
    review_emergency(again, is_justified=True, by=noordwest.olaf, at=MONDAY + timedelta(hours=3))
    assert case_for(imke_on_duty, ilse.pk, MONDAY + timedelta(hours=3)) == ilse


def test_no_duty_no_number_no_such_case_no_emergency(noordwest, ilse):
    told = (ilse.reference, "112-melding 44", "Nood")
    with pytest.raises(PermissionDenied):
        break_glass(*told, by=noordwest.imke, at=MONDAY)
    make_duty(noordwest.member.imke, Seat.WORKER, starts_at=MONDAY)
    for wrong, why in (
        ((ilse.reference, "", "Nood"), "Noem het nummer"),
        ((ilse.reference, "44", " "), "Noem het nummer"),
        (("rode-stoel-99", "44", "Nood"), "geen dossier gevonden"),
    ):
        with pytest.raises(ValidationError, match=why):
            break_glass(*wrong, by=noordwest.imke, at=MONDAY)
    for who in (noordwest.ayla, noordwest.nadia, SYSTEM):
        with pytest.raises(PermissionDenied):
            break_glass(*told, by=who, at=MONDAY)
    assert not BreakGlass.objects.exists()


def test_a_suspect_at_the_address_is_known_at_once_and_nothing_about_the_suspect_is(noordwest):
    met = make_met("Ilse Vermaat")
    referral = Referral(met, Facts("EVT-03"), noordwest.municipality, lives_with_suspect=True)
    case = receive_referral(referral, by=noordwest.hester, at=MONDAY)
    alert = Alert.objects.get()
    assert (alert.person_id, alert.kind, alert.raised_by) == (
        case.person_id,
        "same_house",
        noordwest.hester.id,
    )
    assert Person.objects.count() == 1
    started = ProcrastinateJob.objects.values_list("task_name", flat=True)
    assert "nabij.households.tasks.look_at_alert" in started


def test_a_newer_message_says_it_too_and_never_takes_it_back(noordwest):
    mild = PoliceMessage("PL-2", MONDAY.date(), {RiskKind.RETALIATION: RiskValue.NONE})
    refer(noordwest, mild)
    assert not Alert.objects.exists()
    receive_update(mild, lives_with_suspect=True, by=noordwest.hester, at=THURSDAY)
    receive_update(mild, by=noordwest.hester, at=THURSDAY)
    assert Alert.objects.get(kind="same_house").closed_at is None
    unknown = PoliceMessage("PL-99", THURSDAY.date())
    assert receive_update(unknown, lives_with_suspect=True, by=noordwest.hester, at=THURSDAY) == 0
