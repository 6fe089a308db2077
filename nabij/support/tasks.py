"""Jobs: wishes for contact become cases, and long silence is noticed."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.cases.actions import pull_wishes
from nabij.kit import clock
from nabij.support.actions import note_quiet_cases


@jobs.periodic(cron="* * * * *")
@jobs.task(name="nabij.support.tasks.take_wishes", queueing_lock="take_wishes")
def take_wishes(timestamp: int) -> None:
    """Each minute: a wish with a yes to victim support becomes a case."""
    close_old_connections()
    pull_wishes(by=SYSTEM, at=clock.now())


@jobs.periodic(cron="20 7 * * *")
@jobs.task(name="nabij.support.tasks.notice_silence", queueing_lock="notice_silence")
def notice_silence(timestamp: int) -> None:
    """Each morning: a quiet alarm where there was no contact for weeks."""
    close_old_connections()
    note_quiet_cases(by=SYSTEM, at=clock.now())
