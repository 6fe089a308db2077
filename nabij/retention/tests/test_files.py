"""A closed file goes six years later with its key, its marks and all that names anybody; the trail stays."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.audit.reading import log_read
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case, SearchKey
from nabij.centres.factories import make_centre
from nabij.centres.models import AdviceCentre
from nabij.incidents.factories import make_incident
from nabij.keys.models import SubjectKey
from nabij.keys.sealing import ERASED, unseal
from nabij.notify.factories import make_message
from nabij.notify.models import ContactPoint, ContactRule
from nabij.own_space.actions import answer, ask
from nabij.own_space.models import RequestKind
from nabij.people.actions.receiving import forget_person
from nabij.people.factories import make_registration
from nabij.people.models import BlindIndex, ContactWish, Person, Registration, WishState
from nabij.privacy.actions import remove_expired
from nabij.privacy.models import HoldOn, RetentionRun
from nabij.reception.models import ReceptionCard, ReceptionPlace
from nabij.retention.factories import hold_on, make_hold
from nabij.support.actions import finish_contact, reopen_case
from nabij.support.actions.closing import end_case
from nabij.support.models import CloseReason, Contact, ContactKind
from nabij.vulnerability.actions import raise_alert, raise_level
from nabij.vulnerability.models import Alert, Level, LevelChange

SIX_YEARS = datetime(2033, 2, 3, 17, 20, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def close(case, at=WEDNESDAY):
    return end_case(case, CloseReason.DONE, by=SYSTEM, at=at)


def remove(at):
    """The night's removal; how it went with each kind."""
    remove_expired(by=SYSTEM, at=at)
    return {each.kind: each for each in RetentionRun.objects.filter(ran_on=at.date())}


@pytest.fixture
def case(noordwest):
    found = make_case("Elske Rademaker", helper=noordwest.member.ayla, email="elske@example.nl")
    finish_contact(found, ContactKind.CALL, "Slaapt slecht.", WEDNESDAY, by=noordwest.ayla, at=WEDNESDAY)
    return found


def test_a_file_goes_six_years_after_closing_and_not_a_second_before(case):
    close(case)
    remove(SIX_YEARS)
    assert Case.objects.filter(pk=case.pk).exists()
    run = remove(SIX_YEARS + SECOND)["client_file"]
    assert not Case.objects.exists()
    assert not Person.objects.exists()
    assert (run.removed, run.failed) == (1, 0)


def test_after_removal_nothing_can_be_opened_and_no_mark_is_found_again(noordwest, case):
    raise_level(case.person, Level.HIGH, "Bedreigd", by=noordwest.ayla, at=WEDNESDAY)
    message = make_message(case.person_id, at=WEDNESDAY)
    name, notes = bytes(case.person.name_sealed), bytes(Contact.objects.get().notes_sealed)
    assert unseal(case.person_id, name) == "Elske Rademaker"
    assert unseal(case.person_id, notes) == "Slaapt slecht."
    assert BlindIndex.objects.filter(person=case.person).exists()
    close(case)
    remove(SIX_YEARS + SECOND)
    assert {unseal(case.person_id, each) for each in (name, notes)} == {ERASED}
    assert unseal(message.pk, message.body_sealed) == ERASED
    assert SubjectKey.objects.get(subject_id=case.person_id).wrapped is None
    for left in (BlindIndex, SearchKey, Contact, LevelChange, ContactWish, ContactRule):
        assert not left.objects.exists(), left
    assert not ContactPoint.objects.filter(subject_id=case.person_id).exclude(value_sealed=b"").exists()


def test_the_trail_and_the_read_log_stay(noordwest, case):
    log_read([case.person_id], by=noordwest.ayla, purpose="aftercare", at=WEDNESDAY)
    before = TrailEntry.objects.filter(subject_id=case.pk).count()
    close(case)
    remove(SIX_YEARS + SECOND)
    verbs = list(TrailEntry.objects.filter(subject_id=case.pk).values_list("verb", flat=True))
    assert len(verbs) == before + 2
    assert {"case.closed", "case.removed"} <= set(verbs)
    assert TrailEntry.objects.filter(verb="person.erased", subject_id=case.person_id).exists()
    assert ReadEntry.objects.filter(person_id=case.person_id).exists()


