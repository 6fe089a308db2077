"""The list of partners: kept by the leader, used when nothing is typed, checked again after half a year."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.cases.factories import WEDNESDAY, make_case
from nabij.consents.factories import make_consent
from nabij.kit import clock
from nabij.notify.models import ContactPoint
from nabij.referrals.actions import keep_partner
from nabij.referrals.models import PartnerAddress, Referral
from nabij.referrals.queries import email_of_partner, partners_known_to


def keep(by, key="csg", email="csg@example.nl", phone="", at=WEDNESDAY):
    return keep_partner(key, email, phone, by=by, at=at)


def known(team, at=WEDNESDAY):
    return {each.key: each for each in partners_known_to(team.pk, at)}["csg"]


def test_a_team_knows_its_own_partners_and_not_those_of_another(noordwest):
    keep(noordwest.olaf, phone="088-0000103")
    assert email_of_partner(noordwest.team.pk, "csg") == "csg@example.nl"
    assert known(noordwest.team).address.phone == "+31880000103"
    assert email_of_partner(noordwest.femke.team_id, "csg") == ""
    keep(noordwest.olaf, email="nieuw@example.nl")
    assert PartnerAddress.objects.get().email == "nieuw@example.nl"


def test_after_half_a_year_an_address_is_checked_again(noordwest):
    assert not known(noordwest.team).is_stale
    keep(noordwest.olaf)
    assert not known(noordwest.team, WEDNESDAY + timedelta(days=180)).is_stale
    assert known(noordwest.team, WEDNESDAY + timedelta(days=181)).is_stale


def test_only_the_leader_keeps_addresses_that_can_be_one(noordwest):
    for who in (noordwest.ayla, noordwest.vera, noordwest.nadia):
        with pytest.raises(PermissionDenied):
            keep(who)
    for wrong in ({"key": "bakker"}, {"email": "csg"}, {"phone": "12"}):
        with pytest.raises(ValidationError):
            keep(noordwest.olaf, **wrong)
    assert not PartnerAddress.objects.exists()


def test_the_pages_of_the_list(noordwest, client):
    client.force_login(noordwest.member.olaf.user)
    assert "Nog geen adres" in client.get("/werk/dossiers/partners/").content.decode()
    address = "/werk/dossiers/partners/csg/"
    wrong = client.post(address, {"email": "csg", "phone": "abc"})
    assert wrong.status_code == 422
    assert 'value="abc"' in wrong.content.decode()
    no_number = client.post(address, {"email": "csg@example.nl", "phone": "abc"})
    assert "geen telefoonnummer" in no_number.content.decode()
    done = client.post(address, {"email": "csg@example.nl", "phone": "088-0000103"}, follow=True)
    assert "csg@example.nl" in done.content.decode()
    assert "csg@example.nl" in client.get(address).content.decode()
    assert client.get("/werk/dossiers/partners/bakker/").status_code == 404
    client.force_login(noordwest.member.ayla.user)
    assert client.get("/werk/dossiers/partners/").status_code == 403
    assert client.get(address).status_code == 403


def test_without_an_address_typed_the_known_one_is_used(noordwest, client):
    now = clock.now()
    case = make_case(helper=noordwest.member.ayla, at=now)
    make_consent(case.person, by=noordwest.ayla, at=now)
    client.force_login(noordwest.member.ayla.user)
    told = {"partner": "csg", "email": "", "kinds": ["is_client"], "summary": "Wil praten."}
    refused = client.post(f"/werk/dossiers/{case.pk}/doorverwijzen/", told)
    assert refused.status_code == 422
    assert "vul het e-mailadres in" in refused.content.decode()
    keep(noordwest.olaf, at=now)
    client.post(f"/werk/dossiers/{case.pk}/doorverwijzen/", told)
    assert ContactPoint.objects.filter(subject_id=Referral.objects.get().pk).exists()
