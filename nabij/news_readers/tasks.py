"""Jobs: the link is mailed to who asked, slowly to a flood; addresses go when the term or the centre ends."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.news_readers import actions
from nabij.news_readers.queries import centre_of_entry

_AGAIN = RetryStrategy(max_attempts=20, wait=2)
AFTER_THE_PAGES = -10  # what readers of the page get never waits for mails


@jobs.task(name="nabij.news_readers.tasks.mail_links", retry=_AGAIN, priority=AFTER_THE_PAGES)
def mail_links(entry_id: int = 0) -> None:
    """A batch, and then itself once more; two at once take different people."""
    close_old_connections()
    if actions.mail_links(by=SYSTEM, at=clock.now()):
        mail_links.defer()


@jobs.task(name="nabij.news_readers.tasks.end_readers", retry=_AGAIN)
def end_readers(entry_id: int) -> None:
    """A centre was archived: its readers' addresses go."""
    close_old_connections()
    centre_id = centre_of_entry(entry_id)
    if centre_id is not None:
        actions.end_readers(centre_id, by=SYSTEM, at=clock.now())


@jobs.periodic(cron="* * * * *")
@jobs.task(queueing_lock="news-readers", priority=AFTER_THE_PAGES)
def each_minute(timestamp: int) -> None:
    """The next of a flood are mailed, and who did not confirm in time is forgotten."""
    close_old_connections()
    actions.mail_links(by=SYSTEM, at=clock.now(), is_flooded=True)
    actions.forget_unconfirmed(by=SYSTEM, at=clock.now())