def test_an_open_or_reopened_file_stays(noordwest, case):
    close(case)
    reopen_case(case, by=noordwest.olaf, at=WEDNESDAY)
    other = make_case("Iemand Anders")
    remove(SIX_YEARS + timedelta(days=900))
    assert set(Case.objects.all()) == {case, other}
    close(Case.objects.get(pk=case.pk), at=WEDNESDAY + timedelta(days=365))
    remove(SIX_YEARS + timedelta(days=364))
    assert case in Case.objects.all()


def test_the_person_stays_while_another_file_of_theirs_does(case):
    incident = make_incident()
    other = Case.objects.create(
        person=case.person, incident=incident, reference="ANDER", topic="EVT-12", capacity="victim",
        way_in="own_request", consent_version="v1", team=case.team, opened_at=WEDNESDAY,
    )  # fmt: skip
    close(case)
    remove(SIX_YEARS + SECOND)
    assert list(Case.objects.all()) == [other]
    assert unseal(case.person_id, Person.objects.get().name_sealed) == "Elske Rademaker"
    close(other)
    remove(SIX_YEARS + timedelta(days=1))
    assert not Person.objects.exists()


def test_the_person_stays_while_a_card_or_an_open_wish_does(case):
    incident = make_incident()
    place = ReceptionPlace.objects.create(
        incident=incident, name="Sporthal", opened_at=WEDNESDAY, opened_by=case.pk
    )
    ReceptionCard.objects.create(
        place=place, person=case.person, number=1, wants_call=True, consent_version="1",
        consented_at=WEDNESDAY, written_at=WEDNESDAY, written_by=case.pk,
    )  # fmt: skip
    close(case)
    remove(SIX_YEARS + SECOND)
    assert Person.objects.filter(pk=case.person_id).exists()
    wish = ContactWish.objects.create(
        person=case.person, incident=incident, source="x", is_urgent=False, created_at=WEDNESDAY
    )
    ReceptionPlace.objects.update(closed_at=WEDNESDAY)
    remove(SIX_YEARS + timedelta(days=1))
    assert not ReceptionCard.objects.exists()
    assert Person.objects.filter(pk=case.person_id).exists()
    wish.state = WishState.DONE
    wish.save()


def offline(incident, at):
    centre = make_centre(incident)
    AdviceCentre.objects.filter(pk=centre.pk).update(
        status="offline", live_at=at, live_by=centre.commission.entered_by, offline_at=at
    )
    return centre


def test_a_registration_goes_a_year_after_the_centre_closed_with_who_has_nothing_else(noordwest):
    row = make_registration(make_incident())
    sealed = bytes(row.person.name_sealed)
    offline(row.incident, WEDNESDAY)
    year = datetime(2028, 2, 3, 17, 20, tzinfo=UTC)
    remove(year)
    assert Registration.objects.exists()
    remove(year + SECOND)
    assert not Registration.objects.exists()
    assert not Person.objects.exists()
    assert unseal(row.person_id, sealed) == ERASED


def test_a_registration_goes_a_year_after_the_centre_was_archived_though_its_pages_stay(noordwest):
    row = make_registration(at=WEDNESDAY)
    centre = make_centre(row.incident)
    AdviceCentre.objects.filter(pk=centre.pk).update(
        status="live", live_at=WEDNESDAY, live_by=centre.commission.entered_by, archived_at=WEDNESDAY
    )
    year = WEDNESDAY.replace(year=WEDNESDAY.year + 1)
    remove_expired(by=SYSTEM, at=year)
    assert Registration.objects.exists()
    remove_expired(by=SYSTEM, at=year + timedelta(seconds=1))
    assert not Registration.objects.exists()


def test_a_registration_at_a_centre_that_is_live_stays_and_without_a_centre_the_incident_counts(noordwest):
    live, without = make_registration(make_incident()), make_registration(make_incident())
    centre = make_centre(live.incident)
    AdviceCentre.objects.update(status="live", live_at=WEDNESDAY, live_by=centre.commission.entered_by)
    type(live.incident).objects.update(status="closed", closed_at=WEDNESDAY, closed_by=noordwest.member.olaf)
    remove(WEDNESDAY + timedelta(days=367))
    assert list(Registration.objects.all()) == [live]
    assert not Person.objects.filter(pk=without.person_id).exists()


