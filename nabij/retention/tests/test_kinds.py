"""Every other kind: kept to the last second of its term, gone after it, and held by a hold about it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nabij.academy.models import ConductCheck, Volunteer
from nabij.accounts.factories import make_municipality
from nabij.accounts.models import User
from nabij.audit.actor import SYSTEM
from nabij.care.models import CareContact, Rest
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case
from nabij.consents.factories import make_consent
from nabij.consents.models import Share, SharingConsent
from nabij.incidents.factories import make_incident, make_request
from nabij.incidents.models import HelpRequest, Incident, TimelineNote
from nabij.keys.sealing import ERASED, seal, unseal
from nabij.notify.factories import make_message
from nabij.notify.models import Message
from nabij.people.factories import make_registration
from nabij.people.models import AccessGrant, ContactWish, LoginCode, Person, Registration
from nabij.privacy.models import HoldOn, LegalHold
from nabij.reception.models import ReceptionCard, ReceptionPlace
from nabij.retention.factories import hold_on
from nabij.retention.tests.removing import SECOND, is_left_after_its_term, past, remove
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Availability, HandOver, Seat
from nabij.signals.models import Signal
from nabij.support.actions.closing import end_case
from nabij.support.models import CloseReason
from nabij.working_time.models import CallWork


def login_code(world):
    return LoginCode.objects.create(
        address_index=b"a", network_index=b"n", channel="email", language="nl", asked_at=WEDNESDAY,
        expires_at=WEDNESDAY + timedelta(minutes=9),
    )  # fmt: skip


def access(world):
    return AccessGrant.objects.create(
        person=world.case.person, grantee=world.member.imke, scope="case", purpose="aftercare",
        source="break_glass", starts_at=WEDNESDAY - timedelta(hours=4), ends_at=WEDNESDAY,
    )  # fmt: skip


def consent(world):
    row = make_consent(world.case.person, by=world.ayla, at=WEDNESDAY)
    SharingConsent.objects.filter(pk=row.pk).update(withdrawn_at=WEDNESDAY)
    return row


def share(world):
    row = Share(
        person=world.case.person, receiver="csg", purpose="aftercare", kinds=["is_client"],
        ended_at=WEDNESDAY,
        summary_sealed=b"x", starts_at=WEDNESDAY - timedelta(days=9), shared_by=uuid4(), end_reason="done",
    )  # fmt: skip
    row.save()
    return row


def duty(world):
    return make_duty(world.member.imke, Seat.WORKER, starts_at=WEDNESDAY - timedelta(hours=24))


def availability(world):
    return Availability.objects.create(
        membership=world.member.imke, wish="cannot", starts_at=WEDNESDAY - timedelta(days=1),
        ends_at=WEDNESDAY, entered_by=uuid4(), entered_at=WEDNESDAY,
    )  # fmt: skip


def care_contact(world):
    return CareContact.objects.create(
        membership=world.member.imke, source_id=uuid4(), code="first", is_for_leader=False, from_at=WEDNESDAY,
        due_at=WEDNESDAY, done_at=WEDNESDAY, done_by=uuid4(), wants_follow_up=False,
    )  # fmt: skip


def rest(world):
    return Rest.objects.create(
        membership=world.member.imke, source_id=uuid4(), starts_at=WEDNESDAY - timedelta(days=1),
        ends_at=WEDNESDAY, has_deaths=True,
    )  # fmt: skip


def call_work(world):
    return CallWork.objects.create(
        membership=world.member.imke, source_id=uuid4(), starts_at=WEDNESDAY - timedelta(hours=2),
        ends_at=WEDNESDAY,
    )  # fmt: skip


def on_call_request(world):
    return make_request(at=WEDNESDAY)


def timeline_note(world):
    row = TimelineNote(
        incident=make_incident(), organisation=world.member.olaf.organisation, written_by=world.member.olaf,
        written_at=WEDNESDAY,
    )  # fmt: skip
    row.text_sealed = seal(row.pk, "Twee kinderen.")
    row.save()
    Incident.objects.update(status="closed", closed_at=WEDNESDAY, closed_by=world.member.olaf)
    return row


def message(world):
    return make_message(world.case.person_id, at=WEDNESDAY)


def signal(world):
    row = Signal(
        kind="person", subject="x", municipality=make_municipality(), organisation_id=uuid4(),
        sent_by=uuid4(), sent_at=WEDNESDAY, case=world.case,
    )  # fmt: skip
    row.text_sealed = seal(row.pk, "Ruzie op straat.")
    row.save()
    return row


def contact_wish(world):
    incident = make_incident()
    Incident.objects.update(status="closed", closed_at=WEDNESDAY, closed_by=world.member.olaf)
    return ContactWish.objects.create(
        person=world.case.person, incident=incident, source="x", is_urgent=False, created_at=WEDNESDAY
    )


def reception(world, person=None):
    place = ReceptionPlace.objects.create(
        incident=make_incident(), name="Hal", opened_at=WEDNESDAY - timedelta(1), opened_by=uuid4(),
        closed_at=WEDNESDAY,
    )  # fmt: skip
    return ReceptionCard.objects.create(
        place=place, person=person or world.case.person, number=1, wants_call=True, consent_version="1",
        consented_at=WEDNESDAY, written_at=WEDNESDAY, written_by=uuid4(),
    )  # fmt: skip


OVER = {
    login_code: datetime(2027, 2, 4, 17, 20, tzinfo=UTC),
    access: datetime(2032, 2, 3, 17, 20, tzinfo=UTC),
    consent: datetime(2033, 2, 3, 17, 20, tzinfo=UTC),
    share: datetime(2033, 2, 3, 17, 20, tzinfo=UTC),
    duty: datetime(2029, 2, 3, 17, 20, tzinfo=UTC),
    availability: datetime(2028, 2, 3, 17, 20, tzinfo=UTC),
    care_contact: datetime(2028, 2, 3, 17, 20, tzinfo=UTC),
    rest: datetime(2028, 2, 3, 17, 20, tzinfo=UTC),
    call_work: datetime(2029, 2, 3, 17, 20, tzinfo=UTC),
    on_call_request: datetime(2029, 2, 3, 17, 20, tzinfo=UTC),
    timeline_note: datetime(2029, 2, 3, 17, 20, tzinfo=UTC),
    message: datetime(2029, 2, 3, 17, 20, tzinfo=UTC),
    signal: datetime(2028, 2, 3, 17, 20, tzinfo=UTC),
    contact_wish: datetime(2028, 2, 3, 17, 20, tzinfo=UTC),
    reception: datetime(2027, 5, 3, 16, 20, tzinfo=UTC),
}
FIGURES_STAY = {on_call_request, timeline_note, message, signal}
OF_A_PERSON = (access, consent, share, message, signal, contact_wish, reception)


@pytest.fixture
def world(noordwest):
    noordwest.case = make_case("Elske Rademaker", helper=noordwest.member.ayla)
    return noordwest


@pytest.mark.parametrize("maker", OVER)
def test_a_row_stays_up_to_the_last_second_of_its_term_and_goes_after_it(world, maker):
    assert is_left_after_its_term(maker(world), maker, OVER[maker]) is (maker in FIGURES_STAY)


@pytest.mark.parametrize("maker", OF_A_PERSON)
def test_a_hold_on_the_person_keeps_the_row(world, maker):
    row, over = maker(world), OVER[maker]
    hold_on(HoldOn.PERSON, world.case.person_id, by=world.olaf, at=over, days=9)
    assert row not in past(maker, over + SECOND)
    remove(over + SECOND)
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("maker", [on_call_request, timeline_note, contact_wish])
def test_a_hold_on_the_incident_keeps_the_row(world, maker):
    row, over = maker(world), OVER[maker]
    hold_on(HoldOn.INCIDENT, row.incident_id, by=world.olaf, at=over, days=9)
    assert row not in past(maker, over + SECOND)


@pytest.mark.parametrize("maker", [access, consent, share, message, signal, reception])
def test_a_hold_on_the_incident_of_a_file_keeps_what_is_about_its_person(world, maker):
    incident = make_incident()
    Case.objects.filter(pk=world.case.pk).update(incident=incident)
    row, over = maker(world), OVER[maker]
    hold_on(HoldOn.INCIDENT, incident.pk, by=world.olaf, at=over, days=9)
    assert row not in past(maker, over + SECOND)


def test_a_request_keeps_its_figures_and_loses_who_asked(world):
    row = on_call_request(world)
    sealed = bytes(row.asker_sealed)
    assert unseal(row.pk, sealed) == "Nadia Vroom"
    remove(OVER[on_call_request] + SECOND)
    left = HelpRequest.objects.get()
    assert (left.people, left.injured, bytes(left.asker_sealed), bytes(left.call_back_sealed)) == (
        38,
        2,
        b"",
        b"",
    )
    assert unseal(row.pk, sealed) == ERASED


@pytest.mark.parametrize(
    ("maker", "field"), [(timeline_note, "text_sealed"), (message, "body_sealed"), (signal, "text_sealed")]
)
def test_words_cannot_be_opened_any_more(world, maker, field):
    row = maker(world)
    sealed = bytes(getattr(row, field))
    remove(OVER[maker] + SECOND)
    assert unseal(row.pk, sealed) == ERASED


def test_a_duty_takes_its_exchange_and_what_was_handed_over_along(world):
    row = duty(world)
    told = HandOver(team=world.team, from_duty=row, written_by=uuid4(), written_at=WEDNESDAY)
    told.note_sealed = seal(told.pk, "Bel de burgemeester.")
    told.save()
    remove(OVER[duty] + SECOND)
    assert not HandOver.objects.exists()
    assert unseal(told.pk, told.note_sealed) == ERASED


def test_an_answer_stays_while_something_is_shared_under_it(world):
    row = consent(world)
    under = share(world)
    Share.objects.filter(pk=under.pk).update(consent=row, ended_at=None, end_reason="")
    assert row not in past(consent, OVER[consent] + SECOND)
    Share.objects.filter(pk=under.pk).update(ended_at=WEDNESDAY, end_reason="done")
    assert row in past(consent, OVER[consent] + SECOND)


def test_a_no_and_a_yes_that_expired_go_after_their_term_too(world):
    said_no = make_consent(world.case.person, by=world.ayla, at=WEDNESDAY, is_given=False)
    expired = make_consent(world.case.person, by=world.ayla, at=WEDNESDAY, receiver="school")
    SharingConsent.objects.filter(pk=expired.pk).update(last_valid_on=date(2027, 2, 3))
    assert said_no in past(consent, OVER[consent] + SECOND)
    assert expired not in past(consent, datetime(2033, 2, 3, 22, 59, 59, tzinfo=UTC))
    assert expired in past(consent, datetime(2033, 2, 3, 23, 0, tzinfo=UTC))


def applicant(world, stage="left"):
    user = User.objects.create_user("sam@example.nl", name="Sam Nieuw")
    ConductCheck.objects.create(
        user=user, profile_code="84", seen_on=date(2027, 1, 9), seen_by=world.member.olaf.user
    )
    return Volunteer.objects.create(
        user=user, team=world.team, stage=stage, applied_on=date(2027, 1, 3), stage_since_on=date(2027, 2, 3)
    )


def test_who_applied_and_did_not_begin_is_forgotten_four_weeks_later(world):
    row = applicant(world)
    remove(datetime(2027, 3, 3, 22, 59, 59, tzinfo=UTC))
    assert Volunteer.objects.filter(pk=row.pk).exists()
    remove(datetime(2027, 3, 3, 23, 0, tzinfo=UTC))
    assert not User.objects.filter(email="sam@example.nl").exists()
    assert not Volunteer.objects.filter(pk=row.pk).exists()


def test_who_applied_lately_or_has_begun_is_not_forgotten(world):
    row, begun = applicant(world, "applied"), Volunteer.objects.get(user=world.member.vera.user)
    Volunteer.objects.filter(pk=begun.pk).update(stage="left", stage_since_on=date(2020, 1, 1))
    remove(WEDNESDAY + timedelta(days=60))
    assert set(Volunteer.objects.all()) == {row, begun}


def person_with_everything(number):
    """Somebody with a closed file, a registration and a message."""
    row = make_registration(make_incident(), at=WEDNESDAY - timedelta(days=30), phone=f"+3160000005{number}")
    case = make_case(f"Persoon {number}")
    Registration.objects.filter(pk=row.pk).update(incident=None, state="held", person=case.person)
    ContactWish.objects.all().delete()
    end_case(case, CloseReason.DONE, by=SYSTEM, at=WEDNESDAY)
    make_message(case.person_id, at=WEDNESDAY)
    return case


@given(
    held=st.sets(st.integers(0, 3)), age=st.integers(0, 3000), lifted=st.sets(st.integers(0, 3)),
    is_by_incident=st.booleans(),
)  # fmt: skip
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_held_is_ever_removed(world, held, age, lifted, is_by_incident):
    at = WEDNESDAY + timedelta(days=age)
    with transaction.atomic():
        cases = [person_with_everything(number) for number in range(4)]
        for number in held:
            case = cases[number]
            if is_by_incident:
                Case.objects.filter(pk=case.pk).update(incident=make_incident())
                case.refresh_from_db()
            kind = HoldOn.INCIDENT if is_by_incident else HoldOn.PERSON
            subject = case.incident_id if is_by_incident else case.person_id
            row = hold_on(kind, subject, by=world.olaf, at=at, days=1)
            if number in lifted:
                LegalHold.objects.filter(pk=row.pk).update(lifted_at=at, lifted_by=uuid4())
        remove(at)
        for number in held - lifted:
            case = cases[number]
            assert unseal(case.person_id, Person.objects.get(pk=case.person_id).name_sealed) != ERASED
            assert Case.objects.filter(pk=case.pk).exists()
            assert Registration.objects.filter(person_id=case.person_id).exists()
            sent = Message.objects.get(recipient_id=case.person_id)
            assert unseal(sent.pk, sent.body_sealed) != ERASED
        left = set(Case.objects.filter(pk__in=[each.pk for each in cases]).values_list("pk", flat=True))
        free = {cases[number].pk for number in range(4) if number not in held - lifted}
        assert (free <= left) if age <= 2191 else not (free & left)
        for number in {0, 1, 2, 3} - (held - lifted):
            sent = Message.objects.get(recipient_id=cases[number].person_id)
            assert (unseal(sent.pk, sent.body_sealed) == ERASED) is (age > 731)
        transaction.set_rollback(True)
