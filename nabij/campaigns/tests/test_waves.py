"""Waves of burglary (S06): the fourth report opens one, addresses count once, victims hear first."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.campaigns import actions, tasks
from nabij.campaigns.actions import ReportData
from nabij.campaigns.models import LetterAddress, Report, Wave
from nabij.campaigns.queries import (
    addresses_of,
    asks_meeting,
    figures_of,
    press_may_hear_at,
    waiting_for_contact,
    waves_for,
)
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.kit.clock import AMSTERDAM
from nabij.kit.tests.at_once import together
from nabij.privacy.actions import remove_expired

pytestmark = pytest.mark.django_db
DAYS = (1, 2, 4, 5, 6, 8, 9, 11, 12, 13, 14)  # of November 2027: 9 homes and 2 businesses


def at(day, hour=12):
    return datetime(2027, 11, day, hour, tzinfo=AMSTERDAM)


@pytest.fixture
def waterdijk(db):
    return make_municipality("GM9003", "Waterdijk")


@pytest.fixture
def hester(waterdijk):
    return actor_for(make_membership(Role.POLICE_OFFICER, municipality=waterdijk))


@pytest.fixture
def femke(waterdijk):
    return actor_for(make_membership(Role.DUTY_OFFICER, municipality=waterdijk))


@pytest.fixture
def olaf(waterdijk):
    return actor_for(make_membership(Role.TEAM_LEADER, team=waterdijk.safety_region.team))


def told(place, day=1, **fields):
    facts = {"kind": "home_burglary", "wants_contact": True, "area": "Vogelwijk", **fields}
    return ReportData(place, happened_on=date(2027, 11, day), **facts)


@pytest.fixture
def wave(waterdijk, hester):
    for number, day in enumerate(DAYS):
        kind = "business_burglary" if number in (3, 7) else "home_burglary"
        data = told(waterdijk, day, kind=kind, wants_contact=number % 4 != 3 or number == 3)
        actions.report(data, by=hester, at=at(day))
    return Wave.objects.get()


def test_the_fourth_report_in_fourteen_days_opens_the_wave_with_an_event_of_its_own(waterdijk, hester):
    for day in DAYS[:3]:
        assert actions.report(told(waterdijk, day), by=hester, at=at(day)).wave is None
    assert not Incident.objects.exists()
    fourth = actions.report(told(waterdijk, 5), by=hester, at=at(5))
    assert fourth.wave.opened_at == at(5)
    assert Report.objects.filter(wave=fourth.wave).count() == 4
    assert (Incident.objects.get().topic, Incident.objects.get().place) == ("EVT-05", "Vogelwijk")


def test_eleven_reports_are_one_wave(wave):
    figures = figures_of(wave, at(14))
    assert figures.reports == 11
    assert dict(figures.by_kind) == {"inbraak in een woning": 9, "inbraak in een bedrijf": 2}
    assert asks_meeting(wave, figures)


def test_reports_too_far_apart_or_in_another_area_make_no_wave(waterdijk, hester):
    for day in (1, 2, 15):
        actions.report(told(waterdijk, day), by=hester, at=at(20))
    actions.report(told(waterdijk, 4, area="Bloemenbuurt"), by=hester, at=at(20))
    actions.report(told(waterdijk, 16), by=hester, at=at(20))
    actions.report(told(waterdijk, 3), by=hester, at=at(20))
    assert not Wave.objects.exists(), "no fourteen days hold four of 1, 2, 3, 15 and 16 November"
    actions.report(told(waterdijk, 4, area=" vogelWIJK "), by=hester, at=at(20))
    assert Wave.objects.get().reports.count() == 6, "3, 4, 15 and 16 lie in fourteen days"


def test_ten_scams_in_a_week_are_a_wave_of_the_whole_town(waterdijk, hester):
    for number in range(10):
        data = told(waterdijk, 1 + number % 7, kind="online_scam", area=f"buurt {number}")
        row = actions.report(data, by=hester, at=at(8))
    assert (row.wave.family, row.wave.area) == ("online", "")


def test_of_eleven_eight_said_yes_and_are_reached_within_a_working_day_and_three_are_left_alone(
    waterdijk, hester, olaf
):
    for number, day in enumerate(DAYS):
        actions.report(told(waterdijk, day, wants_contact=number < 8), by=hester, at=at(day))
    wave = Wave.objects.get()
    for row in waiting_for_contact(wave):
        actions.note_contact(row, by=olaf, at=row.contact_due_at)
        actions.note_contact(row, by=olaf, at=row.contact_due_at + timedelta(days=3))
    figures = figures_of(wave, at(30))
    assert (figures.said_yes, figures.reached, figures.reached_in_time, figures.late) == (8, 8, 8, 0)
    assert figures.left_alone == 3
    with pytest.raises(ValidationError, match="geen contact"):
        actions.note_contact(wave.reports.filter(wants_contact=False).first(), by=olaf, at=at(30))


def test_who_is_not_reached_in_a_working_day_is_late(waterdijk, hester):
    for day in (1, 2, 3, 4):
        actions.report(told(waterdijk, day), by=hester, at=at(4))
    assert figures_of(Wave.objects.get(), at(4)).late == 0
    assert figures_of(Wave.objects.get(), at(6)).late == 4


def test_an_address_in_two_circles_gets_one_letter(wave, femke):
    first = "\n".join(f"Merelstraat {number}" for number in range(1, 201))
    second = "\n".join(f"merelstraat  {number}" for number in range(173, 313))
    assert actions.add_addresses(wave, "home_burglary", first, by=femke, at=at(6)).new == 200
    added = actions.add_addresses(wave, "home_burglary", second, by=femke, at=at(6))
    assert (added.given, added.new) == (140, 112)
    assert figures_of(wave, at(6)).addresses == 312
    assert len(addresses_of(wave, "T-FLY-BUR")) == 312
    assert b"Merel" not in bytes(LetterAddress.objects.first().address_sealed)


def test_a_business_gets_another_letter_than_a_home(wave, femke):
    actions.add_addresses(wave, "home_burglary", "Merelstraat 1", by=femke, at=at(6))
    actions.add_addresses(wave, "business_burglary", "Havenweg 12\nHavenweg 12", by=femke, at=at(6))
    assert figures_of(wave, at(6)).letters == [("T-FLY-BIZ", 1), ("T-FLY-BUR", 1)]


def test_a_line_without_a_house_is_named_by_its_place_and_nothing_is_added(wave, femke):
    for text, problem in (("Merelstraat 1\nMevrouw Jansen", "Regel 2"), ("  ", "1 tot 5000")):
        with pytest.raises(ValidationError, match=problem):
            actions.add_addresses(wave, "home_burglary", text, by=femke, at=at(6))
    with pytest.raises(ValidationError, match="lijst"):
        actions.add_addresses(wave, "online_scam", "Merelstraat 1", by=femke, at=at(6))
    assert not LetterAddress.objects.exists()


def test_the_same_address_within_a_year_is_a_repeat_and_is_called_first(waterdijk, hester):
    actions.report(told(waterdijk, 1, address="Merelstraat 4, 1234 AB Waterdijk"), by=hester, at=at(1))
    again = actions.report(told(waterdijk, 9, address="merelstr. 4"), by=hester, at=at(9))
    other = actions.report(told(waterdijk, 9, address="Merelstraat 6"), by=hester, at=at(9))
    assert (again.is_repeat, other.is_repeat) == (True, False)
    actions.report(told(waterdijk, 10), by=hester, at=at(10))
    assert waiting_for_contact(Wave.objects.get()).first() == again
    later = ReportData(waterdijk, "home_burglary", date(2028, 11, 20), True, "Vogelwijk", "Merelstraat 4")
    assert not actions.report(later, by=hester, at=at(20).replace(year=2028)).is_repeat


def test_victims_hear_of_an_arrest_two_hours_before_the_press(wave, femke):
    assert press_may_hear_at(wave) is None
    actions.tell_victims(wave, by=femke, at=at(20, 10))
    wave = actions.tell_victims(wave, by=femke, at=at(20, 15))
    assert press_may_hear_at(wave) == at(20, 12)


def test_after_fourteen_quiet_days_the_wave_is_over_and_its_addresses_are_gone(wave, femke, monkeypatch):
    actions.add_addresses(wave, "home_burglary", "Merelstraat 1", by=femke, at=at(6))
    assert actions.close_quiet_waves(by=SYSTEM, at=at(27)) == 0
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(tasks.clock, "now", lambda: at(28))
    tasks.close_waves(0)
    wave.refresh_from_db()
    assert wave.closed_at == at(28)
    assert addresses_of(wave, "T-FLY-BUR") == []
    with pytest.raises(PermissionDenied):
        actions.add_addresses(wave, "home_burglary", "Merelstraat 2", by=femke, at=at(28))


def test_after_a_wave_is_over_a_new_one_can_begin(wave, waterdijk, hester):
    actions.close_quiet_waves(by=SYSTEM, at=at(30))
    data = told(waterdijk, 1)
    for day in (1, 2, 3, 4):
        when = datetime(2027, 12, day, 12, tzinfo=AMSTERDAM)
        actions.report(ReportData(**{**data.__dict__, "happened_on": when.date()}), by=hester, at=when)
    assert Wave.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "x"}, "kind"),
        ({"area": " "}, "area"),
        ({"happened_on": date(2027, 12, 1)}, "happened_on"),
        ({"happened_on": date(1, 1, 1)}, "happened_on"),
        ({"happened_on": date(2026, 11, 13)}, "happened_on"),
    ],
)
def test_wrong_input_is_said_beside_its_field(waterdijk, hester, wrong, field):
    data = ReportData(**{**told(waterdijk).__dict__, **wrong})
    with pytest.raises(ValidationError) as refused:
        actions.report(data, by=hester, at=at(14))
    assert list(refused.value.message_dict) == [field]


def test_who_may_what(wave, waterdijk, hester, femke, olaf):
    elsewhere = actor_for(make_membership(Role.DUTY_OFFICER, municipality=make_municipality("GM9004", "D")))
    volunteer = actor_for(make_membership(Role.VOLUNTEER))
    for actor, seen in ((femke, 1), (olaf, 1), (hester, 0), (elsewhere, 0), (volunteer, 0), (SYSTEM, 0)):
        assert waves_for(actor, at(14)).count() == seen
    for actor in (elsewhere, volunteer, SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.report(told(waterdijk), by=actor, at=at(14))
    for act in (
        lambda: actions.add_addresses(wave, "home_burglary", "Merelstraat 1", by=olaf, at=at(14)),
        lambda: actions.tell_victims(wave, by=olaf, at=at(14)),
        lambda: actions.note_contact(wave.reports.first(), by=femke, at=at(14)),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_marks_and_addresses_go_after_their_term_and_the_figures_stay(wave, waterdijk, hester, femke):
    actions.report(told(waterdijk, 14, address="Merelstraat 4"), by=hester, at=at(14))
    actions.add_addresses(wave, "home_burglary", "Merelstraat 1", by=femke, at=at(14))
    remove_expired(by=SYSTEM, at=at(14).replace(year=2029) + timedelta(days=1))
    assert not LetterAddress.objects.exists()
    assert not Report.objects.filter(address_mark__isnull=False).exists()
    assert figures_of(wave, at(14)).reports == 12


def test_the_database_knows_that_a_place_has_one_wave_and_that_a_no_is_never_contacted(wave):
    event = make_incident()
    again = Wave(
        municipality=wave.municipality, incident=event, family=wave.family, area_key=wave.area_key,
        opened_at=at(1),
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        wave.reports.filter(wants_contact=False).update(contacted_at=at(14))


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_the_same_moment_open_one_wave(waterdijk, hester):
    for day in (1, 2, 3):
        actions.report(told(waterdijk, day), by=hester, at=at(5))
    acts = [lambda: actions.report(told(waterdijk, 5), by=hester, at=at(5))] * 2
    assert together(*acts) == []
    assert Wave.objects.count() == 1
    assert Wave.objects.get().reports.count() == 5


def test_a_wave_that_was_reported_late_stays_for_fourteen_days_after_the_last_report(
    waterdijk, hester, femke
):
    for day in (1, 2, 3, 4):
        row = actions.report(told(waterdijk, day), by=hester, at=at(20))
    actions.add_addresses(row.wave, "home_burglary", "Merelstraat 1", by=femke, at=at(20))
    assert actions.close_quiet_waves(by=SYSTEM, at=at(21, 5)) == 0
    assert addresses_of(row.wave, "T-FLY-BUR") == ["Merelstraat 1"]


def test_areas_with_a_number_are_different_areas_and_a_long_name_is_taken(waterdijk, hester):
    for day, area in enumerate(("Wijk 1", "Wijk 2", "Wijk 3", "Wijk 4", "ß" * 80), start=1):
        assert actions.report(told(waterdijk, day, area=area), by=hester, at=at(6)).wave is None
    for day in (1, 2, 3):
        row = actions.report(told(waterdijk, day, area="wijk  1"), by=hester, at=at(6))
    assert row.wave.reports.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_report_at_the_moment_a_wave_ends_stays_in_no_closed_wave(wave, waterdijk, hester):
    acts = [
        lambda: actions.close_quiet_waves(by=SYSTEM, at=at(28)),
        lambda: actions.report(told(waterdijk, 28), by=hester, at=at(28)),
    ]
    assert together(*acts) == []
    wave.refresh_from_db()
    new = Report.objects.get(happened_on=date(2027, 11, 28))
    assert (new.wave_id is None) == (wave.closed_at is not None)


def test_many_addresses_are_sealed_with_one_look_at_the_key(wave, femke, django_assert_max_num_queries):
    text = "\n".join(f"Merelstraat {number}" for number in range(1, 101))
    with django_assert_max_num_queries(15):
        actions.add_addresses(wave, "home_burglary", text, by=femke, at=at(6))
