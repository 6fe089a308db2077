"""Jobs: counts of the web processes are taken over, and each morning quiet centres are told."""

from datetime import UTC, datetime

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.visits import actions


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(queueing_lock="visits")
def take_over(timestamp: int) -> None:
    """Every ten minutes; what one time misses, the next takes over."""
    close_old_connections()
    actions.take_over_counts(by=SYSTEM, at=clock.now(), machine_at=datetime.now(UTC))


@jobs.periodic(cron="0 7 * * *")
@jobs.task(queueing_lock="closing-hints")
def hint(timestamp: int) -> None:
    """Each morning; a day that is missed is made good by the next."""
    close_old_connections()
    actions.hint_at_closing(by=SYSTEM, at=clock.now())
