import csv
from html import unescape
from io import StringIO

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor, ActorKind
from nabij.disclosures import actions
from nabij.disclosures.files import as_pdf
from nabij.disclosures.models import Copy, NamedReceiver, Withdrawal
from nabij.disclosures.tests.conftest import EVENING, LATER
from nabij.kit import clock
from nabij.people.actions.own import withdraw_registration
from nabij.people.factories import make_registration
from nabij.people.models import Receiver, Registration


def text(response):
    return unescape(response.content.decode())


def url(name, *args):
    return reverse(f"disclosures:{name}", args=args)


@pytest.fixture
def made(place):
    make_registration(place.incident, at=EVENING, yes_to=("ggd",), name="=HYPERLINK(1)", phone="+31600000042")
    make_registration(place.incident, at=EVENING, yes_to=("ggd",), name="Zoë 🙂", phone="+4930000000")
    actions.name_receiver(place.incident, Receiver.GGD, "gijs@example.nl", by=place.lot, at=EVENING)
    return actions.disclose(place.incident, Receiver.GGD, by=place.lot, at=EVENING)


def test_the_lead_makes_names_and_sees_who_collected(place, as_):
    """Consents per receiver, on the pages of the lead."""
    make_registration(place.incident, at=EVENING, yes_to=("ggd",))
    client, room = as_(place.lot), url("of_incident", place.incident.pk)
    assert "Geven nu toestemming" in text(client.get(room))
    page = client.post(url("make", place.incident.pk, "ggd"), follow=True)
    assert "Gemaakt: nummer 1." in text(page)
    assert "Er is niets veranderd." in text(client.post(url("make", place.incident.pk, "ggd"), follow=True))
    wrong = client.post(url("name", place.incident.pk, "ggd"), {"email": "els@example.nl"})
    assert wrong.status_code == 422
    assert "Wij kennen niemand met dit adres bij deze ontvanger." in text(wrong)
    assert 'value="els@example.nl"' in text(wrong)
    assert client.post(url("name", place.incident.pk, "ggd"), {"email": ""}).status_code == 422
    client.post(url("name", place.incident.pk, "ggd"), {"email": "gijs@example.nl"})
    named = NamedReceiver.objects.get()
    assert "Gijs Hofstra" in text(client.get(room))
    assert "Mirjam" not in text(client.get(room)), "numbers only"
    client.post(url("end_name", place.incident.pk, named.pk))
    assert "Gijs Hofstra" not in text(client.get(room))
    for address in (url("end_name", place.incident.pk, named.pk), url("make", place.incident.pk, "leger")):
        assert client.post(address).status_code == 404


def test_a_table_carries_the_mark_of_who_collected_it_on_every_line(place, as_, made):
    client = as_(place.gijs)
    assert url("mine") in text(client.get(reverse("front:desk")))
    response = client.post(url("collect", made.pk), {"vorm": "csv"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="verstrekking-1-1.csv"'
    assert response.headers["Cache-Control"].startswith("max-age=0")
    heads, *lines = csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert heads[0] == "Kenmerk"
    assert len(lines) == 2
    for line in lines:
        assert "exemplaar 1, opgehaald door Gijs Hofstra (GGD GHOR Regio VR91) op zaterdag 15 mei" in line[-1]
    told = {line[1]: line[2] for line in lines}
    assert told == {"'=HYPERLINK(1)": "0600000042", "Zoë 🙂": "004930000000"}
    client.post(url("collect", made.pk), {"vorm": "csv"})
    assert Copy.objects.count() == 2
    assert client.post(url("collect", made.pk), {"vorm": "docx"}).status_code == 404
    assert client.get(url("collect", made.pk)).status_code == 405


def test_the_paper_carries_it_on_every_page_and_draws_a_box_for_what_it_cannot(place, as_, made):
    response = as_(place.gijs).post(url("collect", made.pk), {"vorm": "pdf"})
    page = pypdfium2.PdfDocument(response.content)[0].get_textpage().get_text_bounded()
    assert "opgehaald door Gijs Hofstra" in page
    assert "Zoë □" in page
    copy = Copy.objects.select_related("disclosure__incident", "membership__organisation").get()
    actions.follow_consent(place.incident, by=place.lot, at=EVENING)
    copy.disclosure.rows_sealed = b""
    empty = pypdfium2.PdfDocument(as_pdf(copy))[0].get_textpage().get_text_bounded()
    assert "Niemand gaf toestemming." in empty


def test_a_receiver_deletes_and_confirms_by_reference_only(place, as_, made):
    actions.collect(made, "csv", by=place.gijs, at=EVENING)
    leaves = made.lines.first()
    row = Registration.objects.get(pk=leaves.registration_id)
    withdraw_registration(row, by=Actor(ActorKind.HELPED_PERSON, id=row.person_id), at=LATER)
    actions.follow_consent(place.incident, by=place.lot, at=LATER)
    asked = Withdrawal.objects.get()
    clock.move_to(LATER)
    client = as_(place.gijs)
    assert "Eerst wissen" in text(client.get(url("mine")))
    page = text(client.get(url("withdrawal", asked.pk)))
    assert row.reference in page
    assert "HYPERLINK" not in page
    assert "Zoë" not in page
    assert "1 ontvanger moet nog regels wissen" in text(
        as_(place.lot).get(url("at_incident", place.incident.pk))
    )
    assert "Nog niet gewist" in text(as_(place.lot).get(url("of_incident", place.incident.pk)))
    done = as_(place.gijs).post(url("withdrawal", asked.pk), follow=True)
    assert "Gewist en bevestigd" in text(done)


def test_others_see_nothing(place, as_, made):
    client = as_(place.els)
    assert client.post(url("collect", made.pk), {"vorm": "csv"}).status_code == 404
    assert client.get(url("of_incident", place.incident.pk)).status_code == 403
    assert "Er staat niets voor u klaar" in text(client.get(url("mine")))
    client = as_(make_actor(Role.POLICE_OFFICER))
    for name in ("mine", "waiting"):
        assert client.get(url(name)).status_code == 403
    client = as_(place.zuid)
    assert client.get(url("of_incident", place.incident.pk)).status_code == 404
    assert client.post(url("collect", made.pk), {"vorm": "csv"}).status_code == 404


def test_a_list_takes_the_same_number_of_queries_for_one_and_for_five(place, as_, made):
    client, counted = as_(place.lot), []
    client.get(url("of_incident", place.incident.pk))
    for number in (1, 4):
        for _ in range(number):
            make_registration(place.incident, at=EVENING, yes_to=("ggd",))
            actions.collect(made, "csv", by=place.lot, at=EVENING)
        with CaptureQueriesContext(connection) as captured:
            client.get(url("of_incident", place.incident.pk))
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_a_file_that_is_about_to_be_made_again_says_so_and_is_not_given(place, made, as_):
    row = Registration.objects.first()
    withdraw_registration(row, by=Actor(ActorKind.HELPED_PERSON, id=row.person_id), at=LATER)
    page = as_(place.gijs).post(url("collect", made.pk), {"vorm": "csv"}, follow=True)
    assert page.redirect_chain == [(url("mine"), 302)]
    assert "De gegevens veranderden net." in text(page)
    assert not Copy.objects.exists()
