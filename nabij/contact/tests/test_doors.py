from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from nabij.contact.doors import CallerKind, Door, DoorKey, Urgency, doors_for
from nabij.contact.hours import OpeningHours, Window, is_open, next_opening, opening_hours
from nabij.kit.content import ContentError

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOURS = opening_hours()
NEVER = OpeningHours((None,) * 7, frozenset(), AMSTERDAM)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def primary(caller: CallerKind, urgency: Urgency, at: str, hours: OpeningHours = HOURS) -> Door:
    return doors_for(caller, urgency, moment(at), hours).primary


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-01-11 07:59:59", False),
        ("2027-01-11 08:00", True),
        ("2027-01-11 19:59:59", True),
        ("2027-01-11 20:00", False),
        ("2027-01-09 09:59:59", False),
        ("2027-01-09 10:00", True),
        ("2027-01-09 16:59:59", True),
        ("2027-01-09 17:00", False),
        ("2027-01-10 12:00", False),
    ],
)
def test_the_line_opens_at_the_first_minute_and_is_closed_at_the_last(at: str, expected: bool) -> None:
    assert is_open(moment(at), HOURS) is expected


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2027-03-27 17:00", "2027-03-29T06:00:00+00:00"),
        ("2027-03-28 01:59", "2027-03-29T06:00:00+00:00"),
        ("2027-03-28 03:00", "2027-03-29T06:00:00+00:00"),
        ("2027-10-30 17:00", "2027-11-01T07:00:00+00:00"),
        ("2027-10-31 02:30", "2027-11-01T07:00:00+00:00"),
    ],
)
def test_the_opening_after_a_clock_change_is_eight_o_clock_on_the_new_clock(at: str, opens: str) -> None:
    assert next_opening(moment(at), HOURS) == datetime.fromisoformat(opens)


def test_the_next_opening_of_an_open_line_is_tomorrow() -> None:
    assert next_opening(moment("2027-01-11 12:00"), HOURS) == moment("2027-01-12 08:00")


def test_a_closing_day_moves_the_opening_to_the_day_after() -> None:
    hours = OpeningHours(HOURS.week, frozenset({date(2026, 12, 25)}), AMSTERDAM)
    assert next_opening(moment("2026-12-24 20:00"), hours) == moment("2026-12-26 10:00")
    door = primary(CallerKind.MUNICIPALITY, Urgency.NOT_URGENT, "2026-12-25 11:00", hours)
    assert "zaterdag 26 december 2026 om 10.00 uur" in door.reason


def test_an_official_at_half_past_three_in_the_night_gets_the_on_call_service() -> None:
    doors = doors_for(CallerKind.MUNICIPALITY, Urgency.URGENT, moment("2027-01-10 03:31"), HOURS)
    assert doors.primary.key is DoorKey.ON_CALL
    assert "buiten openingstijden" in doors.primary.reason
    assert DoorKey.ADVICE_LINE not in [door.key for door in doors.others]


def test_an_official_on_tuesday_afternoon_gets_the_advice_line_with_its_menu_option() -> None:
    door = primary(CallerKind.MUNICIPALITY, Urgency.URGENT, "2027-01-12 14:10")
    assert (door.key, door.phone, door.dial) == (DoorKey.ADVICE_LINE, "0900-0101", "09000101")
    assert "Professional" in door.how
    assert "20.00 uur" in door.reason


def test_a_school_before_opening_hears_when_the_line_opens_and_who_can_ask_the_on_call_service() -> None:
    doors = doors_for(CallerKind.SCHOOL, Urgency.URGENT, moment("2027-02-15 07:05"), HOURS)
    said = "0900-0101 opent om 08.00 uur; bij spoed kan de gemeente of de politie het piket vragen"
    assert said in doors.primary.reason
    assert DoorKey.ON_CALL not in [door.key for door in (doors.primary, *doors.others)]


def test_a_safety_region_at_night_is_sent_to_its_ghor() -> None:
    assert "GHOR" in primary(CallerKind.SAFETY_REGION, Urgency.URGENT, "2027-01-10 03:31").reason


def test_what_can_wait_at_night_gets_the_next_opening_with_date_and_time() -> None:
    door = primary(CallerKind.MUNICIPALITY, Urgency.NOT_URGENT, "2027-01-11 07:00")
    assert door.key is DoorKey.NEXT_OPENING
    assert "maandag 11 januari 2027 om 08.00 uur" in door.reason
    assert door.phone == ""
    assert door.opens_at == moment("2027-01-11 08:00")


def test_a_resident_at_night_gets_the_page_with_first_steps_112_and_113() -> None:
    doors = doors_for(CallerKind.RESIDENT, Urgency.URGENT, moment("2027-01-10 03:31"), HOURS)
    assert (doors.primary.key, doors.primary.url) == (DoorKey.FIRST_STEPS, "/nu/")
    assert [door.key for door in doors.others][:2] == [DoorKey.EMERGENCY, DoorKey.CRISIS_LINE]


@pytest.mark.parametrize("caller", [CallerKind.RESIDENT, CallerKind.MUNICIPALITY, CallerKind.SCHOOL])
def test_life_in_danger_is_112_first_by_day_and_by_night(caller: CallerKind) -> None:
    for at in ("2027-01-10 03:31", "2027-01-12 14:10"):
        assert primary(caller, Urgency.LIFE_IN_DANGER, at).phone == "112"


@pytest.mark.parametrize("caller", [CallerKind.POLICE, CallerKind.GHOR])
def test_the_emergency_services_themselves_keep_their_own_door(caller: CallerKind) -> None:
    doors = doors_for(caller, Urgency.LIFE_IN_DANGER, moment("2027-01-10 03:31"), HOURS)
    assert doors.primary.key is DoorKey.ON_CALL
    assert doors.others[0].key is DoorKey.EMERGENCY


def test_doors_are_said_in_english_and_an_unknown_language_gets_dutch() -> None:
    at = moment("2027-01-10 03:31")
    english = doors_for(CallerKind.SCHOOL, Urgency.URGENT, at, HOURS, "en").primary.reason
    assert english.startswith("0900-0101 opens Monday 11 January 2027 at 08:00;")
    assert doors_for(CallerKind.SCHOOL, Urgency.URGENT, at, HOURS, "xx") == doors_for(
        CallerKind.SCHOOL, Urgency.URGENT, at, HOURS
    )


def test_a_line_that_stays_closed_promises_no_moment() -> None:
    assert next_opening(moment("2027-01-11 12:00"), NEVER) is None
    door = primary(CallerKind.MUNICIPALITY, Urgency.NOT_URGENT, "2027-01-11 12:00", NEVER)
    assert "op een later moment" in door.reason


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_open(datetime(2027, 1, 11, 12), HOURS)  # noqa: DTZ001


def test_opening_hours_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ContentError):
        Window(time(20), time(8))
    with pytest.raises(ContentError):
        OpeningHours((None,) * 6, frozenset(), AMSTERDAM)
