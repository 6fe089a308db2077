"""News by e-mail: begun when a message is public, carried out person by person, corrected, tried again."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre
from nabij.centres.links import fresh_token, token_hash
from nabij.centres.models import AdviceCentre, Language, TextVersion
from nabij.centres.pages import address
from nabij.centres.queries import text_states
from nabij.centres.queries.shown import shown_languages
from nabij.incidents.refusals import Refused
from nabij.kit.notation import amsterdam_moment
from nabij.news_readers.actions import stop_reader
from nabij.news_readers.queries import with_address_of
from nabij.newsletters.content import news_batch
from nabij.newsletters.models import IssueKind, IssueState, MailState, NewsIssue, NewsMail
from nabij.newsletters.policies import can_send_news, can_stop_news, can_try_again
from nabij.newsletters.queries.news import (
    failed_mails,
    forms_of_reader,
    is_current,
    latest_news,
    readers_of,
    receivers_of,
    still_wanting,
    subscribers,
    wanting,
)
from nabij.notify.actions import withdraw as withdraw_messages
from nabij.notify.models import State
from nabij.notify.sending import Letter, Rule, send_mails
from nabij.people.models import Registration
from nabij.wording.markup import to_text


@transaction.atomic
def begin_news(version: TextVersion, *, by: Actor, at: datetime) -> NewsIssue | None:
    """Mail this version to who wants the news, once; None while nobody can read it on the page."""
    if not can_send_news(by):
        raise PermissionDenied("Nieuws per e-mail verstuurt alleen Nabij zelf.")
    if version.told_at is None or version.withdrawn_at is not None:
        return None
    return _begin(version, IssueKind.NEWS, by=by, at=at)


@transaction.atomic
def begin_latest_news(centre: AdviceCentre, *, by: Actor, at: datetime) -> list[NewsIssue]:
    """At going live, who asked before gets the latest message that still stands, once, in their language.

    What was published before nobody could read it is on the page; a mailbox gets no old news. After a time
    offline nothing is mailed again: each version is mailed once.
    """
    begun = [begin_news(version, by=by, at=at) for version in latest_news(centre)]
    return [issue for issue in begun if issue is not None]


@transaction.atomic
def begin_withdrawal(version: TextVersion, *, by: Actor, at: datetime) -> NewsIssue | None:
    """Tell who got this message by mail that it was withdrawn, once; None when nobody got it."""
    if not can_send_news(by):
        raise PermissionDenied("Nieuws per e-mail verstuurt alleen Nabij zelf.")
    _call_back(NewsMail.objects.filter(issue__version__text=version.text_id), at)
    if version.withdrawn_at is None or not receivers_of(version):
        return None
    return _begin(version, IssueKind.WITHDRAWAL, by=by, at=at)


def _call_back(mails: QuerySet[NewsMail], at: datetime) -> None:
    """What has not left the house yet, waiting for the hours that a person agreed to, stays here."""
    waiting = mails.filter(state=MailState.HANDED, message__deliveries__state=State.QUEUED)
    messages = list(waiting.values_list("message_id", flat=True))
    withdraw_messages(messages, at=at)
    mails.filter(message__in=messages).update(state=MailState.DROPPED)


def _begin(version: TextVersion, kind: IssueKind, *, by: Actor, at: datetime) -> NewsIssue | None:
    centre = locked_centre(version.text.centre_id)
    if not centre.is_live or _is_after_the_end(version, centre, kind):
        return None
    issue, is_new = NewsIssue.objects.get_or_create(
        version=version, kind=kind, defaults={"centre": centre, "begun_at": at}
    )
    if is_new:
        _call_back(NewsMail.objects.filter(issue__version__text=version.text_id), at)
        found = readers_of(version) if kind == IssueKind.NEWS else receivers_of(version)
        mails = [NewsMail(issue=issue, person_id=each) for each in found.persons]
        mails += [NewsMail(issue=issue, reader_id=each) for each in found.readers]
        NewsMail.objects.bulk_create(mails, batch_size=1000)
        _tell("news.begun", issue, len(found), by=by, at=at)
    return issue


def _is_after_the_end(version: TextVersion, centre: AdviceCentre, kind: IssueKind) -> bool:
    """What was public before a centre was archived still goes out, and nothing that became so afterwards.

    That a mailed message was wrong is told however late.
    """
    ended_at, told_at = centre.archived_at, version.told_at
    return kind == IssueKind.NEWS and ended_at is not None and told_at is not None and told_at > ended_at


@transaction.atomic
def carry_out_news(issue: NewsIssue, *, by: Actor, at: datetime) -> int:
    """The next people, each asked again whether they want it, in one transaction; 0 when it is ready.

    After a kill it goes on where it was: nobody gets anything twice.
    """
    if not can_send_news(by):
        raise PermissionDenied("Nieuws per e-mail verstuurt alleen Nabij zelf.")
    rows = NewsIssue.objects.select_for_update(of=("self",))
    held = rows.select_related("centre__incident", "version__text").get(pk=issue.pk)
    if not is_current(held):
        held.mails.filter(state=MailState.WAITING).update(state=MailState.DROPPED)
    mails = list(held.mails.filter(state=MailState.WAITING).order_by("pk")[: news_batch()])
    wanted = still_wanting(mails, held.centre)
    for mail in mails:
        mail.state = MailState.HANDED if mail.recipient_id in wanted else MailState.DROPPED
    _hand_over(held, [mail for mail in mails if mail.state == MailState.HANDED], at)
    NewsMail.objects.bulk_update(mails, ["state", "message", "stop_hash"])
    if not mails and held.state == IssueState.BUSY:
        held.state, held.ended_at = IssueState.READY, at
        held.save(update_fields=["state", "ended_at"])
        _tell("news.sent", held, held.mails.filter(state=MailState.HANDED).count(), by=by, at=at)
    return len(mails)


def _hand_over(issue: NewsIssue, mails: list[NewsMail], at: datetime) -> None:
    """Give these mails to their deliveries, each with its own way to stop."""
    if not mails:
        return
    tokens = {mail.recipient_id: fresh_token() for mail in mails}
    tongue = issue.version.text.language
    values = _values(issue)
    letters = [
        Letter(recipient, tongue, {**values, "stop": _stop_url(token)}, _stop_url(token))
        for recipient, token in tokens.items()
    ]
    incident = issue.centre.incident
    sent = send_mails(
        _template_of(issue), letters, rule=Rule.SAFE_CONTACT, exercise=incident.is_exercise, at=at,
        about_id=incident.pk,
    )  # fmt: skip
    for mail in mails:
        whose = mail.recipient_id
        mail.message, mail.stop_hash = sent[whose], token_hash(tokens[whose])


def _template_of(issue: NewsIssue) -> str:
    if issue.kind == IssueKind.WITHDRAWAL:
        return "news_withdrawn"
    earlier = TextVersion.objects.filter(
        text=issue.version.text_id, number__lt=issue.version.number, told_at__isnull=False
    )
    return "news_corrected" if earlier.exists() else "news_message"


def _values(issue: NewsIssue) -> dict[str, str]:
    """What everybody reads alike: the published words, their moment and source, and the page."""
    text, centre, base = issue.version.text, issue.centre, settings.ENV.base_url
    page = text.language if text.language in shown_languages(text_states(centre)) else Language.DUTCH.value
    with translation.override(text.language):
        stated = amsterdam_moment(text.stated_at) if text.stated_at else ""
    return {
        "name": centre.name,
        "stated": stated,
        "source": text.source,
        "text": to_text(issue.version.body, base),
        "link": f"{base}{address(centre, page)}",
    }


def _stop_url(token: str) -> str:
    return f"{settings.ENV.base_url}{reverse('newsletters:stop', args=[token])}"


@transaction.atomic
def try_news_again(issue: NewsIssue, *, by: Actor, at: datetime) -> int:
    """Mail once more to whom it did not arrive; how many that are."""
    held = (
        NewsIssue.objects.select_for_update(of=("self",)).select_related("centre__incident").get(pk=issue.pk)
    )
    if not can_try_again(by, held.centre, at):
        raise PermissionDenied(_("Deze mails kunt u niet opnieuw versturen."))
    failed = list(failed_mails(held).values_list("pk", flat=True))
    if held.state == IssueState.BUSY or not failed:
        raise Refused(_("Er is niets om opnieuw te proberen."))
    NewsMail.objects.filter(pk__in=failed).update(state=MailState.WAITING, message=None)
    held.state, held.ended_at = IssueState.BUSY, None
    held.save(update_fields=["state", "ended_at"])
    _tell("news.begun", held, len(failed), by=by, at=at)
    return len(failed)


@transaction.atomic
def stop_news(mail: NewsMail, *, by: Actor, at: datetime) -> int:
    """End the news for the reader of this mail, stated in all their forms; twice is once.

    Gone too for the same address that asked without registering.
    """
    if not can_stop_news(by, mail):
        raise PermissionDenied("Alleen wie deze mail kreeg, meldt zich ermee af.")
    if mail.reader is not None:
        stop_reader(mail.reader, by=by, at=at)
        return 1
    for reader in with_address_of(mail.issue.centre, mail.recipient_id):
        stop_reader(reader, by=by, at=at)
    forms = list(forms_of_reader(mail).order_by("pk").select_for_update(of=("self",)))
    ids = [row.pk for row in forms]
    rows = list(wanting(mail.issue.centre.incident_id).filter(pk__in=ids))
    Registration.objects.filter(pk__in=ids).update(wants_newsletter=False)
    persons = {row.person_id for row in forms}
    _call_back(NewsMail.objects.filter(person__in=persons, issue__centre=mail.issue.centre_id), at)
    for row in rows:
        trail.record("registration.news_stopped", by=by, at=at, subject=row, thread_id=row.incident_id)
    return len(rows)


@transaction.atomic
def follow_registration(registration: Registration, *, by: Actor, at: datetime) -> None:
    """Whoever took the registration back or wants no news any more gets nothing that still waits here."""
    if not can_send_news(by):
        raise PermissionDenied("Nieuws per e-mail verstuurt alleen Nabij zelf.")
    whose = registration.person_id
    if registration.incident_id and not subscribers(registration.incident_id).filter(person=whose).exists():
        _call_back(
            NewsMail.objects.filter(person=whose, issue__centre__incident=registration.incident_id), at
        )


def _tell(verb: str, issue: NewsIssue, number: int, *, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"count": number, "kind": issue.kind}
    trail.record(verb, by=by, at=at, subject=issue, thread_id=issue.centre.incident_id, facts=facts)
