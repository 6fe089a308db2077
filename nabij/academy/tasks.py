"""Jobs: each morning, telling who must renew a certificate."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.academy.actions import remind_of_endings
from nabij.audit.actor import SYSTEM
from nabij.kit import clock


@jobs.periodic(cron="15 * * * *")
@jobs.task(queueing_lock="remind-of-endings")
def remind_holders(timestamp: int) -> None:
    """Every hour; who was told already is not told again, so a missed hour or a second run does no harm."""
    close_old_connections()
    remind_of_endings(by=SYSTEM, at=clock.now())
