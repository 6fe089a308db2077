"""The pages of an exercise."""

from datetime import timedelta

import pytest

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.aftercare.models import Run
from nabij.drills import tasks
from nabij.drills.models import Drill
from nabij.drills.tests.test_drills import NOBODY_CAN_ANSWER

pytestmark = pytest.mark.django_db
FORM = {
    "practised": "protocol", "scene": "explosion", "municipality": "GM9001", "starts_at": "2027-01-10T03:10",
    "speed": "600", "seed": "3",
}  # fmt: skip


@pytest.fixture
def nadia(client):
    client.force_login(make_membership(Role.DUTY_OFFICER).user)
    return client


def test_from_a_new_exercise_to_a_wiped_one(nadia):
    page = nadia.post("/werk/oefeningen/nieuw/", FORM, follow=True).content.decode()
    assert "OEFENING" in page
    assert "zondag 10 januari 03:10" in page
    drill = Drill.objects.get()
    place = f"/werk/oefeningen/{drill.pk}/"
    for wish in ("verder", "600", "", "stil", "tot-het-eind", "7"):
        assert nadia.post(f"{place}klok/", {"wens": wish}).status_code == 302
    assert "Kies een snelheid" in nadia.get(place).content.decode()
    assert nadia.get(f"{place}verslag/").status_code == 404
    part = nadia.post(f"{place}klok/", {"wens": "klaar"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Verslag (PDF)" in part
    answer = nadia.get(f"{place}verslag/")
    assert answer["Content-Type"] == "application/pdf"
    assert "Dit kunt u niet terugdraaien" in nadia.get(f"{place}wissen/").content.decode()
    assert "Het verslag blijft" in nadia.post(f"{place}wissen/", follow=True).content.decode()
    assert "mag nu niet" not in nadia.get("/werk/oefeningen/").content.decode()
    assert nadia.post(f"{place}wissen/", follow=True).status_code == 404 or Drill.objects.get().wiped_at


def test_what_was_typed_stays_when_something_is_wrong(nadia):
    wrong = nadia.post("/werk/oefeningen/nieuw/", {**FORM, "seed": "0", "starts_at": "31-02-2027"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "31-02-2027" in page
    assert not Drill.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01T00:00", "9999-12-31T23:59", "2019-05-05T10:00"])
def test_a_day_too_far_away_is_refused_beside_its_field(nadia, day):
    wrong = nadia.post("/werk/oefeningen/nieuw/", {**FORM, "starts_at": day})
    assert wrong.status_code == 422
    assert "ligt te ver weg" in wrong.content.decode()
    assert day in wrong.content.decode()
    assert not Drill.objects.exists()


@pytest.mark.parametrize("wish", ["²", "9" * 5000, "600000", "-1"])
def test_a_speed_that_is_no_number_breaks_nothing(nadia, wish):
    nadia.post("/werk/oefeningen/nieuw/", FORM)
    place = f"/werk/oefeningen/{Drill.objects.get().pk}/"
    assert nadia.post(f"{place}klok/", {"wens": wish}).status_code == 302
    assert Drill.objects.get().is_paused


def test_one_drill_that_cannot_go_on_stops_no_other(nadia, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    for _each in range(2):
        nadia.post("/werk/oefeningen/nieuw/", FORM)
    stuck, sound = Drill.objects.order_by("begun_at")
    run = Run.objects.get(incident=stuck.incident)
    for step in run.plan["steps"]:
        step["evidence"] = NOBODY_CAN_ANSWER
    run.save()
    then = stuck.set_at - timedelta(days=1)
    Drill.objects.update(is_paused=False, speed=600, set_at=then)
    tasks.play_drills(0)
    sound.refresh_from_db()
    assert sound.acted


def test_another_municipality_and_who_may_not_practise_get_404(nadia, client):
    nadia.post("/werk/oefeningen/nieuw/", FORM)
    place = f"/werk/oefeningen/{Drill.objects.get().pk}/"
    for role, where in ((Role.DUTY_OFFICER, make_municipality("GM9002", "Duinrand")), (Role.VOLUNTEER, None)):
        client.force_login(make_membership(role, municipality=where).user)
        assert client.get(place).status_code == 404
        assert client.post(f"{place}klok/", {"wens": "verder"}).status_code == 404
    assert client.get("/werk/oefeningen/").status_code == 404
    assert client.get("/werk/oefeningen/nieuw/").status_code == 404


def test_a_clock_that_runs_goes_on_without_anybody_looking(nadia, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    nadia.post("/werk/oefeningen/nieuw/", FORM)
    drill = Drill.objects.get()
    nadia.post(f"/werk/oefeningen/{drill.pk}/klok/", {"wens": "600"})
    Drill.objects.update(set_at=drill.set_at.replace(year=drill.set_at.year - 1))
    tasks.play_drills(0)
    drill.refresh_from_db()
    assert drill.acted


def test_the_list_asks_the_database_no_more_for_more(nadia, django_assert_max_num_queries):
    for number in (1, 4):
        for _ in range(number):
            nadia.post("/werk/oefeningen/nieuw/", FORM)
        with django_assert_max_num_queries(9):
            assert nadia.get("/werk/oefeningen/").status_code == 200
