"""Each hour: who must be called."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.care import actions
from nabij.kit import clock


@jobs.periodic(cron="35 7-21 * * *")
@jobs.task(queueing_lock="tell-callers")
def tell_callers(timestamp: int) -> None:
    """By day only: a reminder to call a colleague wakes nobody."""
    close_old_connections()
    actions.tell_callers(by=SYSTEM, at=clock.now())
