"""Pages: consent as a switch, referring with a code, the partner behind the link, transfer and access."""

import re

import pytest

from nabij.cases.factories import make_case
from nabij.consents.models import Share, SharingConsent
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.notify.models import Message
from nabij.referrals.models import AccessRequest, Referral, Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client, noordwest):
    def log_in(name):
        client.force_login(getattr(noordwest.member, name).user)
        return client

    return log_in


@pytest.fixture
def case(noordwest):
    return make_case("Ilse Vermaat", helper=noordwest.member.ayla, at=clock.now(), topic="EVT-02")


def page_of(case, part=""):
    return f"/werk/dossiers/{case.pk}/{part}"


YES = {
    "receiver": "specialist", "kinds": ["is_client", "contact_data"], "answer": "ja", "manner": "phone",
}  # fmt: skip
TOLD = {
    "partner": "csg", "email": "csg@example.nl", "kinds": ["is_client", "contact_data"],
    "summary": "Wil gebeld worden", "is_warm": "on",
}  # fmt: skip


def link_in_mail():
    message = Message.objects.get(template="referral_sent")
    return re.search(r"/doorverwijzing/[\w-]+/", unseal(message.pk, message.body_sealed)).group()


def test_from_consent_to_an_answer_and_back(noordwest, as_, case, client):
    client = as_("ayla")
    assert "Zonder ja delen we niets" in client.get(page_of(case)).content.decode()
    assert "U kunt dit altijd stoppen" in client.get(page_of(case, "toestemming/")).content.decode()
    refused = client.post(page_of(case, "doorverwijzen/"), TOLD)
    assert "mag niet naar" in refused.content.decode()
    never = client.post(page_of(case, "toestemming/"), YES | {"receiver": "counterparty"})
    assert "nooit" in never.content.decode()
    client.post(page_of(case, "toestemming/"), YES)
    assert "gegeven" in client.get(page_of(case)).content.decode()
    form = client.get(page_of(case, "doorverwijzen/")).content.decode()
    assert "binnen 7 dagen" in form
    assert "Afweging" not in form
    sent = client.post(page_of(case, "doorverwijzen/"), TOLD).content.decode()
    code = re.search(r"data-code>(\d{6})<", sent).group(1)
    address = link_in_mail()
    client.logout()
    page = client.get(address).content.decode()
    assert "Vul de code in" in page
    assert "Ilse" not in page
    assert client.post(address, {"code": "1"}).status_code == 422
    opened = client.post(address, {"code": code}, follow=True).content.decode()
    for words in ("Ilse Vermaat", "Wil gebeld worden", "Wij helpen verder"):
        assert words in opened
    assert client.post(address, {"antwoord": "onzin"}).status_code == 404
    assert "U helpt verder" in client.post(address, {"antwoord": "ja"}, follow=True).content.decode()
    assert client.post(address, {"antwoord": "klaar", "outcome": "x"}).status_code == 302
    assert "Dank u wel" in client.post(address, {"antwoord": "klaar", "outcome": "helped"}).content.decode()
    assert client.get(address).status_code == 410
    assert client.get("/doorverwijzing/iets/").status_code == 404
    text = as_("ayla").get(page_of(case)).content.decode()
    assert "klaar: geholpen" in text
    assert "loopt nog" not in as_("ayla").get(page_of(case, "gedeeld/")).content.decode()


def test_a_switch_back_ends_what_was_shared(noordwest, as_, case):
    client = as_("ayla")
    client.post(page_of(case, "toestemming/"), YES)
    client.post(page_of(case, "doorverwijzen/"), TOLD)
    assert "loopt nog" in client.get(page_of(case, "gedeeld/")).content.decode()
    consent = SharingConsent.objects.get()
    address = f"/werk/dossiers/toestemming/{consent.pk}/"
    assert as_("daan").post(address).status_code == 404
    assert as_("ayla").post(address, {"dossier": "x"}).status_code == 404
    client.post(address, {"dossier": str(case.pk)})
    assert not Share.objects.get().is_live
    assert client.get(link_in_mail()).status_code == 410
    assert "ingetrokken" in client.get(page_of(case)).content.decode()


