from datetime import timedelta

import pytest

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.roles import Role
from nabij.kit import clock
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Availability, Demand, Duty, Seat

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def people():
    class People:
        now = clock.now()
        today = clock.local(now).date()
        olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit")
        imke = make_certified(make_membership(Role.ON_CALL_WORKER, name="Imke Tol"), on=today)
        zuid = make_membership(Role.TEAM_LEADER, team=make_team("Zuid"), name="Anna Zuid")
        piet = make_membership(Role.ON_CALL_WORKER, team=make_team("Zuid"), name="Piet Zuid")
        bart = make_membership(Role.TEAM_LEADER, is_national=True, team=None, name="Bart Nijhof")

    return People


def test_the_month_begins_with_its_gaps_and_from_a_gap_one_finds_who_can(people, client):
    client.force_login(people.olaf.user)
    page = client.get("/werk/rooster/maand/").content.decode()
    assert "Gaten in de komende 30 dagen" in page
    assert "piketmedewerker: 2 te weinig" in page
    assert "Arbeidstijdenwet 4:2" in page
    start = (people.today + 3 * DAY).isoformat()
    address = f"/werk/rooster/invoeren/?seat=worker&starts_at={start}T08:00&ends_at={start}T20:00"
    page = client.get(address).content.decode()
    assert page.index("<h3>Imke Tol") < page.index("<h3>Olaf Kruit")
    assert "Dit jaar 0,0 punten" in page
    assert (
        "Wie kan dit?" not in client.get("/werk/rooster/invoeren/?seat=worker&starts_at=x").content.decode()
    )
    wrong = f"/werk/rooster/invoeren/?seat=worker&starts_at={start}T20:00&ends_at={start}T08:00"
    assert "Wie kan dit?" not in client.get(wrong).content.decode()
    assert "gat" in client.get("/werk/rooster/gaten/").content.decode()


def test_a_planner_sees_the_own_team_only_and_national_staff_chooses(people, client):
    client.force_login(people.olaf.user)
    assert client.get(f"/werk/rooster/maand/?team={people.zuid.team_id}").status_code == 404
    assert client.get("/werk/rooster/maand/?team=landelijk").status_code == 404
    client.force_login(people.bart.user)
    page = client.get(f"/werk/rooster/maand/?team={people.zuid.team_id}").content.decode()
    assert "Rooster van Zuid" in page
    assert "landelijke achterwacht" in client.get("/werk/rooster/maand/?team=landelijk").content.decode()
    client.force_login(people.imke.user)
    for name in ("maand", "bezetting", "verdeling"):
        assert client.get(f"/werk/rooster/{name}/").status_code == 403


def test_demand_is_written_and_taken_away_on_its_page(people, client):
    client.force_login(people.olaf.user)
    form = {
        "seat": "worker", "weekdays": ["6", "7"], "starts": "10:00", "ends": "16:00", "needed": "2",
        "wished": "1", "first_day": people.today.isoformat(), "last_day": (people.today - DAY).isoformat(),
    }  # fmt: skip
    page = client.post("/werk/rooster/bezetting/", form)
    assert page.status_code == 422
    assert "Dit is minder dan nodig" in page.content.decode()
    assert "De laatste dag ligt voor de eerste" in page.content.decode()
    page = client.post("/werk/rooster/bezetting/", {**form, "wished": "3", "last_day": ""}, follow=True)
    assert "2 nodig, 3 gewenst" in page.content.decode()
    row = Demand.objects.get()
    client.force_login(people.zuid.user)
    assert client.post(f"/werk/rooster/bezetting/{row.pk}/stoppen/").status_code == 404
    client.force_login(people.olaf.user)
    assert client.post(f"/werk/rooster/bezetting/{row.pk}/stoppen/").status_code == 302
    assert not Demand.objects.exists()


def test_who_did_how_much_stands_in_a_table(people, client):
    make_duty(people.imke, Seat.WORKER, starts_at=people.now - 2 * DAY)
    client.force_login(people.olaf.user)
    page = client.get("/werk/rooster/verdeling/").content.decode()
    assert "Imke Tol" in page
    assert "24" in page


def test_my_duties_are_confirmed_and_my_days_are_written_on_a_phone(people, client):
    duty = make_duty(people.imke, Seat.WORKER, starts_at=people.now + DAY)
    client.force_login(people.imke.user)
    assert "Ik ben er" in client.get("/werk/rooster/mijn/").content.decode()
    page = client.post(f"/werk/rooster/{duty.pk}/bevestigen/", follow=True).content.decode()
    assert "Bevestigd" in page
    first = people.today + DAY
    days = {"wish": "away", "first_day": first.isoformat(), "last_day": (first - DAY).isoformat()}
    assert client.get("/werk/rooster/mijn/dagen/").status_code == 200
    assert "ligt voor de eerste" in client.post("/werk/rooster/mijn/dagen/", days).content.decode()
    past = {**days, "first_day": "2020-01-01", "last_day": "2020-01-02"}
    assert "Deze dagen zijn voorbij" in client.post("/werk/rooster/mijn/dagen/", past).content.decode()
    long = {**days, "last_day": (first + 500 * DAY).isoformat()}
    assert "langer dan een jaar" in client.post("/werk/rooster/mijn/dagen/", long).content.decode()
    right = {**days, "last_day": first.isoformat()}
    page = client.post("/werk/rooster/mijn/dagen/", right, follow=True).content.decode()
    assert "Er staat dan al 1 dienst" in page
    row = Availability.objects.get()
    client.force_login(people.zuid.user)
    assert client.post(f"/werk/rooster/mijn/dagen/{row.pk}/weghalen/").status_code == 404
    client.force_login(people.imke.user)
    client.post(f"/werk/rooster/mijn/dagen/{row.pk}/weghalen/")
    assert not Availability.objects.exists()
    rather = {**right, "wish": "rather"}
    assert "al 1 dienst" not in client.post("/werk/rooster/mijn/dagen/", rather, follow=True).content.decode()


def test_who_has_no_duties_has_no_page_for_them(people, client):
    client.force_login(make_membership(Role.DUTY_OFFICER).user)
    for name in ("mijn/", "mijn/dagen/"):
        assert client.get(f"/werk/rooster/{name}").status_code == 403
    duty = make_duty(people.imke, Seat.WORKER, starts_at=people.now + DAY)
    assert client.post(f"/werk/rooster/{duty.pk}/bevestigen/").status_code == 404
    client.force_login(people.olaf.user)
    assert client.post(f"/werk/rooster/{duty.pk}/bevestigen/").status_code == 403
    assert Duty.objects.get().confirmed_at is None


def test_a_planner_tells_days_for_somebody_absent_and_sees_the_duty_that_may_no_more(people, client):
    duty = make_duty(people.imke, Seat.WORKER, starts_at=people.now + DAY)
    client.force_login(people.olaf.user)
    assert "Diensten die niet meer mogen" not in client.get("/werk/rooster/maand/").content.decode()
    day = (people.today + DAY).isoformat()
    form = {"wish": "away", "first_day": day, "last_day": day, "membership": str(people.imke.pk)}
    assert (
        client.post("/werk/rooster/mijn/dagen/", {**form, "membership": str(people.piet.pk)}).status_code
        == 422
    )
    page = client.post("/werk/rooster/mijn/dagen/", form, follow=True).content.decode()
    assert "Er staat dan al 1 dienst" in page
    assert "Diensten die niet meer mogen" in page
    assert f"/werk/rooster/{duty.pk}/ruilen/" in page
    assert Availability.objects.get().membership == people.imke
