from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nabij.audit.models import ReadEntry
from nabij.desk import actions
from nabij.desk.factories import make_need, register
from nabij.desk.models import Need, Together
from nabij.desk.tests.conftest import EVENING
from nabij.kit import clock
from nabij.people.models import AccessGrant


def text(response):
    return unescape(response.content.decode())


def url(name, *args):
    return reverse(f"desk:{name}", args=args)


@pytest.fixture
def desk(place):
    return url("desk", place.incident.pk)


def test_the_desk_shows_urgent_needs_first_with_the_minutes_left_and_no_name(place, as_, desk):
    make_need(place.incident, at=EVENING, needs=["transport"])
    make_need(place.incident, at=EVENING - timedelta(minutes=10), urgent="yes", needs=["housing"])
    page = text(as_(place.rosa).get(desk))
    assert page.index("Een plek om te slapen") < page.index("Vervoer")
    assert "nog 19 min" in page or "nog 20 min" in page
    assert "Mirjam" not in page
    assert not ReadEntry.objects.exists(), "a list without names opens nobody"
    assert "Nieuwe aanmelding" in page
    assert 'type="search"' in page


def test_each_list_of_the_desk_shows_its_own(place, as_, desk):
    kinds = ("housing", "money", "talk", "medicine", "transport")
    needs = {kind: make_need(place.incident, at=EVENING, needs=[kind], yes_to=("ggd",)) for kind in kinds}
    mine = actions.take_need(needs["money"], by=place.rosa, at=EVENING)
    other = actions.take_need(needs["talk"], by=place.tim, at=EVENING)
    passed = actions.take_need(needs["medicine"], by=place.tim, at=EVENING)
    actions.pass_need(passed, "ggd", "Belt terug", by=place.tim, at=EVENING)
    done = actions.take_need(needs["transport"], by=place.tim, at=EVENING)
    actions.end_need(done, "helped", by=place.tim, at=EVENING)
    shown = {
        "wacht": {"housing"}, "van-mij": {"money"}, "opgepakt": {"money", "talk"},
        "bij-partner": {"medicine"}, "te-laat": set(), "klaar": {"transport"}, "onzin": {"housing"},
    }  # fmt: skip
    client = as_(place.rosa)
    for word, kinds_shown in shown.items():
        page = client.get(f"{desk}?wat={word}")
        assert {row.need.kind for row in page.context["rows"]} == kinds_shown, word
    clock.move_to(EVENING + timedelta(hours=3))
    assert {row.need.kind for row in client.get(f"{desk}?wat=te-laat").context["rows"]} == {"housing"}
    assert mine.pk != other.pk


def test_a_list_takes_the_same_number_of_queries_for_one_and_for_five(place, as_, desk):
    make_need(place.incident, at=EVENING)
    client = as_(place.rosa)
    client.get(desk)
    counted = []
    for number in (0, 4):
        for _ in range(number):
            make_need(place.incident, at=EVENING)
        with CaptureQueriesContext(connection) as captured:
            client.get(desk)
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_a_registrar_takes_passes_and_ends_a_need(place, as_):
    """SVC-28: needs to partner and owner, from the desk to the outcome."""
    need = make_need(place.incident, at=EVENING, needs=["medicine"], yes_to=("ggd",))
    sheet = url("registration", need.registration_id)
    client = as_(place.rosa)
    page = client.post(url("take", need.pk), follow=True)
    assert page.redirect_chain[-1][0] == sheet
    assert "Rosa Vink" in text(page)
    assert "Mirjam Zandstra" in text(page)
    wrong = client.post(url("pass_on", need.pk), {"partner": "municipality", "told": "Belt om acht uur"})
    assert wrong.status_code == 422
    assert "geen toestemming voor deze partner" in text(wrong)
    assert "Belt om acht uur" in text(wrong)
    told = client.post(url("pass_on", need.pk), {"partner": "ggd", "told": "<b>Belt</b>"}, follow=True)
    assert "&lt;b&gt;Belt" in told.content.decode()
    client.post(url("step_back", need.pk, "terughalen"))
    assert client.post(url("end", need.pk), {}).status_code == 422
    ended = client.post(url("end", need.pk), {"outcome": "arranged"}, follow=True)
    assert "Een ander regelt het" in text(ended)
    assert ReadEntry.objects.filter(person_id=need.registration.person_id).exists()


