"""The pages of helping: call as agreed, attempts and letter, plan, notes, appointments, the end."""

from datetime import time, timedelta

import pytest

from nabij.audit.actor import SYSTEM
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.factories import give, make_case
from nabij.cases.models import Case, CaseState, Part, SpecialReading, Task, TaskKind
from nabij.kit import clock
from nabij.kit.notation import amsterdam_day
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Way
from nabij.people.factories import make_registration
from nabij.support import tasks
from nabij.support.models import Appointment, Attempt, Closing, Contact, PlanItem, PlanState
from nabij.vulnerability.actions import raise_level
from nabij.vulnerability.models import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client, noordwest):
    def log_in(name):
        client.force_login(getattr(noordwest.member, name).user)
        return client

    return log_in


@pytest.fixture
def case(noordwest):
    case = make_case(helper=noordwest.member.ayla, at=clock.now())
    return give(case, noordwest.member.vera, Part.DEPUTY, at=clock.now())


def page_of(case, part=""):
    return f"/werk/dossiers/{case.pk}/{part}"


def closed_now():
    """Agreed hours that lie half a day away from this moment."""
    hour = (clock.local(clock.now()).hour + 12) % 24
    return time(hour, 0), time(hour, 59)


def test_the_number_is_shown_after_the_rule_was_read_and_only_in_the_agreed_hours(noordwest, as_, case):
    client = as_("ayla")
    assert "+31600000051" in client.post(page_of(case, "bellen/")).content.decode()
    start, end = closed_now()
    agree_contact(case.person_id, Agreed((Way.CALL,), (), start, end), by=SYSTEM, at=clock.now())
    assert "Alleen tussen" in client.get(page_of(case, "bellen/")).content.decode()
    unread = client.post(page_of(case, "bellen/"))
    assert "Lees eerst" in unread.content.decode()
    refused = client.post(page_of(case, "bellen/"), {"gelezen": "ja"})
    assert refused.status_code == 422
    assert "Nu niet" in refused.content.decode()
    assert "+31600000051" not in refused.content.decode()
    assert as_("daan").get(page_of(case, "bellen/")).status_code == 404


def test_attempts_and_the_letter(noordwest, as_, case):
    client = as_("ayla")
    assert client.get(page_of(case, "poging/")).status_code == 200
    assert client.post(page_of(case, "poging/"), {"way": "call"}).status_code == 422
    client.post(page_of(case, "poging/"), {"way": "call", "outcome": "no_answer"})
    again = client.post(page_of(case, "poging/"), {"way": "call", "outcome": "no_answer"})
    assert "ander moment" in again.content.decode()
    assert "1 poging tot nu toe" in client.get(page_of(case)).content.decode()
    assert "Bel ons dan op 0900-0101" in client.get(page_of(case, "brief/")).content.decode()
    early = client.post(page_of(case, "brief/"))
    assert "pas na 3 pogingen" in early.content.decode()
    for days in (2, 3):
        attempt = Attempt.objects.create(
            case=case, number=days, way="call", outcome="no_answer", at=clock.now() - timedelta(days=days),
            by=case.pk,
        )  # fmt: skip
    assert client.post(page_of(case, "brief/")).status_code == 302
    assert Attempt.objects.get(number=attempt.number + 1).outcome == "sent"


def test_the_plan_and_two_writers(noordwest, as_, case):
    client = as_("ayla")
    client.post(page_of(case, "poging/"), {"way": "call", "outcome": "reached"})
    assert "Uw verhaal vertellen" in client.get(page_of(case)).content.decode()
    assert client.get(page_of(case, "plan/nieuw/")).status_code == 200
    client.post(page_of(case, "plan/nieuw/"), {"strand": "practical", "text": "Slot maken"})
    item = PlanItem.objects.get(suggestion="")
    page = f"/werk/dossiers/plan/{item.pk}/"
    assert "Slot maken" in client.get(page).content.decode()
    told = {"version": "1", "text": "Slot besteld", "state": "open"}
    assert client.post(page, told).status_code == 302
    second = as_("vera").post(page, told | {"text": "Slotenmaker komt"})
    text = second.content.decode()
    assert second.status_code == 422
    assert "Een collega veranderde dit net" in text
    assert "Slot besteld" in text
    assert "Slotenmaker komt" in text
    assert as_("vera").post(page, told | {"version": "2", "text": "Samen"}).status_code == 302
    dropped = client.post(page, {"version": "3", "text": "Samen", "state": "dropped"})
    assert "Schrijf op waarom" in dropped.content.decode()
    assert as_("daan").get(page).status_code == 404


