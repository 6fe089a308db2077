"""What is real never lands at an exercise, and what is made up never at a real event."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nabij.audit.actor import SYSTEM
from nabij.incidents.factories import make_incident
from nabij.people import drain as draining
from nabij.people.actions.registering import drain, place_held
from nabij.people.factories import MORNING, make_submission
from nabij.people.models import Registration, RegistrationState
from nabij.people.pages import registration_page
from nabij.spool import writing as spool

pytestmark = pytest.mark.django_db
TYPED = {"relation": "resident", "name": "Proef Persoon", "page_language": "nl"}


def drained(*submissions):
    now = MORNING + timedelta(minutes=1)
    drain(list(submissions), segment="x.spool", offset=1, by=SYSTEM, at=now, machine_at=now)
    return {row.asked_for: row for row in Registration.objects.all()}


def test_each_lands_where_it_belongs_or_nowhere():
    exercise, real, gone = make_incident(is_exercise=True), make_incident(), uuid4()
    made_up = [make_submission(each, is_exercise=True) for each in (exercise.pk, real.pk, gone)]
    found = drained(*made_up, make_submission(real.pk))
    assert set(found) == {exercise.pk, real.pk}
    assert (found[exercise.pk].incident, found[real.pk].incident) == (exercise, real)
    assert Registration.objects.count() == 2


def test_what_is_real_and_sent_to_an_exercise_is_held_for_a_person_and_stays_so():
    exercise = make_incident(is_exercise=True)
    [row] = drained(make_submission(exercise.pk)).values()
    assert (row.state, row.incident) == (RegistrationState.HELD, None)
    assert place_held(by=SYSTEM, at=MORNING) == 0
    row.refresh_from_db()
    assert row.incident is None


@pytest.mark.parametrize(("language", "word"), [("nl", "Dit is een oefening"), ("en", "This is an exercise")])
def test_the_form_of_an_exercise_says_so_and_is_sent_elsewhere(language, word):
    pk = uuid4()
    page = registration_page(pk, "IAC", language, is_exercise=True)
    assert word in page
    assert f'action="/oefening/aanmelden/{pk}/"' in page
    assert page.count("banner--exercise") == 2
    assert 'content="noindex"' in page
    plain = registration_page(pk, "IAC", language)
    assert word not in plain
    assert f'action="/aanmelden/{pk}/"' in plain


def test_only_who_says_that_it_is_made_up_is_registered_at_an_exercise(client, web, drain_key):
    exercise = make_incident(is_exercise=True)
    address = reverse("people:practise", args=[exercise.pk])
    sent = {**TYPED, "form_key": uuid4().hex}
    refused = client.post(address, sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert refused.status_code == 422
    assert "komt uw aanmelding hier niet aan" in refused.content.decode()
    assert "Proef Persoon" in refused.content.decode()
    taken = client.post(address, {**sent, "is_exercise": "on"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "Dit is een oefening" in taken.content.decode()
    drain_key()
    assert draining.drain_all(spool.folder()) == 1
    assert Registration.objects.get().incident == exercise
