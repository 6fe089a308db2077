"""What an officer fills in: who lives there, through whom a child is reached."""

import pytest

from nabij.accounts.models import Municipality
from nabij.notify.models import Way
from nabij.police.forms import ReferralForm
from nabij.vulnerability.models import Alert

pytestmark = pytest.mark.django_db
PERSON = {
    "name": "Ilse Vermaat", "phone": "06 00 00 00 51", "language": "nl", "topic": "EVT-03",
    "capacity": "victim", "has_agreed": "on",
}  # fmt: skip


def agreed(noordwest, **told):
    form = ReferralForm(
        PERSON | {"municipality": noordwest.municipality.pk} | told, places=Municipality.objects.all()
    )
    assert form.is_valid(), form.errors
    return form.agreed()


def test_through_whom_a_child_is_reached_is_kept_without_closing_other_ways(noordwest):
    assert agreed(noordwest) is None
    rule = agreed(noordwest, is_minor="on", guardian="Mw. Bos, 06 00 00 00 77")
    assert rule.guardian == "Mw. Bos, 06 00 00 00 77"
    assert Way.CALL in rule.ways
    assert Way.VISIT not in rule.ways
    assert agreed(noordwest, has_secret_address="on", guardian="Mw. Bos").ways == ()


def test_the_question_about_age_is_asked_as_jonger_dan_16(noordwest, client):
    client.force_login(noordwest.member.hester.user)
    page = client.get("/werk/verwijzen/").content.decode()
    assert "Jonger dan 16 jaar" in page
    assert "18 jaar" not in page


def test_the_officer_ticks_that_the_suspect_lives_there_at_first_or_later(noordwest, client):
    client.force_login(noordwest.member.hester.user)
    page = client.get("/werk/verwijzen/").content.decode()
    assert page.count("De verdachte woont op hetzelfde adres") == 1
    message = {"has_assessment": "on", "police_number": "PL-1", "assessed_on": "2027-03-01"}
    told = PERSON | message | {"municipality": noordwest.municipality.pk}
    client.post("/werk/verwijzen/", told)
    assert not Alert.objects.exists()
    newer = message | {"lives_with_suspect": "on"}
    assert client.post("/werk/verwijzen/beoordeling/", newer).status_code == 302
    assert Alert.objects.get().kind == "same_house"
    client.post("/werk/verwijzen/", told | {"name": "Tijs", "lives_with_suspect": "on"})
    assert Alert.objects.filter(kind="same_house").count() == 2
