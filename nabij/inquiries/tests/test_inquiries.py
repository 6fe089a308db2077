"""A question from outside (S08-8, 9): one answer for all, no name, and only the officer settles it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.inquiries import content
from nabij.inquiries.actions import settle_inquiry, take_inquiry
from nabij.inquiries.forms import TakeForm
from nabij.inquiries.models import Inquiry
from nabij.inquiries.queries import inquiries_for, inquiry_for, waiting_count
from nabij.keys.sealing import ERASED
from nabij.kit import clock
from nabij.privacy.actions import remove_expired

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
TAKE = "/werk/vraag-van-buiten/"


@pytest.fixture
def daan():
    return make_membership(Role.VOLUNTEER, name="Daan Oort")


@pytest.fixture
def fenna():
    return make_membership(Role.DATA_PROTECTION_OFFICER, name="Fenna Wiarda")


@pytest.fixture
def elsewhere():
    return replace(actor_for(make_membership(Role.DATA_PROTECTION_OFFICER)), organisation_id=uuid4())


def take(member, wish="data", asker="lawyer", at=WEDNESDAY):
    return take_inquiry(asker, wish, by=actor_for(member), at=at)


def test_no_field_takes_words_so_nobody_can_write_a_name():
    form = TakeForm({"asker": "counterparty", "wish": "contact", "name": "Ilse Vermaat"})
    assert form.is_valid()
    assert set(form.cleaned_data) == {"asker", "wish"}
    assert {field.get_internal_type() for field in Inquiry._meta.get_fields() if "sealed" in field.name} == {
        "BinaryField"
    }


@pytest.mark.parametrize("wish", [code for code, _ in content.choices("wish")])
def test_every_answer_is_the_same_for_whoever_asks_and_confirms_nothing(client, daan, wish):
    client.force_login(daan.user)
    answers = set()
    for asker, _ in content.choices("asker"):
        page = client.post(TAKE, {"asker": asker, "wish": wish}).content.decode()
        answers.add(re.search(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.S)[1])
    [answer] = answers
    assert (
        "niet of iemand bij ons bekend is" in answer or "nooit of iemand" in answer or "niets over" in answer
    )


def test_who_offers_an_apology_is_told_no_at_once_and_nothing_waits(daan, fenna):
    row = take(daan, "contact", "counterparty")
    assert (row.due_at, row.waits) == (None, False)
    assert waiting_count(actor_for(fenna)) == 0
    with pytest.raises(ValidationError):
        settle_inquiry(row.pk, "refused", "Kan niet", by=actor_for(fenna), at=WEDNESDAY)


def test_the_lawyer_s_question_goes_to_the_officer_within_ten_working_days(daan, fenna, elsewhere):
    row = take(daan)
    assert row.due_at.date().isoformat() == "2027-03-24"
    officer = actor_for(fenna)
    assert (waiting_count(officer), waiting_count(elsewhere)) == (1, 0)
    [shown] = inquiries_for(officer, WEDNESDAY + timedelta(days=20))
    assert (shown.asker, shown.is_late) == ("advocaat van de andere kant", True)
    settle_inquiry(row.pk, "refused", "Geen grondslag", by=officer, at=WEDNESDAY + timedelta(days=1))
    after = inquiry_for(officer, row.pk, WEDNESDAY)
    assert (after.outcome, after.reason, after.is_late) == ("niet gegeven", "Geen grondslag", False)
    with pytest.raises(ValidationError, match="al beantwoord"):
        settle_inquiry(row.pk, "by_law", "Toch", by=officer, at=WEDNESDAY + timedelta(days=2))
    assert inquiry_for(elsewhere, row.pk, WEDNESDAY) is None


def test_only_the_officer_of_this_organisation_settles_and_only_with_a_reason(daan, fenna, elsewhere):
    row = take(daan)
    for wrong in (actor_for(daan), elsewhere, SYSTEM):
        with pytest.raises(PermissionDenied):
            settle_inquiry(row.pk, "refused", "x", by=wrong, at=WEDNESDAY)
    with pytest.raises(ValidationError) as error:
        settle_inquiry(row.pk, "refused", "  ", by=actor_for(fenna), at=WEDNESDAY)
    assert "reason" in error.value.message_dict
    for other in (SYSTEM, actor_for(fenna), elsewhere):
        with pytest.raises(PermissionDenied):
            take_inquiry("press", "known", by=other, at=WEDNESDAY)


def test_the_database_refuses_an_end_without_a_reason(daan):
    row = take(daan)
    row.outcome, row.settled_at, row.settled_by = "refused", WEDNESDAY, daan.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_trail_says_what_was_asked_and_never_about_whom(daan, fenna):
    row = take(daan)
    settle_inquiry(row.pk, "refused", "Over Ilse", by=actor_for(fenna), at=WEDNESDAY)
    facts = list(
        TrailEntry.objects.filter(subject_id=row.pk).order_by("at", "id").values_list("facts", flat=True)
    )
    assert facts == [{"asker": "lawyer", "wish": "data"}, {"outcome": "refused"}]
    assert b"Ilse" not in bytes(Inquiry.objects.get().reason_sealed)


def test_the_reason_goes_two_years_later_and_the_figures_stay(daan, fenna):
    row = take(daan)
    settle_inquiry(row.pk, "refused", "Geen grondslag", by=actor_for(fenna), at=WEDNESDAY)
    remove_expired(by=SYSTEM, at=WEDNESDAY + timedelta(days=729))
    assert inquiry_for(actor_for(fenna), row.pk, WEDNESDAY).reason == "Geen grondslag"
    remove_expired(by=SYSTEM, at=WEDNESDAY + timedelta(days=732))
    after = inquiry_for(actor_for(fenna), row.pk, WEDNESDAY)
    assert (after.reason, after.outcome) == (ERASED, "niet gegeven")


def test_the_pages_from_the_question_to_the_officer_s_answer(client, daan, fenna):
    client.force_login(daan.user)
    wrong = client.post(TAKE, {"asker": "press"})
    assert wrong.status_code == 422
    assert re.search(r'value="press"[^>]*checked', wrong.content.decode())
    page = client.post(TAKE, {"asker": "lawyer", "wish": "data"}).content.decode()
    row = Inquiry.objects.get()
    assert row.reference in page
    for address in ("wachten/", "alle/"):
        assert client.get(f"{TAKE}{address}").status_code == 403
    assert client.get(f"{TAKE}{row.pk}/").status_code == 404
    client.force_login(fenna.user)
    assert client.get(TAKE).status_code == 403
    assert "1 vraag wacht" in client.get("/werk/").content.decode()
    one = f"{TAKE}{row.pk}/"
    assert row.reference in client.get(f"{TAKE}alle/").content.decode()
    kept = client.post(one, {"outcome": "refused", "reason": ""})
    assert (kept.status_code, "checked" in kept.content.decode()) == (422, True)
    assert client.post(one, {"outcome": "refused", "reason": "Geen grondslag"}).status_code == 302
    assert "Geen grondslag" in client.get(one).content.decode()
    twice = client.post(one, {"outcome": "by_law", "reason": "Toch"}, follow=True).content.decode()
    assert "Deze vraag is al beantwoord." in twice
    assert "niet gegeven" in twice.casefold()
    assert row.asked_at <= clock.now()
