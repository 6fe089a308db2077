"""Work for many goes by the last answers of each: by the form that was sent again, and by a no said since."""

import pytest

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.bulk.actions import Wanted
from nabij.bulk.models import BulkItem
from nabij.bulk.queries import Selection, papers_of, selected
from nabij.bulk.tests.test_bulk import ask, person, run
from nabij.desk.models import Need
from nabij.desk.tests.conftest import EVENING
from nabij.notify.models import Message
from nabij.people.actions.own import change_registration
from nabij.people.actions.registering import store
from nabij.people.factories import make_answers, make_submission


def sent_again(place, row, **answers):
    told = make_submission(place.incident.pk, form_key=row.form_key, sent_at=EVENING, **answers)
    [again] = store([told], by=SYSTEM, at=EVENING, machine_at=EVENING)
    return again


def test_who_says_no_when_sending_the_form_again_gets_nothing(place):
    row = person(place, "Bo")
    again = sent_again(place, row, yes_to=(), name="Bo Bos")
    assert list(selected(place.incident, Selection(), place.lot, EVENING)) == [again]
    assert not selected(place.incident, Selection(receiver="ggd"), place.lot, EVENING).exists()
    ask(place)
    run()
    assert BulkItem.objects.get().reason == "no_consent"
    assert not Message.objects.filter(template="desk_invitation").exists()


def test_who_sends_the_form_again_is_chosen_by_the_last_answers_and_gets_it_once(place):
    row = person(place, "Bo", yes_to=(), needs=["money"], relation="witness")
    again = sent_again(place, row, yes_to=("ggd",), needs=["money"], relation="bereaved")
    chosen = Selection(need="money", relation="bereaved", receiver="ggd")
    assert list(selected(place.incident, chosen, place.lot, EVENING)) == [again]
    ask(place, chosen)
    run()
    assert [each.recipient_id for each in Message.objects.filter(template="desk_invitation")] == [
        again.person_id
    ]
    ask(place, chosen, Wanted(owner=place.members.vera))
    run()
    assert Need.objects.get(kind="money").owner == place.members.vera


def test_a_form_sent_again_while_the_work_goes_on_counts(place):
    row = person(place, "Bo")
    ask(place)
    sent_again(place, row, yes_to=(), name="Bo Bos")
    run()
    assert BulkItem.objects.get().reason == "gone"
    assert not Message.objects.filter(template="desk_invitation").exists()


@pytest.mark.parametrize("how", ["changed", "again"])
def test_nobody_gets_a_letter_on_paper_who_said_no_since(place, how):
    row = person(place, "Tijn", phone="", email="")
    job = ask(place, wanted=Wanted(text="U kunt dinsdag langskomen."))
    run()
    assert [each.person_id for each in papers_of(job)] == [row.person_id]
    if how == "again":
        sent_again(place, row, name="Tijn Bos", phone="", email="")
    else:
        own = Actor(ActorKind.HELPED_PERSON, id=row.person_id)
        answers = make_answers(name="Tijn", phone="", email="")
        change_registration(row, answers, language="nl", by=own, at=EVENING)
    assert papers_of(job) == []
