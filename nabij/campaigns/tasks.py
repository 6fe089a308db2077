"""Jobs: each morning, ending waves that stayed quiet."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.campaigns.actions import close_quiet_waves
from nabij.kit import clock


@jobs.periodic(cron="20 5 * * *")
@jobs.task(queueing_lock="close-quiet-waves")
def close_waves(timestamp: int) -> None:
    """A missed night does no harm: a wave that is quiet is still quiet the next one."""
    close_old_connections()
    close_quiet_waves(by=SYSTEM, at=clock.now())