def test_a_colleague_who_comes_second_is_told(place, as_):
    need = make_need(place.incident, at=EVENING)
    actions.take_need(need, by=place.tim, at=EVENING)
    page = as_(place.rosa).post(url("take", need.pk), follow=True)
    assert "Een collega heeft deze hulpvraag al opgepakt." in text(page)
    assert as_(place.rosa).get(url("end", need.pk)).status_code == 403
    client = as_(place.tim)
    client.post(url("step_back", need.pk, "teruggeven"))
    need.refresh_from_db()
    assert need.state == "open"
    assert client.post(url("step_back", need.pk, "weggooien")).status_code == 404


def test_the_lead_gives_a_need_to_a_helper_who_finds_it_on_their_own_list(place, as_):
    need = make_need(place.incident, at=EVENING)
    given = as_(place.lot).post(url("give", need.pk), {"owner": str(place.vera.id)})
    assert given.status_code == 302
    client = as_(place.vera)
    assert need.registration.reference in text(client.get(url("mine")))
    assert "Mirjam Zandstra" in text(client.get(url("registration", need.registration_id)))
    assert url("mine") in text(client.get(reverse("front:desk")))
    done = client.post(url("end", need.pk), {"outcome": "helped"})
    assert done.url == url("mine")
    assert client.get(url("registration", need.registration_id)).status_code == 404


def test_the_panel_counts_per_event_without_a_name(place, as_, desk):
    register(place.incident, at=EVENING, urgent="yes", needs=["housing", "talk"])
    page = text(as_(place.rosa).get(url("waiting")))
    assert "2 vandaag nodig" in page
    assert desk in page
    assert "Mirjam" not in page


def test_another_area_does_not_exist_and_other_roles_are_refused(place, as_, desk):
    need = make_need(place.incident, at=EVENING)
    client = as_(place.zuid)
    for address in (desk, url("registration", need.registration_id), url("give", need.pk)):
        assert client.get(address).status_code == 404
    assert client.post(url("take", need.pk)).status_code == 404
    client = as_(place.els)
    for address in (desk, url("waiting"), url("mine")):
        assert client.get(address).status_code == 403


def test_two_of_one_household_are_put_together_under_a_letter(place, as_, desk):
    first = register(place.incident, at=EVENING)
    second = register(place.incident, at=EVENING, name="Tijn", phone="", email="")
    third = register(place.incident, at=EVENING, name="Bo", phone="", email="")
    client = as_(place.rosa)
    together = url("together", first.pk)
    wrong = client.post(together, {"reference": "Tango Piano 1"})
    assert wrong.status_code == 422
    assert "Dit kenmerk kennen we niet" in text(wrong)
    assert 'value="Tango Piano 1"' in text(wrong)
    assert client.post(together, {"reference": ""}).status_code == 422
    page = client.post(together, {"reference": second.reference.lower()}, follow=True)
    assert "groep A" in text(page)
    assert second.reference in text(page)
    assert text(client.get(desk)).count("groep A") == 2
    client.post(url("together", third.pk), {"reference": second.reference})
    assert Together.objects.get().members.count() == 3
    client.post(url("together", third.pk), {"los": "1"})
    client.post(url("together", third.pk), {"los": "1"})
    assert Together.objects.get().members.count() == 2
    client.post(together, {"los": "1"})
    assert not Together.objects.exists()
    assert Need.objects.count() == 3


def test_two_groups_that_meet_become_one(place):
    rows = [register(place.incident, at=EVENING, name=f"Persoon {number}") for number in range(4)]
    for one, two in ((0, 1), (2, 3), (1, 2)):
        actions.put_together(rows[one], rows[two].reference, by=place.rosa, at=EVENING)
    assert Together.objects.get().members.count() == 4
    actions.put_together(rows[0], rows[3].reference, by=place.rosa, at=EVENING)
    assert Together.objects.get().letter == "A"


def test_nobody_puts_together_whom_they_may_not_see(place):
    mine, other = register(place.incident, at=EVENING), register(place.incident, at=EVENING, name="Bo")
    for actor in (place.zuid, place.els, place.vera):
        with pytest.raises(PermissionDenied):
            actions.put_together(mine, other.reference, by=actor, at=EVENING)
        with pytest.raises(PermissionDenied):
            actions.take_apart(mine, by=actor, at=EVENING)
    AccessGrant.objects.update(ends_at=EVENING)
    with pytest.raises(PermissionDenied):
        actions.put_together(mine, other.reference, by=place.rosa, at=EVENING)
