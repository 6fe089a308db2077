import pytest

from nabij.accounts.factories import make_membership
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.psh.actions import ask_staff, give_advice, offer_people
from nabij.psh.models import AftercarePlan, FamilyContact, OfferState, StaffOffer, StaffRequest
from nabij.psh.tests.conftest import EVENING, make_worker

pytestmark = pytest.mark.django_db
FORM = {
    "task": "reception_team", "number": "8", "modules": ["VEILIG"], "where": "Sporthal",
    "starts_at": "2027-05-16T00:00", "ends_at": "2027-05-16T08:00",
}  # fmt: skip


@pytest.fixture
def as_(client):
    def log_in(actor_id):
        client.force_login(Membership.objects.get(pk=actor_id).user)
        return client

    return log_in


def test_the_ggd_asks_and_sees_how_many_come_but_no_names_of_who_is_only_offered(fire, as_):
    client = as_(fire.tineke.id)
    room = client.get(f"/werk/gebeurtenissen/{fire.incident.pk}/").content.decode()
    assert "Vraag medewerkers" in room
    address = f"/werk/psh/gebeurtenis/{fire.incident.pk}/vragen/"
    assert client.get(address).status_code == 200
    wrong = client.post(address, FORM | {"ends_at": "2027-05-15T08:00"})
    assert wrong.status_code == 422
    assert "Het einde ligt voor het begin" in wrong.content.decode()
    answer = client.post(address, FORM)
    request = StaffRequest.objects.get()
    offer_people(request, [make_worker("Ayla Demir").pk], by=fire.bart, at=EVENING)
    text = client.get(answer.url).content.decode()
    assert "0 van 8" in text
    assert "Ayla Demir" not in text
    StaffOffer.objects.update(state=OfferState.CONFIRMED, decided_at=EVENING)
    assert "Ayla Demir" in client.get(answer.url).content.decode()
    assert "7 tekort" in client.get("/werk/").content.decode()
    text = client.post(f"{answer.url}intrekken/", follow=True).content.decode()
    assert "Dit verzoek is ingetrokken." in text


def test_victim_support_offers_and_the_worker_answers(fire, as_):
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    ayla = make_worker("Ayla Demir")
    client = as_(fire.bart.id)
    address = f"/werk/psh/verzoek/{request.pk}/"
    assert "Ayla Demir" in client.get(address).content.decode()
    text = client.post(address, {"wie": [str(ayla.pk)]}, follow=True).content.decode()
    assert "1 mensen aangeboden, 0 vallen af." in text
    assert "Dit kan niet meer" in client.post(address, {"wie": ["x"]}, follow=True).content.decode()
    client = as_(ayla.pk)
    assert "Antwoorden" in client.get("/werk/").content.decode()
    assert "Ik kom" in client.get(address).content.decode()
    offer = StaffOffer.objects.get()
    answer = f"/werk/psh/aanbod/{offer.pk}/antwoord/"
    assert "bevestigd" in client.post(answer, {"antwoord": "ja"}, follow=True).content.decode()
    StaffOffer.objects.update(state=OfferState.DROPPED)
    client.post(answer, {"antwoord": "ja"})
    assert StaffOffer.objects.get().state == OfferState.DROPPED
    stranger = make_worker("Joris")
    assert as_(stranger.pk).post(answer, {"antwoord": "ja"}).status_code == 404
    assert client.get(address).status_code == 404


def test_the_core_team_writes_and_others_do_not_find_it(fire, as_):
    advice = give_advice(fire.incident, "Wat zeggen we?", "De feiten", by=fire.bart, at=EVENING)
    client = as_(fire.tineke.id)
    base = f"/werk/psh/kernteam/{fire.incident.pk}/"
    for part, form in (
        ("plan", {"text": "Versie een"}),
        ("contact", {"family": "G3", "contact": fire.bart.id}),
        ("bijeenkomst", {"audience": "bereaved", "where": "Kerk", "starts_at": "2027-05-18T19:30"}),
        ("noodopvang", {"people": "140"}),
    ):
        assert client.get(f"{base}{part}/").status_code == 200
        assert client.post(f"{base}{part}/", {"leeg": "x"}).status_code == 422
        assert client.post(f"{base}{part}/", form).status_code == 302
    client.post(f"/werk/psh/advies/{advice.pk}/besluit/", {"besluit": "ja"})
    text = client.get(base).content.decode()
    for words in (
        "Wat zeggen we?",
        "1 overgenomen",
        "versie 1",
        "G3",
        "140 mensen",
        "Meer mensen dan de norm",
    ):
        assert words in text
    assert AftercarePlan.objects.get().version == 1
    assert "Versie een" in client.get(f"{base}plan/").content.decode()
    assert client.get(f"{base}advies/").status_code == 404
    assert client.get(f"{base}iets/").status_code == 404
    wrong = client.post(f"{base}contact/", {"family": "Jansen", "contact": fire.bart.id})
    assert "Schrijf een letter en een getal" in wrong.content.decode()
    assert FamilyContact.objects.count() == 1


def test_the_adviser_writes_down_advice_and_decides_nothing(fire, as_):
    client = as_(fire.bart.id)
    base = f"/werk/psh/kernteam/{fire.incident.pk}/"
    client.post(f"{base}advies/", {"question": "Vraag", "advice": "Advies"})
    assert "1 advies" in client.get(base).content.decode()
    advice = give_advice(fire.incident, "Nog een", "Advies", by=fire.bart, at=EVENING)
    assert client.post(f"/werk/psh/advies/{advice.pk}/besluit/", {"besluit": "ja"}).status_code == 404


def test_the_municipality_finds_neither_staff_nor_core_team(fire, as_):
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    client = as_(make_membership(Role.DUTY_OFFICER).pk)
    assert client.get(f"/werk/psh/verzoek/{request.pk}/").status_code == 404
    assert client.get(f"/werk/psh/kernteam/{fire.incident.pk}/").status_code == 404
    assert client.get(f"/werk/psh/gebeurtenis/{fire.incident.pk}/").status_code == 403
    assert client.get(f"/werk/psh/gebeurtenis/{fire.incident.pk}/vragen/").status_code == 403
