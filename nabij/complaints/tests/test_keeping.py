"""An open complaint keeps everything of its person, without anybody placing a hold."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.urls import reverse

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case
from nabij.complaints.actions import answer_complaint, complain, withdraw_complaint
from nabij.complaints.models import Complaint, Finding
from nabij.consents.factories import make_consent
from nabij.consents.models import SharingConsent
from nabij.keys.sealing import ERASED, unseal
from nabij.kit import clock
from nabij.notify.factories import make_message
from nabij.own_space.actions import answer, ask
from nabij.own_space.models import RequestKind
from nabij.people.actions.receiving import forget_person
from nabij.people.factories import enter_own_pages
from nabij.people.models import Person
from nabij.privacy import removal
from nabij.privacy.actions import remove_expired
from nabij.privacy.models import LegalHold, RetentionRun
from nabij.support.actions.closing import end_case
from nabij.support.models import CloseReason
from nabij.vulnerability.actions import raise_level
from nabij.vulnerability.models import Level

OVER = datetime(2033, 2, 3, 17, 20, 1, tzinfo=UTC)


@pytest.fixture
def case(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla)


@pytest.fixture
def elske(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)


def tell(case, by, *, is_about_leader=False, at=WEDNESDAY):
    return complain(case, "Niemand belde terug.", is_about_leader=is_about_leader, by=by, at=at)


def remove(at=OVER):
    remove_expired(by=SYSTEM, at=at)
    return {each.kind: each for each in RetentionRun.objects.filter(ran_on=at.date())}


@pytest.mark.parametrize("is_about_leader", [False, True])
def test_nothing_of_the_person_goes_while_a_complaint_is_open_and_all_of_it_after(
    noordwest, case, elske, is_about_leader
):
    answered = make_consent(case.person, by=noordwest.ayla, at=WEDNESDAY)
    SharingConsent.objects.update(withdrawn_at=WEDNESDAY)
    sent = make_message(case.person_id, at=WEDNESDAY)
    end_case(case, CloseReason.DONE, by=SYSTEM, at=WEDNESDAY)
    row = tell(case, elske, is_about_leader=is_about_leader)
    run = remove()
    assert {run[kind].held_back for kind in ("client_file", "consent", "message")} == {1}
    assert Case.objects.filter(pk=case.pk).exists()
    assert SharingConsent.objects.filter(pk=answered.pk).exists()
    assert unseal(sent.pk, sent.body_sealed) != ERASED
    assert not LegalHold.objects.exists()
    reader = noordwest.femke if is_about_leader else noordwest.olaf
    answer_complaint(row, Finding.RIGHT, "U hebt gelijk.", by=reader, at=OVER)
    remove(OVER + timedelta(days=1))
    assert not Person.objects.exists()
    assert unseal(sent.pk, sent.body_sealed) == ERASED


def test_who_takes_the_complaint_back_is_kept_no_longer(case, elske):
    end_case(case, CloseReason.DONE, by=SYSTEM, at=WEDNESDAY)
    row = tell(case, elske)
    withdraw_complaint(row, by=elske, at=WEDNESDAY)
    remove()
    assert not Person.objects.exists()


def test_a_complaint_keeps_its_own_person_only(noordwest, case, elske):
    other = make_case("Iemand Anders", helper=noordwest.member.ayla)
    for each in (case, other):
        end_case(each, CloseReason.DONE, by=SYSTEM, at=WEDNESDAY)
    tell(case, elske)
    remove()
    assert list(Case.objects.all()) == [case]


def test_nobody_forgets_a_person_with_an_open_complaint(case, elske):
    row = tell(case, elske)
    with pytest.raises(PermissionDenied, match="zaak of klacht"):
        forget_person(case.person, by=SYSTEM, at=WEDNESDAY)
    withdraw_complaint(row, by=elske, at=WEDNESDAY)
    forget_person(case.person, by=SYSTEM, at=WEDNESDAY)
    assert not Person.objects.exists()


def test_the_leader_cannot_grant_erasing_and_does_not_learn_of_the_complaint(noordwest, client):
    case, at = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=clock.now()), clock.now()
    elske = Actor(ActorKind.HELPED_PERSON, id=case.person_id)
    tell(case, elske, is_about_leader=True, at=at)
    asked = ask(RequestKind.ERASE, "", by=elske, at=at)
    with pytest.raises(ValidationError, match="nog nodig"):
        answer(asked, case, "Gewist.", is_granted=True, by=noordwest.olaf, at=at)
    client.force_login(noordwest.member.olaf.user)
    refused = client.post(
        reverse("own_space:answer", args=[case.pk, asked.pk]), {"granted": "ja", "text": "Gewist, hoor."}
    )
    shown = refused.content.decode()
    assert (refused.status_code, "Gewist, hoor." in shown, "nog nodig" in shown) == (422, True, True)
    assert "klacht" not in shown.partition("<form")[2].partition("</form>")[0].lower()


def test_the_person_reads_that_nothing_goes_as_long_as_the_complaint_is_open(noordwest, client):
    case = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=clock.now())
    elske = Actor(ActorKind.HELPED_PERSON, id=case.person_id)
    enter_own_pages(client, case.person_id)
    address = "/mijn/hulp/bewaren/deur/"
    assert client.get(address).content.decode().strip() == ""
    row = tell(case, elske, at=clock.now())
    shown = client.get(address).content.decode()
    assert "Uw gegevens zijn nog nodig voor een klacht. Zolang dat zo is, wissen wij niets." in shown
    assert "stuur een klacht" not in shown
    raise_level(case.person, Level.RAISED, "x", by=noordwest.ayla, at=clock.now())
    shown = client.get(address).content.decode()
    assert "klacht." not in shown.partition("</p>")[0]
    assert "Uw gegevens zijn nog nodig. Zolang dat zo is" in shown
    withdraw_complaint(row, by=elske, at=clock.now())
    assert client.get(address).content.decode().strip() == ""


def test_who_complains_while_the_file_goes_hears_that_it_is_gone(case, elske):
    Case.objects.filter(pk=case.pk).delete()
    with pytest.raises(ValidationError, match="zojuist gewist"):
        tell(case, elske)


@pytest.mark.django_db(transaction=True)
def test_a_complaint_made_while_the_file_is_removed_waits_and_hears_that_it_is_gone(noordwest, monkeypatch):
    with transaction.atomic():
        case = make_case("Elske Rademaker", helper=noordwest.member.ayla)
        end_case(case, CloseReason.DONE, by=SYSTEM, at=WEDNESDAY)
    elske = Actor(ActorKind.HELPED_PERSON, id=case.person_id)
    [files] = [each for each in removal.collections() if each.kind == "client_file"]
    seen = []

    def complain_late():
        try:
            tell(case, elske)
        except ValidationError as refused:
            seen.extend(refused.messages)
        connection.close()

    thread = threading.Thread(target=complain_late)

    def remove_slowly(rows, *, by, at):
        thread.start()
        thread.join(0.5)
        seen.append(thread.is_alive())
        files.remove(rows, by=by, at=at)

    slow = removal.Collection(files.kind, files.rows, files.about, remove_slowly)
    monkeypatch.setattr(removal, "_collections", {"client_file": slow})
    assert remove()["client_file"].removed == 1
    thread.join(10)
    assert seen == [True, "Deze gegevens zijn zojuist gewist: de bewaartermijn was voorbij."]
    assert not Complaint.objects.exists()
