from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from ical.calendar_stream import IcsCalendarStream

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.agendas import actions
from nabij.agendas.models import Feed
from nabij.agendas.queries import calendar_of, feed_of
from nabij.kit import clock
from nabij.kit.clock import AMSTERDAM
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Seat

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 20, 7, 0, tzinfo=UTC)


def read_by_another_library(text: bytes) -> list[tuple[datetime, datetime]]:
    """What `ical`, which did not write it, makes of the file: begin and end in UTC."""
    calendar = IcsCalendarStream.calendar_from_ics(text.decode())
    return [(_moment(each.dtstart), _moment(each.dtend)) for each in calendar.events]


def _moment(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value.astimezone(UTC)


@pytest.mark.parametrize("night", ["2027-03-27", "2027-03-28", "2027-10-30", "2027-10-31"])
@pytest.mark.parametrize("hour", [0, 2, 20])
def test_a_second_library_reads_the_same_moments_around_both_clock_changes(night, hour):
    imke = make_membership(Role.ON_CALL_WORKER)
    start = datetime.fromisoformat(night).replace(hour=hour, tzinfo=AMSTERDAM).astimezone(UTC)
    duty = make_duty(imke, Seat.WORKER, starts_at=start, hours=12)
    actions.make_feed(False, by=actor_for(imke), at=NOW)
    found = read_by_another_library(calendar_of(Feed.objects.get(), NOW))
    assert found == [(duty.starts_at, duty.ends_at)]


def test_the_doubled_hour_is_read_as_it_was_meant():
    imke = make_membership(Role.ON_CALL_WORKER)
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # 02:30 in winter time, the second of the two
    make_duty(imke, Seat.WORKER, starts_at=second, hours=2)
    actions.make_feed(False, by=actor_for(imke), at=NOW)
    text = calendar_of(Feed.objects.get(), NOW)
    assert read_by_another_library(text) == [(second, second + timedelta(hours=2))]


def test_the_secret_opens_the_calendar_without_login_until_it_is_revoked(client):
    imke, now = make_membership(Role.ON_CALL_WORKER, name="Imke Tol"), clock.now()
    make_duty(imke, Seat.WORKER, starts_at=now)
    secret = actions.make_feed(False, by=actor_for(imke), at=now)
    answer = client.get(f"/werk/agenda/{secret}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Imke" not in answer.content.decode()
    assert "piketmedewerker" in answer.content.decode()
    assert Feed.objects.get().read_at is not None
    assert actions.revoke_feed(False, by=actor_for(imke), at=now) == 1
    assert client.get(f"/werk/agenda/{secret}.ics").status_code == 404
    assert client.get("/werk/agenda/onzin.ics").status_code == 404


def test_who_left_has_no_calendar_any_more():
    imke = make_membership(Role.ON_CALL_WORKER)
    secret = actions.make_feed(False, by=actor_for(imke), at=NOW)
    assert feed_of(secret, NOW)
    imke.ends_at = NOW
    imke.save()
    assert feed_of(secret, NOW) is None


def test_the_calendar_of_a_team_holds_all_its_chairs_and_no_names():
    imke, noor = make_membership(Role.ON_CALL_WORKER, name="Imke Tol"), make_membership(name="Noor Bos")
    make_duty(imke, Seat.WORKER, starts_at=NOW)
    make_duty(noor, Seat.COORDINATOR, starts_at=NOW)
    actions.make_feed(True, by=actor_for(imke), at=NOW)
    text = calendar_of(Feed.objects.get(), NOW).decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "Noor" not in text
    assert "Imke" not in text


def test_a_new_link_ends_the_one_before_and_the_page_shows_it_once(client):
    imke = make_membership(Role.ON_CALL_WORKER)
    client.force_login(imke.user)
    first = client.post("/werk/agenda/mijn/", {"soort": "eigen"}).content.decode()
    assert ".ics" in first
    assert ".ics" not in client.get("/werk/agenda/mijn/").content.decode()
    client.post("/werk/agenda/mijn/", {"soort": "eigen"})
    client.post("/werk/agenda/mijn/", {"soort": "team"})
    assert Feed.objects.filter(revoked_at__isnull=True).count() == 2
    client.post("/werk/agenda/mijn/intrekken/", {"soort": "team"})
    assert Feed.objects.get(revoked_at__isnull=True).team is None


def test_who_has_no_duties_has_no_calendar(client):
    officer = make_membership(Role.DUTY_OFFICER)
    client.force_login(officer.user)
    assert client.get("/werk/agenda/mijn/").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.make_feed(False, by=actor_for(officer), at=NOW)
