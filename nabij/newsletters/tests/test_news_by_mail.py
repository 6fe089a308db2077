"""News by e-mail: one version once to each who wants it, stopped in one step, told when it is withdrawn."""

from datetime import time, timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, link_of
from nabij.audit.models import TrailEntry
from nabij.centres.actions import (
    approve_version,
    end_embargoes,
    take_offline,
    withdraw_version,
    write_message,
)
from nabij.centres.factories import EVENING, make_news
from nabij.centres.models import CentreText, TextVersion
from nabij.incidents.refusals import Refused
from nabij.kit import clock
from nabij.matching.actions.merging import merge_pair
from nabij.matching.models import PossibleDouble
from nabij.newsletters import actions, content, tasks
from nabij.newsletters.factories import make_reader
from nabij.newsletters.models import IssueState, MailState, NewsIssue, NewsMail
from nabij.newsletters.queries.news import issue_lines, reach_of, subscribers
from nabij.newsletters.tests.conftest import LATER
from nabij.newsletters.tests.mailing import SOON, address_in, correct, mails_to, newest, run_jobs, text_of
from nabij.notify.actions import attempt_delivery
from nabij.notify.kept import keep_inside
from nabij.notify.models import ContactPoint, ContactRule, Delivery, Message, State
from nabij.people.actions.own import withdraw_registration
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission
from nabij.people.models import Registration, RegistrationState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


def test_who_asked_for_news_gets_the_published_words_once(centre, mailoutbox):
    wanting, not_wanting = (
        make_reader(centre.incident_id),
        make_reader(centre.incident_id, wants_newsletter=False),
    )
    make_news(centre, "Het vuur is uit.\n\nLees meer op [de kaart](/kaart/).", at=LATER)
    run_jobs()
    assert mails_to(not_wanting).count() == 0
    attempt_delivery("email", at=SOON)
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["bo@example.nl"], "Nieuws van Nabij")
    assert "Het vuur is uit.\n\nLees meer op de kaart (http" in mail.body
    assert f"{centre.path}\n" in mail.body
    assert "Bron: brandweer" in mail.body
    assert centre.name not in mail.subject
    [issue] = NewsIssue.objects.all()
    assert (issue.state, issue.mails.get().state) == (IssueState.READY, MailState.HANDED)
    assert issue.mails.get().person_id == wanting.person_id


