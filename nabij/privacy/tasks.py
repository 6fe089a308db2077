"""Each night: what is past its term goes."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.privacy.actions import remove_expired


@jobs.periodic(cron="40 3 * * *")
@jobs.task(name="nabij.privacy.tasks.remove", queueing_lock="remove_expired")
def remove(timestamp: int) -> None:
    """A missed night is made good by the next one; a second run finds nothing."""
    close_old_connections()
    remove_expired(by=SYSTEM, at=clock.now())
