"""A job: who was erased leaves the groups too."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.closed_rooms.actions.leaving import take_erased_along
from nabij.kit import clock

ERASED = "nabij.closed_rooms.tasks.take_erased_along"


@jobs.task(name=ERASED, retry=RetryStrategy(max_attempts=20, wait=2))
def follow_erasure(entry_id: int) -> None:
    """Somebody was erased: what they wrote in the groups goes along; twice is once."""
    close_old_connections()
    take_erased_along(by=SYSTEM, at=clock.now())
