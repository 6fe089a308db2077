"""The pages of partners: at night on a phone, and by day at a desk."""

from datetime import timedelta
from html import unescape

import pytest

from nabij.kit import clock
from nabij.partners.factories import make_partner
from nabij.partners.models import PartnerAgreement, PartnerLink, PartnerMeeting, RegionPartner
from nabij.partners.tests.conftest import AT_NIGHT, MONDAY

pytestmark = pytest.mark.django_db
HOME = "/werk/partners/"


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


@pytest.fixture(autouse=True)
def _on_monday(db):
    clock.move_to(MONDAY + timedelta(hours=1))


def test_at_three_in_the_night_the_page_gives_the_number_of_the_night(place, as_):
    clock.move_to(AT_NIGHT)
    page = text(as_(place.els).get(HOME))
    assert 'href="tel:0202222222"' in page
    assert "0201111111" not in page
    assert "nummers voor de nacht en het weekend" in page
    assert "Els Tuinman" in page
    assert place.incident.reference in page
    assert "niemand van ons" in text(as_(place.joost).get(HOME))
    assert place.incident.reference not in text(as_(place.ghor_officer).get(HOME))


def test_an_event_is_told_and_received_with_two_taps(place, as_):
    browser, at_event = as_(place.els), f"{HOME}gebeurtenis/{place.incident.pk}/"
    assert f'href="{at_event}"' in text(browser.get(f"/werk/gebeurtenissen/{place.incident.pk}/"))
    assert "0 van 8 ingelicht" in text(browser.get(at_event))
    told = text(browser.post(f"{at_event}ghor/ingelicht/", follow=True))
    assert "1 van 8 ingelicht" in told
    assert "nog geen antwoord" in told
    assert "ontvangen om" in text(browser.post(f"{at_event}ghor/ontvangen/", follow=True))
    assert "uit de lijst" in text(browser.post(f"{at_event}buurman/ingelicht/", follow=True))
    assert "nog niet ingelicht" in text(browser.post(f"{at_event}police/ontvangen/", follow=True))
    assert as_(place.zeger).get(at_event).status_code == 404
    assert as_(place.zeger).post(f"{at_event}ghor/ingelicht/").status_code == 404
    assert as_(place.ghor_officer).get(at_event).status_code == 403


def test_a_partner_is_added_changed_and_checked(place, as_):
    browser = as_(place.els)
    typed = {
        "safety_region": "VR91",
        "kind": "police",
        "name": "Politie basisteam",
        "night_phone": "0900-8844",
    }
    wrong = browser.post(f"{HOME}nieuw/", {**typed, "night_phone": ""})
    assert wrong.status_code == 422
    assert "Politie basisteam" in wrong.content.decode()
    assert "Zonder nummer is niemand bereikbaar" in wrong.content.decode()
    assert "Politie basisteam" in text(browser.post(f"{HOME}nieuw/", typed, follow=True))
    made = RegionPartner.objects.get(kind="police")
    assert 'value="Politie basisteam"' in text(browser.get(f"{HOME}{made.pk}/wijzigen/"))
    assert made.night_phone == "09008844", "a 0900 number has no +31"
    changed = {**typed, "name": "Politie Noord", "day_phone": "020 - 000 00 01"}
    assert "Politie Noord" in text(browser.post(f"{HOME}{made.pk}/wijzigen/", changed, follow=True))
    made.refresh_from_db()
    assert made.day_phone == "+31200000001"
    assert "vandaag nagekeken" in text(browser.post(f"{HOME}{made.pk}/nagekeken/", follow=True))
    assert browser.post(f"{HOME}nieuw/", {**typed, "safety_region": "VR92"}).status_code == 422


