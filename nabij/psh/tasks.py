"""Each hour: whether who was confirmed may still do it."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.psh import actions


@jobs.periodic(cron="5 * * * *")
@jobs.task(queueing_lock="check-confirmed")
def check_confirmed(timestamp: int) -> None:
    """A certificate that ended since somebody was confirmed drops them."""
    close_old_connections()
    actions.check_confirmed(by=SYSTEM, at=clock.now())
