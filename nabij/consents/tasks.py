"""Each hour: what rested on a yes that is over, ends."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.consents.actions import expire_consents
from nabij.kit import clock


@jobs.periodic(cron="2 * * * *")
@jobs.task(name="nabij.consents.tasks.expire", queueing_lock="expire_consents")
def expire(timestamp: int) -> None:
    """End shares whose consent expired."""
    close_old_connections()
    expire_consents(by=SYSTEM, at=clock.now())
