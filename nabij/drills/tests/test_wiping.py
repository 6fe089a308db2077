"""A wiped drill leaves no made-up person behind, and nothing real keeps it from being wiped."""

from datetime import timedelta

import pytest

from nabij.audit.actor import SYSTEM
from nabij.cases.factories import make_case
from nabij.drills import actions
from nabij.drills.tests.test_drills import NOW, begin, nadia
from nabij.keys.models import SubjectKey
from nabij.notify.models import ContactPoint
from nabij.people.actions.receiving import Met, meet_person
from nabij.people.actions.registering import drain
from nabij.people.factories import make_submission
from nabij.people.models import BlindIndex, ContactWish, Person, Registration
from nabij.people.submissions import EXERCISE
from nabij.reception.models import ReceptionCard, ReceptionPlace

__all__ = ["nadia"]
pytestmark = pytest.mark.django_db
MOMENT = {"segment": "1.spool", "by": SYSTEM, "at": NOW, "machine_at": NOW}


def _met(incident, name="OEFENING 1", *, wants_contact=True):
    told = Met(name, "+31600000066", "nl", "", wants_contact=wants_contact)
    return meet_person(told, incident, source="door", by=SYSTEM, at=NOW)


def _wiped(drill, nadia):
    actions.wipe_drill(actions.end_drill(drill, by=nadia, at=NOW), by=nadia, at=NOW)


def test_who_was_met_at_a_door_or_at_the_reception_of_a_drill_goes_with_it(nadia):
    drill = begin(nadia)
    place = ReceptionPlace.objects.create(
        incident=drill.incident, name="Sporthal", opened_at=NOW, opened_by=nadia.id
    )
    for number, person in enumerate((_met(drill.incident), _met(drill.incident, wants_contact=False))):
        ReceptionCard.objects.create(
            place=place, person=person, number=number, wants_call=False, consent_version="1",
            consented_at=NOW, written_at=NOW, written_by=nadia.id,
        )  # fmt: skip
    _met(drill.incident, "OEFENING 3")
    real = make_case().person
    gone = set(Person.objects.exclude(pk=real.pk).values_list("pk", flat=True))
    assert len(gone) == 3
    _wiped(drill, nadia)
    assert list(Person.objects.all()) == [real]
    assert not ContactPoint.objects.filter(subject_id__in=gone).exists()
    assert not BlindIndex.objects.filter(person__in=gone).exists()
    assert not SubjectKey.objects.filter(subject_id__in=gone, destroyed_at__isnull=True).exists()


def test_a_real_person_who_is_also_helped_elsewhere_stays(nadia):
    drill = begin(nadia)
    real = make_case().person
    ContactWish.objects.create(
        person=real, incident=drill.incident, source="door", is_urgent=False, created_at=NOW
    )
    _wiped(drill, nadia)
    assert list(Person.objects.all()) == [real]


def test_a_real_form_with_the_key_of_a_made_up_one_stays_and_the_drill_is_wiped_all_the_same(nadia):
    """A browser sends one form to the exercise, and then to the address of real ones: that one is held."""
    drill = begin(nadia)
    made_up = make_submission(drill.event_id, sent_at=NOW, **{EXERCISE: True})
    real = make_submission(drill.event_id, form_key=made_up.form_key, sent_at=NOW, name="Mirjam Zandstra")
    drain([made_up], offset=1, **MOMENT)
    drain([real], offset=2, **MOMENT)
    held = Registration.objects.get(state="held")
    assert held.corrects is not None
    _wiped(drill, nadia)
    held.refresh_from_db()
    assert (held.corrects, held.state) == (None, "held")
    assert list(Registration.objects.all()) == [held]
    assert NOW + timedelta(hours=1) > held.received_at
