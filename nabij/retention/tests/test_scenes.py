"""What was ordered, advised and called at an incident goes after its term, and a hold about it keeps it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case
from nabij.centres.factories import make_centre
from nabij.centres.models import AdviceCentre, CentreText, Commission, TextVersion
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.keys.sealing import ERASED, seal, unseal
from nabij.on_call.models import Deployment
from nabij.on_scene.models import Alarm, PhoneTest, Relief, Watch
from nabij.paging.factories import make_page
from nabij.paging.models import Ask, Page
from nabij.paging.queries import facts_of
from nabij.privacy.models import HoldOn
from nabij.psh.models import Advice, AftercarePlan
from nabij.retention.factories import hold_on
from nabij.retention.tests.removing import SECOND, is_left_after_its_term, past, remove

TWO_YEARS, FIVE_YEARS = (datetime(year, 2, 3, 17, 20, tzinfo=UTC) for year in (2029, 2032))


@pytest.fixture
def world(noordwest):
    noordwest.incident = make_incident()
    Incident.objects.update(status="closed", closed_at=WEDNESDAY, closed_by=noordwest.member.olaf)
    noordwest.case = make_case("Elske Rademaker", helper=noordwest.member.ayla)
    Case.objects.update(incident=noordwest.incident)
    return noordwest


def commission(world):
    return make_centre(world.incident).commission


def psh_advice(world):
    row = Advice(incident=world.incident, adviser=world.member.olaf, given_at=WEDNESDAY)
    row.question_sealed, row.advice_sealed = (seal(row.pk, text) for text in ("Wie belt?", "De school."))
    row.save()
    return row


def psh_plan(world):
    row = AftercarePlan(incident=world.incident, version=1, written_at=WEDNESDAY, written_by=uuid4())
    row.text_sealed = seal(row.pk, "Herdenking in mei.")
    row.save()
    return row


def page(world):
    row = make_page(thread_id=world.incident.pk, at=WEDNESDAY)
    Page.objects.filter(pk=row.pk).update(state="answered", closed_at=WEDNESDAY)
    return row


def deployment(world):
    ask = Ask.objects.create(
        page=page(world), membership=world.member.imke, step=0, asked_at=WEDNESDAY, expires_at=WEDNESDAY
    )
    return Deployment.objects.create(
        incident=world.incident, membership=world.member.imke, ask=ask, kind="worker", state="done",
        coming_at=WEDNESDAY, done_at=WEDNESDAY,
    )  # fmt: skip


def welfare_check(world):
    there = deployment(world)
    Relief.objects.create(deployment=there, page=there.ask.page, asked_at=WEDNESDAY)
    return Watch.objects.create(deployment=there, due_at=WEDNESDAY, ended_at=WEDNESDAY)


def alarm(world):
    there = deployment(world)
    return Alarm.objects.create(
        deployment=there, raised_at=WEDNESDAY, ended_at=WEDNESDAY, ended_by=uuid4(), ending="safe"
    )


def phone_test(world):
    row = PhoneTest.objects.create(team=world.team, started_at=WEDNESDAY)
    row.people.add(world.member.imke)
    return row


OVER = {
    commission: TWO_YEARS, psh_advice: FIVE_YEARS, psh_plan: FIVE_YEARS, page: TWO_YEARS,
    welfare_check: TWO_YEARS, alarm: TWO_YEARS, phone_test: TWO_YEARS,
}  # fmt: skip
ROWS_STAY = {commission, psh_advice, psh_plan, page}


@pytest.mark.parametrize("maker", OVER)
def test_a_row_stays_up_to_the_last_second_of_its_term_and_goes_after_it(world, maker):
    assert is_left_after_its_term(maker(world), maker, OVER[maker]) is (maker in ROWS_STAY)


@pytest.mark.parametrize("maker", [each for each in OVER if each is not phone_test])
@pytest.mark.parametrize("kind", HoldOn.values)
def test_a_hold_on_the_incident_or_on_somebody_in_it_keeps_the_row(world, maker, kind):
    row, over = maker(world), OVER[maker]
    subject = world.case.person_id if kind == HoldOn.PERSON else world.incident.pk
    hold_on(HoldOn(kind), subject, by=world.olaf, at=over, days=9)
    assert row not in past(maker, over + SECOND)


@pytest.mark.parametrize(
    ("maker", "field"),
    [
        (commission, "commissioner_sealed"), (commission, "commissioner_email_sealed"),
        (commission, "spokesman_sealed"), (psh_advice, "question_sealed"), (psh_advice, "advice_sealed"),
        (psh_plan, "text_sealed"), (page, "values_sealed"),
    ],
)  # fmt: skip
def test_names_and_words_cannot_be_opened_any_more(world, maker, field):
    row = maker(world)
    sealed = bytes(getattr(row, field))
    assert unseal(row.pk, sealed) not in ("", ERASED)
    remove(OVER[maker] + SECOND)
    assert unseal(row.pk, sealed) == ERASED


def test_the_reasons_that_were_written_at_a_centre_go_with_its_order(world):
    centre = make_centre(world.incident)
    version = TextVersion.objects.filter(text__in=CentreText.objects.filter(centre=centre)).first()
    reasons = {each: seal(each.pk, "De burgemeester was ziek.") for each in (centre, version)}
    remove(TWO_YEARS + SECOND)
    assert {unseal(each.pk, sealed) for each, sealed in reasons.items()} == {ERASED}


def test_the_order_for_a_centre_that_is_live_stays_and_counts_from_when_it_closed(world):
    centre = make_centre(world.incident)
    by = centre.commission.entered_by
    AdviceCentre.objects.update(status="live", live_at=WEDNESDAY, live_by=by)
    assert not past(commission, TWO_YEARS + SECOND).exists()
    AdviceCentre.objects.update(status="offline", offline_at=WEDNESDAY + timedelta(days=10))
    assert not past(commission, TWO_YEARS + SECOND).exists()
    assert list(past(commission, TWO_YEARS + timedelta(days=10, seconds=1))) == [Commission.objects.get()]


def test_a_page_that_still_calls_is_left_alone_and_why_somebody_said_no_goes_with_it(world):
    there = deployment(world)
    reason = seal(there.ask_id, "Ik zit bij mijn moeder.")
    Page.objects.update(state="open", closed_at=None)
    assert not past(page, TWO_YEARS + SECOND).exists()
    Page.objects.update(state="answered", closed_at=WEDNESDAY)
    remove(TWO_YEARS + SECOND)
    assert unseal(there.ask_id, reason) == ERASED
    assert facts_of(Page.objects.get()) == {}
    assert Ask.objects.filter(pk=there.ask_id).exists()


@pytest.mark.parametrize("field", ["subject_id", "thread_id"])
def test_a_page_about_a_held_person_or_their_file_stays(world, field):
    hold_on(HoldOn.PERSON, world.case.person_id, by=world.olaf, at=TWO_YEARS, days=9)
    row = page(world)
    for about in (world.case.person_id, world.case.pk):
        Page.objects.update(subject_id=uuid4(), thread_id=uuid4())
        assert row in past(page, TWO_YEARS + SECOND)
        Page.objects.update(**{field: about})
        assert row not in past(page, TWO_YEARS + SECOND)


def test_who_took_over_goes_with_the_check_and_the_deployment_stays(world):
    row = welfare_check(world)
    remove(TWO_YEARS + SECOND)
    assert not Relief.objects.exists()
    assert Deployment.objects.filter(pk=row.deployment_id).exists()