def test_a_mail_program_ends_it_in_one_step_without_a_login(centre, mailoutbox, client):
    row = make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    run_jobs()
    attempt_delivery("email", at=SOON)
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way = address_in(headers["List-Unsubscribe"])
    assert way in mailoutbox[0].body
    asking = client.get(way)
    assert "Stuur mij geen nieuws meer" in asking.content.decode()
    assert centre.name not in asking.content.decode()
    assert Registration.objects.get(pk=row.pk).wants_newsletter, "looking changes nothing"
    strict = type(client)(enforce_csrf_checks=True)
    for _ in range(2):
        assert strict.post(way, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Registration.objects.get(pk=row.pk).wants_newsletter
    assert TrailEntry.objects.filter(verb="registration.news_stopped", subject_id=row.pk).count() == 1
    assert "geen nieuws meer per e-mail" in client.get(way).content.decode()
    make_news(centre, "Iedereen mag naar huis.", at=LATER)
    run_jobs()
    assert mails_to(row).count() == 1


def test_a_way_to_stop_cannot_be_guessed_and_is_kept_as_a_mark(centre, client):
    make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    run_jobs()
    mail = NewsMail.objects.get()
    for guess in (mail.stop_hash, str(mail.pk), "x"):
        wrong = client.post(reverse("newsletters:stop", args=[guess]))
        assert wrong.status_code == 404
        assert "Deze link werkt niet meer" in unescape(wrong.content.decode())
    assert Registration.objects.get().wants_newsletter
    for other in (ANONYMOUS, link_of(mail.issue_id), Actor(ActorKind.MEMBERSHIP, id=mail.pk)):
        with pytest.raises(PermissionDenied):
            actions.stop_news(mail, by=other, at=LATER)


def test_each_reads_it_in_their_own_language_and_dutch_when_nobody_wrote_it(centre):
    english, polish, dutch = (
        make_reader(centre.incident_id, each, language=each) for each in ("en", "pl", "nl")
    )
    make_news(centre, "Het vuur is uit.", "The fire is out.", at=LATER)
    run_jobs()
    assert "The fire is out." in text_of(mails_to(english).get())
    assert f"/en{centre.path}" in text_of(mails_to(english).get())
    for row in (polish, dutch):
        assert "Het vuur is uit." in text_of(mails_to(row).get())


def test_only_an_address_that_may_be_used_is_mailed(centre):
    silent = make_reader(centre.incident_id, "geen", email="")
    by_letter = make_reader(centre.incident_id, "brief")
    ContactRule.objects.create(subject_id=by_letter.person_id, ways=["letter"], set_at=EVENING)
    unsafe = make_reader(centre.incident_id, "onveilig")
    ContactPoint.objects.filter(subject_id=unsafe.person_id).update(is_safe=False)
    gone = make_reader(centre.incident_id, "weg")
    withdraw_registration(gone, by=Actor(ActorKind.HELPED_PERSON, id=gone.person_id), at=EVENING)
    held = make_reader(centre.incident_id, "robot")
    Registration.objects.filter(pk=held.pk).update(state=RegistrationState.SUSPECT)
    good = make_reader(centre.incident_id, "goed")
    assert [row.pk for row in subscribers(centre.incident_id)] == [good.pk]
    assert (reach_of(centre).reachable, reach_of(centre).unreachable) == (1, 3)
    make_news(centre, at=LATER)
    run_jobs()
    assert [each.person_id for each in NewsMail.objects.all()] == [good.person_id]
    assert not mails_to(silent).exists()


def test_of_a_form_that_was_sent_again_the_last_answers_count(centre):
    first = make_submission(centre.incident_id, wants_newsletter=True, email="bo@example.nl")
    again = make_submission(
        centre.incident_id, form_key=first.form_key, sent_at=EVENING, wants_newsletter=False, name="Bo"
    )
    for sent in (first, again):
        store([sent], by=SYSTEM, at=EVENING, machine_at=EVENING)
    assert Registration.objects.filter(state=RegistrationState.CORRECTION).count() == 1
    assert not subscribers(centre.incident_id).exists()


def test_hours_that_a_person_agreed_to_are_waited_for_and_what_was_withdrawn_by_then_never_leaves(
    centre, mailoutbox
):
    late, now = make_reader(centre.incident_id, "later"), make_reader(centre.incident_id, "nu")
    ContactRule.objects.create(
        subject_id=late.person_id, ways=["email"], from_time=time(9), until_time=time(10), set_at=EVENING
    )
    make_news(centre, at=LATER)
    done = run_jobs()
    attempt_delivery("email", at=SOON)
    assert [mail.to for mail in mailoutbox] == [["nu@example.nl"]]
    withdraw_version(newest(), reason="Klopt niet", by=make_actor(Role.IAC_EDITOR), at=LATER)
    run_jobs(done)
    attempt_delivery("email", at=LATER + timedelta(days=1))
    assert [(mail.to, "ingetrokken" in mail.body) for mail in mailoutbox] == [
        (["nu@example.nl"], False),
        (["nu@example.nl"], True),
    ]
    assert not mails_to(late, "news_withdrawn").exists()
    assert mails_to(now, "news_withdrawn").count() == 1
    assert issue_lines(centre)[-1].dropped == 1


def test_what_still_waits_for_somebody_who_stops_or_goes_does_not_leave(centre, client, mailoutbox):
    stops, leaves = make_reader(centre.incident_id, "stopt"), make_reader(centre.incident_id, "gaat")
    for row in (stops, leaves):
        ContactRule.objects.create(
            subject_id=row.person_id, ways=["email"], from_time=time(9), until_time=time(10), set_at=EVENING
        )
    make_news(centre, at=LATER)
    done = run_jobs()
    client.post(address_in(text_of(mails_to(stops).get())))
    withdraw_registration(leaves, by=Actor(ActorKind.HELPED_PERSON, id=leaves.person_id), at=LATER)
    run_jobs(done)
    attempt_delivery("email", at=LATER + timedelta(days=1))
    assert mailoutbox == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.WITHDRAWN}


def test_an_embargo_is_obeyed_and_the_closed_part_is_never_mailed(centre):
    row = make_reader(centre.incident_id)
    editor, chief = make_actor(Role.IAC_EDITOR), make_actor(Role.IAC_CHIEF)
    for options in ({"embargo_minutes": 30}, {"audience": "closed"}):
        write_message(
            centre, {"nl": "Er is een bijeenkomst.", "en": ""}, stated_at=LATER, source="gemeente", by=editor,
            at=LATER, **options,
        )  # fmt: skip
        approve_version(newest(), by=chief, at=LATER, over=_standing())
    done = run_jobs()
    assert not mails_to(row).exists()
    end_embargoes(by=SYSTEM, at=LATER + timedelta(minutes=29))
    done = run_jobs(done)
    assert not mails_to(row).exists()
    end_embargoes(by=SYSTEM, at=LATER + timedelta(minutes=30))
    run_jobs(done)
    assert mails_to(row).count() == 1