def test_notes_save_themselves_and_open_for_a_colleague_with_a_reason(noordwest, as_, case):
    client = as_("ayla")
    page = page_of(case, "contact/")
    assert client.get(page).status_code == 200
    told = {"kind": "call", "happened_at": "2026-11-20T10:00", "notes": "Slaapt slecht"}
    saved = client.post(page, told, headers={"HX-Request": "true"})
    assert "Concept bewaard" in saved.content.decode()
    assert client.post(page, {}, headers={"HX-Request": "true"}).status_code == 204
    assert "Slaapt slecht" in client.get(page).content.decode()
    assert "Verder met uw concept" in client.get(page_of(case)).content.decode()
    assert "Slaapt slecht" not in as_("vera").get(page).content.decode()
    client = as_("ayla")
    assert client.post(page, {"kind": "call"}).status_code == 422
    client.post(page, told)
    assert "Slaapt slecht" in client.get(page_of(case)).content.decode()
    colleague = as_("vera")
    assert "Slaapt slecht" not in colleague.get(page_of(case)).content.decode()
    notes = f"/werk/dossiers/contact/{Contact.objects.get().pk}/"
    assert "Slaapt slecht" not in colleague.get(notes).content.decode()
    assert "Slaapt slecht" in colleague.post(notes, {"reason": "Neem het over"}).content.decode()
    assert SpecialReading.objects.count() == 1
    assert as_("daan").get(notes).status_code == 404


def test_appointments_wait_for_the_leader_at_a_risk(noordwest, as_, case):
    raise_level(case.person, Level.RAISED, "Onrust", by=noordwest.ayla, at=clock.now())
    client = as_("ayla")
    assert client.get(page_of(case, "afspraak/")).status_code == 200
    finish_tasks(case, TaskKind.ASK_POLICE, by=noordwest.ayla, at=clock.now())
    told = {
        "kind": "visit", "starts_at": "2030-03-01T10:00", "ends_at": "2030-03-01T11:00", "has_agreed": "on",
    }  # fmt: skip
    assert "niet alleen" in client.post(page_of(case, "afspraak/"), told).content.decode()
    done = client.post(page_of(case, "afspraak/"), told | {"second": str(noordwest.vera.id)}, follow=True)
    assert "wacht op de teamleider" in done.content.decode()
    settle = f"/werk/dossiers/afspraak/{Appointment.objects.get().pk}/"
    assert as_("olaf").get(page_of(case)).content.decode().count("Keur goed") == 1
    as_("olaf").post(settle, {"goed": "1"})
    assert Appointment.objects.get().may_take_place
    as_("ayla").post(settle, {"af": "1"})
    assert not Appointment.objects.get().may_take_place
    assert as_("daan").post(settle, {"af": "1"}).status_code == 404
    calm = make_case("B", helper=noordwest.member.ayla, at=clock.now(), topic="EVT-13")
    text = as_("ayla").post(page_of(calm, "afspraak/"), told, follow=True).content.decode()
    assert "De afspraak staat" in text


def test_closing_and_reopening(noordwest, as_, case):
    client = as_("ayla")
    client.post(page_of(case, "poging/"), {"way": "call", "outcome": "reached"})
    assert client.get(page_of(case, "sluiten/")).status_code == 200
    early = client.post(page_of(case, "sluiten/"), {"reason": "done"})
    assert "nog iets open" in early.content.decode()
    PlanItem.objects.update(state=PlanState.DONE)
    client.post(page_of(case, "sluiten/"), {"reason": "done", "has_felt_heard": "ja", "is_helped": "nee"})
    closing = Closing.objects.get()
    assert (closing.has_felt_heard, closing.is_helped) == (True, False)
    page = client.get(page_of(case)).content.decode()
    assert "Heropenen" in page
    assert f"Afgesloten op {amsterdam_day(closing.closed_at)}: de hulp is klaar." in page
    assert "Voelde zich gehoord: ja. Is geholpen: nee." in page
    assert "Er hoeft nu niets." not in page
    for part in ("poging/", "brief/", "plan/nieuw/", "contact/", "afspraak/", "bellen/", "sluiten/"):
        assert client.get(page_of(case, part)).status_code == 403, part
    assert client.get(f"/werk/dossiers/plan/{PlanItem.objects.first().pk}/").status_code == 403
    add_task(Case.objects.get(), TaskKind.ACKNOWLEDGE, clock.now(), at=clock.now())
    page = client.get(page_of(case)).content.decode()
    assert "Afgesloten op" in page
    assert "Bericht van de politie bevestigen" in page
    client.post(page_of(case, "heropenen/"))
    assert Case.objects.get().state == CaseState.ACTIVE
    assert "Afgesloten op" not in client.get(page_of(case)).content.decode()
    client.post(page_of(case, "sluiten/"), {"reason": "died"})
    page = client.get(page_of(case)).content.decode()
    assert "de persoon is overleden." in page
    assert "Voelde zich gehoord" not in page
    assert "de hulp is klaar" not in page
    assert "overleden" in client.post(page_of(case, "heropenen/"), follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_minute_job_takes_wishes_and_the_morning_job_notices_silence(noordwest):
    make_registration(yes_to=("victim_support",))
    tasks.take_wishes(0)
    case = Case.objects.get()
    Case.objects.update(state="active", last_contact_at=clock.now() - timedelta(days=20))
    tasks.notice_silence(0)
    assert Task.objects.filter(case=case, kind=TaskKind.QUIET).count() == 1
