"""Each minute: nobody in danger is forgotten. Each hour: notices, ends, and who said nothing."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.peers import actions


@jobs.periodic(cron="* * * * *")
@jobs.task(queueing_lock="groups-call-again")
def call_again(timestamp: int) -> None:
    """A post with danger for which no call could be started is called for again."""
    close_old_connections()
    actions.call_again(by=SYSTEM, at=clock.now())


@jobs.periodic(cron="20 * * * *")
@jobs.task(queueing_lock="groups-each-hour")
def each_hour(timestamp: int) -> None:
    """Tell news and ends, erase what ended, and ask the next one to meet somebody."""
    close_old_connections()
    at = clock.now()
    actions.tell_news(by=SYSTEM, at=at)
    actions.tell_ends(by=SYSTEM, at=at)
    actions.tell_going_on(by=SYSTEM, at=at)
    actions.end_spaces(by=SYSTEM, at=at)
    actions.pass_silent_invitations(by=SYSTEM, at=at)