def test_a_new_code_and_stopping(noordwest, as_, case):
    client = as_("ayla")
    client.post(page_of(case, "toestemming/"), YES)
    client.post(page_of(case, "doorverwijzen/"), TOLD)
    change = f"/werk/dossiers/doorverwijzing/{Referral.objects.get().pk}/"
    assert "data-code" in client.post(change, {"code": "1"}).content.decode()
    assert as_("daan").post(change, {"stop": "1"}).status_code == 404
    assert "Gestopt" in as_("ayla").post(change, {"stop": "1"}, follow=True).content.decode()
    assert client.post(change, {"stop": "1"}).status_code == 404


def test_the_leader_weighs_without_consent(noordwest, as_, case):
    client = as_("olaf")
    assert "Afweging" in client.get(page_of(case, "doorverwijzen/")).content.decode()
    told = TOLD | {
        "partner": "veilig_thuis",
        "ground": "reporting_code",
        "weighing": "Gevaar voor de kinderen",
    }
    assert "data-code" in client.post(page_of(case, "doorverwijzen/"), told).content.decode()
    assert "zonder toestemming, na een afweging" in client.get(page_of(case, "gedeeld/")).content.decode()


def test_a_case_is_offered_to_another_team(noordwest, as_, case):
    client = as_("ayla")
    assert client.get(page_of(case, "ander-team/")).status_code == 200
    told = {"to_team": str(noordwest.member.zuid.team_id), "summary": "Verhuisd"}
    client.post(page_of(case, "ander-team/"), told)
    assert "al aangeboden" in client.post(page_of(case, "ander-team/"), told).content.decode()
    assert "Aangeboden aan team Zuid" in client.get(page_of(case)).content.decode()
    offer = f"/werk/dossiers/aanbod/{Transfer.objects.get().pk}/"
    assert as_("zuid").post(offer).status_code == 404
    leader = as_("femke")
    desk = leader.get("/werk/").content.decode()
    assert "Verhuisd" in desk
    assert "Ilse" not in desk
    empty = leader.post(offer, {"antwoord": "nee"}, follow=True).content.decode()
    assert "Schrijf op waarom niet" in empty
    as_("ayla").post(f"{offer}intrekken/")
    assert as_("daan").post(f"{offer}intrekken/").status_code == 404
    as_("ayla").post(page_of(case, "ander-team/"), told)
    offer = f"/werk/dossiers/aanbod/{Transfer.objects.get(state='asked').pk}/"
    as_("femke").post(offer, {"antwoord": "ja"})
    assert "Ilse Vermaat" in as_("femke").get("/werk/dossiers/team/").content.decode()
    assert as_("ayla").get(page_of(case)).status_code == 404
    assert as_("ayla").get("/werk/dossiers/aangeboden/").status_code == 403


def test_access_is_asked_and_decided(noordwest, as_, case):
    client = as_("daan")
    assert client.get("/werk/dossiers/inzage/").status_code == 200
    assert "Vraag inzage" in client.get("/werk/dossiers/zoeken/").content.decode()
    assert as_("nadia").get("/werk/dossiers/inzage/deur/").status_code == 403
    client = as_("daan")
    nobody = client.post("/werk/dossiers/inzage/", {"name": "Niemand Bekend", "reason": "x"}).content.decode()
    assert "Niets gevonden" in nobody
    assert client.post("/werk/dossiers/inzage/", {"name": "Ilse Vermaat"}).status_code == 422
    asked = client.post("/werk/dossiers/inzage/", {"name": "Ilse Vermaat", "reason": "Overleg"})
    assert "Uw vraag staat bij de teamleider" in asked.content.decode()
    decide = f"/werk/dossiers/inzage/{AccessRequest.objects.get().pk}/"
    assert as_("ayla").post(decide, {"antwoord": "ja"}).status_code == 404
    leader = as_("olaf")
    assert "vraagt inzage" in leader.get(page_of(case)).content.decode()
    leader.post(decide, {"antwoord": "ja"})
    assert "Ilse Vermaat" in as_("daan").get(page_of(case)).content.decode()
    assert as_("nadia").get("/werk/dossiers/inzage/").status_code == 403


def test_who_only_reads_gets_no_forms(noordwest, as_, case):
    from nabij.referrals.actions import ask_access, decide_access

    ask_access("Ilse Vermaat", "", "", "Overleg", by=noordwest.daan, at=clock.now())
    decide_access(AccessRequest.objects.get(), is_granted=True, by=noordwest.olaf, at=clock.now())
    client = as_("daan")
    for part in ("toestemming/", "doorverwijzen/", "ander-team/"):
        assert client.get(page_of(case, part)).status_code == 403, part