def _standing():
    live = TextVersion.objects.filter(text__is_message=True, approved_at__isnull=False)
    found = live.order_by("-approved_at").first()
    return found.pk if found else None


def test_a_correction_says_so_and_goes_to_everybody(centre):
    row = make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    done = run_jobs()
    correct(newest(), "Het vuur is bijna uit.")
    run_jobs(done)
    corrected = mails_to(row, "news_corrected").get()
    assert "Het vuur is bijna uit." in text_of(corrected)
    assert mails_to(row).count() == 1


def test_a_job_that_is_killed_goes_on_and_doubles_nobody(centre, monkeypatch):
    for number in range(5):
        make_reader(centre.incident_id, f"lezer{number}")
    make_news(centre, at=LATER)
    version = newest()
    issue = actions.begin_news(version, by=SYSTEM, at=LATER)
    monkeypatch.setattr("nabij.newsletters.actions.mailing.news_batch", lambda: 2)
    assert actions.carry_out_news(issue, by=SYSTEM, at=LATER) == 2
    with monkeypatch.context() as broken:
        broken.setattr("nabij.newsletters.actions.mailing.token_hash", _killed)
        with pytest.raises(KeyboardInterrupt):
            actions.carry_out_news(issue, by=SYSTEM, at=LATER)
    assert Message.objects.filter(template="news_message").count() == 2
    assert issue_lines(centre)[0].waiting == 5, "two on their way, three not begun"
    run_jobs()
    assert Message.objects.filter(template="news_message").count() == 5
    assert Message.objects.values("recipient_id").distinct().count() == 5
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsMail.objects.create(issue=issue, person_id=NewsMail.objects.first().person_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsIssue.objects.create(centre=centre, version=version, begun_at=LATER)


def _killed(token):
    raise KeyboardInterrupt


def test_halfway_withdrawn_the_rest_gets_nothing(centre, monkeypatch):
    for number in range(4):
        make_reader(centre.incident_id, f"lezer{number}")
    make_news(centre, at=LATER)
    issue = actions.begin_news(newest(), by=SYSTEM, at=LATER)
    monkeypatch.setattr("nabij.newsletters.actions.mailing.news_batch", lambda: 2)
    actions.carry_out_news(issue, by=SYSTEM, at=LATER)
    withdraw_version(newest(), reason="Klopt niet", by=make_actor(Role.IAC_EDITOR), at=LATER)
    run_jobs()
    assert Message.objects.filter(template="news_message").count() == 2
    assert not Message.objects.filter(template="news_withdrawn").exists(), "none had left the house"
    assert issue_lines(centre)[0].dropped == 4


def test_nothing_is_mailed_while_nobody_can_read_the_page(centre):
    row = make_reader(centre.incident_id)
    take_offline(centre, by=make_actor(Role.IAC_CHIEF), at=LATER)
    make_news(centre, at=LATER)
    run_jobs()
    assert not NewsIssue.objects.exists()
    assert not mails_to(row).exists()
    assert actions.begin_withdrawal(newest(), by=SYSTEM, at=LATER) is None
    write_message(
        centre, {"nl": "Nog niet.", "en": ""}, stated_at=LATER, source="gemeente",
        by=make_actor(Role.IAC_EDITOR), at=LATER,
    )  # fmt: skip
    assert actions.begin_news(newest(), by=SYSTEM, at=LATER) is None


def test_in_a_drill_it_is_written_and_not_sent(centre, mailoutbox):
    keep_inside(centre.incident_id)
    make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    run_jobs()
    attempt_delivery("email", at=SOON)
    assert mailoutbox == []
    assert Delivery.objects.get().state == State.KEPT


def test_what_failed_is_seen_as_a_number_and_tried_again(centre, log_in, mailoutbox):
    make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    run_jobs()
    Delivery.objects.update(state=State.FAILED, failed_at=LATER, error_code="smtp_550")
    desk = log_in(Role.IAC_EDITOR)
    page = reverse("newsletters:news", args=[centre.pk])
    html = unescape(desk.get(page).content.decode())
    assert "1 e-mail kwam niet aan. De bezorger weigerde het bericht." in html
    assert "bo@example.nl" not in html
    again = reverse("newsletters:news_again", args=[centre.pk, NewsIssue.objects.get().pk])
    assert "1 e-mail gaat opnieuw." in desk.post(again, follow=True).content.decode()
    assert "hx-get" in desk.get(page).content.decode(), "the page follows the work"
    assert "niets om opnieuw" in desk.post(again, follow=True).content.decode()
    run_jobs()
    attempt_delivery("email", at=clock.now() + timedelta(minutes=1))
    assert len(mailoutbox) == 1
    assert "1 van 1 verstuurd" in desk.get(page).content.decode()
    assert desk.post(again, follow=True).status_code == 200


def test_another_municipality_and_other_roles_see_nothing_of_it(centre, log_in):
    page = reverse("newsletters:news", args=[centre.pk])
    assert log_in(Role.DUTY_OFFICER).get(page).status_code == 404
    assert log_in(Role.IAC_REGISTRAR).get(page).status_code == 404


def test_only_nabij_itself_sends(centre):
    row, chief = make_reader(centre.incident_id), make_actor(Role.IAC_CHIEF)
    make_news(centre, at=LATER)
    version = newest()
    issue = actions.begin_news(version, by=SYSTEM, at=LATER)
    for wrong in (
        lambda: actions.begin_news(version, by=chief, at=LATER),
        lambda: actions.begin_withdrawal(version, by=chief, at=LATER),
        lambda: actions.carry_out_news(issue, by=chief, at=LATER),
        lambda: actions.follow_registration(row, by=chief, at=LATER),
        lambda: actions.try_news_again(issue, by=make_actor(Role.DUTY_OFFICER), at=LATER),
    ):
        with pytest.raises(PermissionDenied):
            wrong()
    with pytest.raises(Refused):
        actions.try_news_again(issue, by=chief, at=LATER)


def test_who_changes_something_else_keeps_what_is_on_its_way(centre):
    row = make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    run_jobs()
    actions.follow_registration(row, by=SYSTEM, at=LATER)
    assert Delivery.objects.get().state == State.QUEUED


def test_a_section_is_no_news(centre):
    make_reader(centre.incident_id)
    text = CentreText.objects.get(centre=centre, section="now", language="nl")
    correct(text.versions.latest("number"), "Bent u in gevaar? Bel 112.")
    withdraw_version(
        text.versions.latest("number"), reason="Klopt niet", by=make_actor(Role.IAC_EDITOR), at=LATER
    )
    run_jobs()
    tasks.follow_registration(TrailEntry.objects.latest("pk").pk)
    assert not NewsIssue.objects.exists()


def test_when_the_page_goes_away_halfway_the_rest_waits_for_nothing(centre):
    make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    issue = actions.begin_news(newest(), by=SYSTEM, at=LATER)
    take_offline(centre, by=make_actor(Role.IAC_CHIEF), at=LATER)
    assert actions.carry_out_news(issue, by=SYSTEM, at=LATER) == 0
    assert NewsMail.objects.get().state == MailState.DROPPED


def test_the_queries_of_a_batch_do_not_grow_with_its_people(centre, django_assert_max_num_queries):
    counted = []
    for number in (1, 20):
        for each in range(number):
            make_reader(centre.incident_id, f"lezer{number}-{each}")
        make_news(centre, f"Bericht {number}.", at=LATER + timedelta(seconds=number))
        issue = actions.begin_news(newest(), by=SYSTEM, at=LATER)
        with django_assert_max_num_queries(60) as queries:
            actions.carry_out_news(issue, by=SYSTEM, at=LATER)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert content.news_batch() >= 20


def test_readers_of_the_page_never_wait_for_mails(centre):
    make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    release = ProcrastinateJob.objects.filter(task_name="nabij.publish.tasks.release_pages").latest("pk")
    following = ProcrastinateJob.objects.filter(task_name="nabij.newsletters.tasks.follow_message").latest(
        "pk"
    )
    assert release.priority > following.priority


def test_who_stops_by_an_older_mail_stops_as_who_they_were_merged_with(centre, client):
    kept, folded = make_reader(centre.incident_id, "blijft"), make_reader(centre.incident_id, "weg")
    make_news(centre, "Het vuur is uit.", at=LATER)
    run_jobs()
    first, second = sorted((kept, folded), key=lambda row: row.pk)
    pair = PossibleDouble.objects.create(
        incident=centre.incident, first=first, second=second, score=9, found_at=LATER
    )
    merge_pair(pair, kept.pk, {}, by=make_actor(Role.IAC_REGISTRAR), at=LATER)
    page = client.get(address_in(text_of(mails_to(folded).get())))
    assert page.context["state"] == "ask"
    client.post(address_in(text_of(mails_to(folded).get())))
    assert not subscribers(centre.incident_id).exists()
