"""Jobs: a message became public or was withdrawn, and who wants the news gets it by e-mail."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.desk.queries.needs import registration_of_entry
from nabij.kit import clock
from nabij.newsletters import actions
from nabij.newsletters.queries.news import centre_of_entry, issue_of_entry, version_of_entry

AFTER_THE_PAGES = -10  # what readers of the page get never waits for mails
_AGAIN = RetryStrategy(max_attempts=20, wait=2)


@jobs.task(name="nabij.newsletters.tasks.follow_message", retry=_AGAIN, priority=AFTER_THE_PAGES)
def follow_message(entry_id: int) -> None:
    """A text was approved or its embargo ended: when it is news that everybody may read, it is mailed."""
    close_old_connections()
    version = version_of_entry(entry_id)
    if version is not None:
        actions.begin_news(version, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.newsletters.tasks.follow_going_live", retry=_AGAIN, priority=AFTER_THE_PAGES)
def follow_going_live(entry_id: int) -> None:
    """A centre went live: who asked for news before gets the message that stands on its page."""
    close_old_connections()
    centre = centre_of_entry(entry_id)
    if centre is not None:
        actions.begin_latest_news(centre, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.newsletters.tasks.follow_withdrawal", retry=_AGAIN, priority=AFTER_THE_PAGES)
def follow_withdrawal(entry_id: int) -> None:
    """A text was withdrawn: whoever got it by mail hears that."""
    close_old_connections()
    version = version_of_entry(entry_id)
    if version is not None:
        actions.begin_withdrawal(version, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.newsletters.tasks.follow_registration", retry=_AGAIN, priority=AFTER_THE_PAGES)
def follow_registration(entry_id: int) -> None:
    """Somebody took their registration back or changed it: what still waits for them stays here."""
    close_old_connections()
    registration = registration_of_entry(entry_id)
    if registration is not None:
        actions.follow_registration(registration, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.newsletters.tasks.send_news", retry=_AGAIN, priority=AFTER_THE_PAGES)
def send_news(entry_id: int) -> None:
    """One batch, and then itself once more, so that other work gets its turn; after a kill it is taken up."""
    close_old_connections()
    issue = issue_of_entry(entry_id)
    if issue is not None and actions.carry_out_news(issue, by=SYSTEM, at=clock.now()):
        send_news.defer(entry_id=entry_id)
