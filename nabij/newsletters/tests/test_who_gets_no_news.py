"""Nobody gets the news who took it back: by another form, by a merge, or by the link in an old mail."""

from threading import Event
from time import sleep

import pytest

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, Actor, ActorKind, link_of
from nabij.audit.models import TrailEntry
from nabij.centres.factories import EVENING, make_news
from nabij.desk.queries.last_forms import last_forms
from nabij.kit.tests.at_once import together
from nabij.matching.actions.comparing import compare_all
from nabij.matching.actions.keying import fill_keys
from nabij.matching.actions.merging import merge_pair, undo_merge
from nabij.matching.models import PossibleDouble
from nabij.newsletters import actions, tasks
from nabij.newsletters.actions import mailing
from nabij.newsletters.factories import make_reader
from nabij.newsletters.models import NewsIssue, NewsMail
from nabij.newsletters.queries.news import failed_mails, issue_lines, subscribers, wants_news
from nabij.newsletters.tests.conftest import LATER
from nabij.newsletters.tests.mailing import SOON, mails_to, run_jobs
from nabij.notify.actions import attempt_delivery
from nabij.notify.models import Delivery, State
from nabij.people.actions.own import withdraw_registration
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission
from nabij.people.models import Registration, RegistrationState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


def _forms(centre, *moments):
    first = make_submission(centre.incident_id, wants_newsletter=True, email="bo@example.nl", sent_at=EVENING)
    again = make_submission(
        centre.incident_id, form_key=first.form_key, sent_at=EVENING, wants_newsletter=True, name="Bo"
    )
    return [
        store([sent], by=SYSTEM, at=at, machine_at=at)[0]
        for sent, at in zip((first, again), moments, strict=True)
    ]


def test_an_earlier_form_gets_no_news_when_a_later_one_was_taken_back(centre):
    _first, again = _forms(centre, EVENING, EVENING)
    Registration.objects.filter(pk=again.pk).update(state=RegistrationState.WITHDRAWN, withdrawn_at=LATER)
    assert not subscribers(centre.incident_id).exists()


def test_a_form_that_was_still_on_its_way_when_it_was_taken_back_gets_no_news(centre):
    first = make_submission(centre.incident_id, wants_newsletter=True, email="bo@example.nl", sent_at=EVENING)
    again = make_submission(
        centre.incident_id, form_key=first.form_key, sent_at=EVENING, wants_newsletter=True, name="Bo"
    )
    [row] = store([first], by=SYSTEM, at=EVENING, machine_at=EVENING)
    withdraw_registration(row, by=Actor(ActorKind.HELPED_PERSON, id=row.person_id), at=LATER)
    store([again], by=SYSTEM, at=SOON, machine_at=SOON)
    assert not subscribers(centre.incident_id).exists()
    anew = make_submission(
        centre.incident_id, form_key=first.form_key, sent_at=SOON, wants_newsletter=True, name="Bo Bos"
    )
    [row] = store([anew], by=SYSTEM, at=SOON, machine_at=SOON)
    assert [each.pk for each in subscribers(centre.incident_id)] == [row.pk], (
        "sent again afterwards: a new yes"
    )


def _merged(centre):
    """Two registrations of one person, who got a mail for each, become one."""
    kept, folded = (make_reader(centre.incident_id, name, phone="+31600000042") for name in ("bo", "bob"))
    make_news(centre, at=LATER)
    run_jobs()
    fill_keys(by=SYSTEM, at=LATER)
    compare_all(by=SYSTEM, at=LATER)
    registrar = make_actor(Role.IAC_REGISTRAR)
    merge = merge_pair(PossibleDouble.objects.get(), kept.pk, {}, by=registrar, at=LATER)
    return kept, folded, merge, registrar


def test_news_that_was_mailed_keeps_no_doubles_apart(centre):
    kept, folded, merge, registrar = _merged(centre)
    assert [each.pk for each in subscribers(centre.incident_id)] == [kept.pk]
    undo_merge(merge, by=registrar, at=SOON)
    assert {each.pk for each in subscribers(centre.incident_id)} == {kept.pk, folded.pk}


def test_who_stops_by_a_mail_from_before_the_merge_gets_no_news_any_more(centre):
    kept, folded, _merge, _registrar = _merged(centre)
    mail = NewsMail.objects.get(person=folded.person)
    assert wants_news(mail)
    assert actions.stop_news(mail, by=link_of(mail.pk), at=SOON) == 1
    assert not subscribers(centre.incident_id).exists()
    assert not wants_news(mail)
    make_news(centre, "Iedereen mag naar huis.", at=SOON)
    run_jobs()
    assert mails_to(kept).count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_takes_it_back_while_the_mail_is_being_written_does_not_get_it(centre, monkeypatch):
    row = make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    for entry in TrailEntry.objects.filter(verb__in=("centre.text_approved", "centre.text_public")):
        tasks.follow_message(entry.pk)
    written, writing = mailing.send_mails, Event()

    def slowly(*given, **named):
        writing.set()
        sleep(0.5)
        return written(*given, **named)

    monkeypatch.setattr(mailing, "send_mails", slowly)

    def leave():
        writing.wait(10)
        withdraw_registration(row, by=Actor(ActorKind.HELPED_PERSON, id=row.person_id), at=SOON)
        actions.follow_registration(row, by=SYSTEM, at=SOON)

    issue = NewsIssue.objects.get()
    assert together(lambda: actions.carry_out_news(issue, by=SYSTEM, at=SOON), leave) == []
    assert Delivery.objects.get(message__template="news_message").state == State.WITHDRAWN


def test_of_forms_of_one_moment_exactly_one_counts(centre):
    """Also when the correction was read in before what it corrects."""
    first, again = _forms(centre, EVENING, EVENING)
    sent = make_submission(
        centre.incident_id, form_key=first.form_key, sent_at=EVENING, wants_newsletter=True, name="Bob"
    )
    [once_more] = store([sent], by=SYSTEM, at=EVENING, machine_at=EVENING)
    rows = Registration.objects.filter(pk__in=[again.pk, once_more.pk])
    assert set(rows.values_list("corrects", "received_at", "drained_at")) == {(first.pk, EVENING, EVENING)}
    assert [each.pk for each in last_forms(centre.incident_id)] == [max(again.pk, once_more.pk)]
    Registration.objects.filter(pk=first.pk).update(drained_at=SOON)
    assert [each.pk for each in last_forms(centre.incident_id)] == [max(again.pk, once_more.pk)]
    make_news(centre, at=LATER)
    run_jobs()
    assert NewsMail.objects.count() == 1


def test_what_no_longer_goes_to_who_was_folded_away_is_no_failure(centre):
    """Only who they were folded under, with an address of today, is to be tried again."""
    kept, folded, merge, registrar = _merged(centre)
    attempt_delivery("email", at=SOON)
    codes = Delivery.objects.values_list("state", "error_code")
    assert list(codes) == [(State.FAILED, "erased")] * 2
    [line] = issue_lines(centre)
    assert (line.total, line.failed, line.dropped) == (2, 1, 1)
    assert failed_mails(line.issue).get().person == kept.person
    undo_merge(merge, by=registrar, at=SOON)
    assert issue_lines(centre)[0].failed == 2, "now both are somebody who did not get it"
    assert set(failed_mails(line.issue).values_list("person", flat=True)) == {
        kept.person_id,
        folded.person_id,
    }
