"""The job that makes public what the closed part read first."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.centres.actions import end_embargoes
from nabij.kit import clock


@jobs.periodic(cron="* * * * * */5")
@jobs.task(queueing_lock="end-embargoes")
def release_after_embargo(timestamp: int) -> None:
    """Every few seconds; a missed time or a kill is made good by the next one, and nothing goes out early."""
    close_old_connections()
    end_embargoes(by=SYSTEM, at=clock.now())