def test_a_registration_of_an_unknown_incident_goes_a_year_after_it_came(noordwest):
    row = make_registration(make_incident())
    Registration.objects.update(incident=None, state="held", received_at=WEDNESDAY)
    ContactWish.objects.all().delete()
    remove(WEDNESDAY + timedelta(days=367))
    assert not Person.objects.filter(pk=row.person_id).exists()


def test_a_correction_goes_with_what_it_corrects_and_a_hold_on_its_person_keeps_both(noordwest):
    first, second = make_registration(make_incident()), make_registration(make_incident())
    Registration.objects.filter(pk=second.pk).update(corrects=first, state="correction")
    offline(first.incident, WEDNESDAY)
    kept = hold_on(HoldOn.PERSON, second.person_id, by=noordwest.olaf, at=WEDNESDAY, days=700)
    remove(WEDNESDAY + timedelta(days=367))
    assert Registration.objects.count() == 2
    type(kept).objects.update(ends_at=WEDNESDAY + timedelta(days=1))
    remove(WEDNESDAY + timedelta(days=368))
    assert not Registration.objects.exists()
    assert not Person.objects.filter(pk=first.person_id).exists()


def test_an_alert_is_hidden_three_months_after_the_last_file_closed(noordwest, case):
    alert = raise_alert(case.person, "press", by=noordwest.ayla, at=WEDNESDAY)
    remove(WEDNESDAY + timedelta(days=100))
    assert Alert.objects.get().closed_at is None, "help goes on"
    close(case)
    remove(datetime(2027, 5, 3, 16, 20, tzinfo=UTC))
    assert Alert.objects.get().closed_at is None
    remove(datetime(2027, 5, 3, 16, 20, 1, tzinfo=UTC))
    assert Alert.objects.get().closed_at is not None
    assert TrailEntry.objects.filter(verb="alert.hidden", subject_id=alert.pk).exists()


def test_a_hold_keeps_a_file_until_it_is_over(noordwest, case):
    close(case)
    kept = make_hold(case, by=noordwest.olaf, at=SIX_YEARS)
    run = remove(SIX_YEARS + SECOND)["client_file"]
    assert (run.seen, run.removed, run.held_back) == (1, 0, 1)
    assert Case.objects.exists()
    remove(kept.ends_at - SECOND)
    assert Case.objects.exists()
    remove(kept.ends_at)
    assert not Case.objects.exists()


def test_erasing_on_request_waits_for_the_hold(noordwest, case):
    elske = Actor(ActorKind.HELPED_PERSON, id=case.person_id)
    asked = ask(RequestKind.ERASE, "", by=elske, at=WEDNESDAY)
    kept = make_hold(case, by=noordwest.olaf, at=WEDNESDAY)
    told = {"is_granted": True, "by": noordwest.olaf, "at": WEDNESDAY}
    with pytest.raises(ValidationError, match="wisstop tot en met 05-03-2027"):
        answer(asked, case, "Gewist.", **told)
    assert unseal(case.person_id, Person.objects.get().name_sealed) == "Elske Rademaker"
    type(kept).objects.update(lifted_at=WEDNESDAY, lifted_by=noordwest.olaf.id)
    assert answer(asked, case, "Gewist.", **told) is None
    assert not Person.objects.exists()


def test_a_hold_on_the_incident_keeps_who_asks_to_erase_too(noordwest, case):
    incident = make_incident()
    Case.objects.filter(pk=case.pk).update(incident=incident)
    elske = Actor(ActorKind.HELPED_PERSON, id=case.person_id)
    asked = ask(RequestKind.ERASE, "", by=elske, at=WEDNESDAY)
    hold_on(HoldOn.INCIDENT, incident.pk, by=noordwest.olaf, at=WEDNESDAY)
    with pytest.raises(ValidationError, match="wisstop"):
        answer(asked, case, "Gewist.", is_granted=True, by=noordwest.olaf, at=WEDNESDAY)
    assert answer(asked, case, "Dat kan nog niet.", is_granted=False, by=noordwest.olaf, at=WEDNESDAY)


def test_no_way_of_forgetting_passes_a_hold(noordwest, case):
    make_hold(case, by=noordwest.olaf, at=WEDNESDAY)
    with pytest.raises(PermissionDenied, match="zaak of klacht"):
        forget_person(case.person, by=SYSTEM, at=WEDNESDAY)
