"""What still waits for the hours that somebody agreed to stays here, once they let nobody make contact."""

from datetime import time
from threading import Event
from time import sleep

import pytest
from django.core.exceptions import PermissionDenied

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.bulk import actions, tasks
from nabij.bulk.tests.test_bulk import ask, person, run
from nabij.desk.tests.conftest import EVENING
from nabij.kit.tests.at_once import together
from nabij.notify.models import ContactRule, Delivery
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.factories import make_answers


@pytest.mark.parametrize(
    ("how", "left"), [("withdrawn", "withdrawn"), ("no", "withdrawn"), ("yes", "queued")]
)
def test_who_lets_nobody_make_contact_any_more_gets_nothing_that_still_waits(place, how, left):
    row = person(place, "Bo", phone="")
    ContactRule.objects.create(
        subject_id=row.person_id, ways=["email"], from_time=time(9), until_time=time(10), set_at=EVENING
    )
    ask(place)
    run()
    assert Delivery.objects.get(message__template="desk_invitation").due_at > EVENING
    own = Actor(ActorKind.HELPED_PERSON, id=row.person_id)
    if how == "withdrawn":
        withdraw_registration(row, by=own, at=EVENING)
    else:
        answers = make_answers(name="Bo", phone="", yes_to=("ggd",) if how == "yes" else ())
        change_registration(row, answers, language="nl", by=own, at=EVENING)
    verb = "registration.withdrawn" if how == "withdrawn" else "registration.changed"
    for _ in range(2):
        tasks.follow_registration(TrailEntry.objects.get(verb=verb).pk)
    assert Delivery.objects.get(message__template="desk_invitation").state == left
    with pytest.raises(PermissionDenied):
        actions.call_back(row, by=place.lot, at=EVENING)


def test_what_became_of_somebody_who_is_erased_is_nobodys_work(place):
    row = person(place, "Bo")
    withdraw_registration(row, by=Actor(ActorKind.HELPED_PERSON, id=row.person_id), at=EVENING)
    row.person.delete()
    tasks.follow_registration(TrailEntry.objects.get(verb="registration.withdrawn").pk)


@pytest.mark.django_db(transaction=True)
def test_who_takes_it_back_while_the_work_goes_on_does_not_get_it(place, monkeypatch):
    row = person(place, "Bo", phone="")
    job = ask(place)
    written, writing = actions.send, Event()

    def slowly(*given, **named):
        writing.set()
        sleep(0.5)
        return written(*given, **named)

    monkeypatch.setattr(actions, "send", slowly)

    def leave():
        writing.wait(10)
        withdraw_registration(row, by=Actor(ActorKind.HELPED_PERSON, id=row.person_id), at=EVENING)
        actions.call_back(row, by=SYSTEM, at=EVENING)

    assert together(lambda: actions.carry_out(job, by=SYSTEM, at=EVENING), leave) == []
    assert Delivery.objects.get(message__template="desk_invitation").state == "withdrawn"