def test_contact_agreement_and_moment_are_written_on_the_page_of_a_partner(place, as_):
    browser, page = as_(place.els), f"{HOME}{place.ghor.pk}/"
    known = {
        "owner": str(place.pim.id),
        "our_phone": "14 020",
        "their_function": "bureau crisisbeheersing",
    }
    shown = text(browser.post(f"{page}contact/", known, follow=True))
    assert 'href="tel:14020"' in shown
    assert "Pim Dijk" in shown
    assert "bureau crisisbeheersing" in shown
    assert "selected" in text(browser.get(f"{page}contact/"))
    agreed = {"title": "Convenant opvang", "agreed_on": "2027-01-11", "look_again_on": "2027-01-11"}
    refused = browser.post(f"{page}afspraak/", agreed)
    assert refused.status_code == 422
    assert "Kies een latere dag" in refused.content.decode()
    shown = text(browser.post(f"{page}afspraak/", {**agreed, "look_again_on": "2027-02-01"}, follow=True))
    assert "weer bekijken op 1 februari 2027" in shown
    assert "Een afspraak moet weer bekeken worden." in shown
    agreement = PartnerAgreement.objects.get()
    place_of_it = f"{HOME}afspraak/{agreement.pk}/"
    assert "Convenant opvang" in text(browser.get(place_of_it))
    assert "1 februari 2028" in text(browser.post(place_of_it, {"look_again_on": "2028-02-01"}, follow=True))
    moment = {"partners": [str(place.ghor.pk)], "kind": "exercise", "held_on": "2027-01-11"}
    shown = text(browser.post(f"{HOME}moment/{place.ghor.pk}/", moment, follow=True))
    assert "Samen geoefend" in shown
    assert browser.post(f"{HOME}moment/", {**moment, "held_on": "2207-01-11"}).status_code == 422
    assert browser.post(f"{HOME}moment/", {**moment, "kind": "network", "held_on": "2027-03-01"}).url == HOME
    assert PartnerMeeting.objects.count() == 2
    assert "gepland" in text(browser.get(page))
    assert as_(place.joost).get(place_of_it).status_code == 404
    assert as_(place.joost).post(f"{place_of_it}stoppen/").status_code == 404
    assert "Convenant opvang" not in text(as_(place.joost).get(page))
    assert "geldt niet meer" in text(as_(place.els).post(f"{place_of_it}stoppen/", follow=True))


def test_what_asks_for_attention_stands_on_the_desk_with_its_owner(place, as_):
    page = text(as_(place.els).get("/werk/"))
    assert "Partners die aandacht vragen" in page
    assert "Nog nooit gesproken." in page
    assert "Els Tuinman" in page
    browser = as_(place.joost)
    assert "nog van niemand" in text(browser.get("/werk/"))
    assert "U bent nu hun contactpersoon" in text(browser.post(f"{HOME}{place.ghor.pk}/ik/", follow=True))
    PartnerLink.objects.filter(organisation_id=place.els.organisation_id).update(owner_id=place.pim.id)
    assert "collega" in text(as_(place.els).post(f"{HOME}{place.ghor.pk}/ik/", follow=True))
    assert "Partners die aandacht vragen" not in text(as_(place.bram).get("/werk/"))
    assert as_(place.bram).get(f"{HOME}aandacht/").content.strip() == b""


def test_the_desk_shows_a_dozen_and_how_many_more(place, as_):
    for number in range(13):
        make_partner(by=place.els, at=MONDAY, kind="welfare", name=f"Welzijn {number}")
    assert "En nog 2 partners." in text(as_(place.els).get("/werk/"))


def test_who_reads_only_changes_nothing_and_who_is_elsewhere_gets_404(place, as_):
    page = f"{HOME}{place.ghor.pk}/"
    assert "Wijzigen" not in text(as_(place.bram).get(page))
    for each in ("nieuw/", "moment/", f"{place.ghor.pk}/wijzigen/", f"{place.ghor.pk}/contact/"):
        assert as_(place.bram).get(HOME + each).status_code == 403
    assert as_(place.zeger).get(page).status_code == 404
    assert as_(place.vera).get(HOME).status_code == 403
    assert "Nog geen partners" in text(as_(place.zeger).get(HOME))
    assert as_(place.zeger).post(f"{page}ik/").status_code == 404


def test_who_works_in_several_regions_chooses_one(place, as_):
    browser = as_(place.noor)
    assert "GHOR" in text(browser.get(f"{HOME}?regio=VR91"))
    assert "Nog geen partners" in text(browser.get(f"{HOME}?regio=VR92"))
    assert "Regio VR91" in text(browser.get(f"{HOME}?regio=zomaar"))


def test_the_page_asks_the_database_no_more_for_more(place, as_, django_assert_max_num_queries):
    browser = as_(place.els)
    browser.get(HOME)
    for number in (1, 4):
        for each in range(number):
            make_partner(by=place.els, at=MONDAY, kind="police", name=f"Politie {number} {each}")
        with django_assert_max_num_queries(12):
            assert browser.get(HOME).status_code == 200


def test_what_is_no_number_is_said_beside_its_field_and_stays_to_be_mended(place, as_):
    browser = as_(place.els)
    typed = {"safety_region": "VR91", "kind": "police", "name": "Politie", "night_phone": "020-12, vraag Jan"}
    wrong = browser.post(f"{HOME}nieuw/", typed)
    shown = unescape(wrong.content.decode())
    assert wrong.status_code == 422
    assert "Dit lijkt geen telefoonnummer. Voorbeeld: 020-0000001 of 0900-0000." in shown
    assert 'value="020-12, vraag Jan"' in shown
    assert "Zonder nummer is niemand bereikbaar" not in shown
    known = {"owner": str(place.pim.id), "their_phone": "bureau"}
    assert browser.post(f"{HOME}{place.ghor.pk}/contact/", known).status_code == 422
