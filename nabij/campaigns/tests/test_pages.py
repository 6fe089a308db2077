"""The pages of waves."""

import pytest

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.campaigns.models import Report, Wave
from nabij.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client):
    def as_role(role, **where):
        client.force_login(make_membership(role, **where).user)
        return client

    return as_role


def report(client, **told):
    form = {
        "kind": "home_burglary", "municipality": make_municipality().pk, "area": "Vogelwijk",
        "happened_on": clock.local(clock.now()).date().isoformat(), "wants_contact": "on",
    }  # fmt: skip
    return client.post("/werk/golven/melden/", form | told, follow=True)


@pytest.fixture
def wave(enter):
    police = enter(Role.POLICE_OFFICER)
    said = [report(police).content.decode() for _ in range(4)]
    assert "Dit hoort bij een golf" in said[3]
    assert "Dit hoort bij een golf" not in said[2]
    return Wave.objects.get()


def test_the_municipality_sees_numbers_adds_addresses_and_tells_the_victims_first(enter, wave):
    femke = enter(Role.DUTY_OFFICER)
    place = f"/werk/golven/{wave.pk}/"
    assert "Vogelwijk" in femke.get("/werk/golven/").content.decode()
    assert "4 meldingen" in femke.get("/werk/golven/op-het-bureau/").content.decode()
    assert "Naar de golf" in femke.get(f"/werk/golven/gebeurtenis/{wave.incident_id}/").content.decode()
    wrong = femke.post(f"{place}adressen/", {"kind": "home_burglary", "addresses": "Merelstraat"})
    assert wrong.status_code == 422
    assert "Regel 1 heeft geen straat en huisnummer" in wrong.content.decode()
    assert "Merelstraat</textarea>" in wrong.content.decode()
    text = "Merelstraat 1\nMerelstraat 3"
    added = femke.post(f"{place}adressen/", {"kind": "home_burglary", "addresses": text}, follow=True)
    assert "2 van 2 adressen" in added.content.decode()
    assert "Merelstraat" not in added.content.decode()
    assert "De pers mag het horen vanaf" in femke.post(f"{place}verteld/", follow=True).content.decode()
    assert femke.post(f"/werk/golven/melding/{Report.objects.first().pk}/bereikt/").status_code == 404


def test_victim_support_counts_whom_it_reached_and_leads_nothing(enter, wave):
    olaf = enter(Role.TEAM_LEADER)
    place = f"/werk/golven/{wave.pk}/"
    row = wave.reports.first()
    page = olaf.post(f"/werk/golven/melding/{row.pk}/bereikt/", follow=True).content.decode()
    assert "1, op tijd: 1" in page
    assert olaf.get(f"{place}adressen/").status_code == 404
    assert olaf.post(f"{place}verteld/").status_code == 404


def test_others_find_no_wave_and_nothing_to_report(enter, wave):
    place = f"/werk/golven/{wave.pk}/"
    for role, where in ((Role.VOLUNTEER, {}), (Role.DUTY_OFFICER, make_municipality("GM9002", "Duinrand"))):
        other = enter(role, municipality=where or None)
        assert other.get(place).status_code == 404
        assert other.post(f"/werk/golven/melding/{wave.reports.first().pk}/bereikt/").status_code == 404
    volunteer = enter(Role.VOLUNTEER)
    assert volunteer.get("/werk/golven/").status_code == 404
    assert volunteer.get("/werk/golven/melden/").status_code == 404


def test_what_was_typed_stays_when_something_is_wrong(enter):
    answer = report(enter(Role.POLICE_OFFICER), area="", happened_on="2099-01-01", address="Merelstraat 4")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Deze dag moet nog komen" in page
    assert "Merelstraat 4" in page
    assert not Report.objects.exists()


def test_a_list_of_more_waves_asks_the_database_no_more(enter, wave, django_assert_max_num_queries):
    police = enter(Role.POLICE_OFFICER)
    for area in ("Noord", "Oost", "Zuid", "West"):
        for _ in range(4):
            report(police, area=area)
    femke = enter(Role.DUTY_OFFICER)
    with django_assert_max_num_queries(10):
        assert femke.get("/werk/golven/").status_code == 200


def test_a_report_that_is_sent_twice_counts_once(enter):
    police = enter(Role.POLICE_OFFICER)
    page = police.get("/werk/golven/melden/").content.decode()
    key = page.split('name="form_key" value="')[1].split('"')[0]
    for _ in range(4):
        assert "Gemeld." in report(police, form_key=key).content.decode()
    assert Report.objects.count() == 1
    assert not Wave.objects.exists()
    colleague = enter(Role.DUTY_OFFICER)
    report(colleague, form_key=key)
    assert Report.objects.count() == 2, "the key of another organisation says nothing here"
