"""Jobs: sealed wishes become persons, and keys that no phone needs are destroyed."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.doors import actions
from nabij.doors.queries import wish_of_entry
from nabij.kit import clock


@jobs.task(name="nabij.doors.tasks.open_wish", retry=RetryStrategy(max_attempts=20, wait=2))
def open_wish(entry_id: int) -> None:
    """A sealed wish came in: it becomes a person with a wish, and the card is emptied."""
    close_old_connections()
    wish = wish_of_entry(entry_id)
    if wish is not None:
        actions.open_wish(wish, by=SYSTEM, at=clock.now())


@jobs.periodic(cron="20 4 * * *")
@jobs.task(queueing_lock="forget-keys-of-rounds")
def forget_keys(timestamp: int) -> None:
    """Rounds that are long over lose their key."""
    close_old_connections()
    actions.forget_keys(by=SYSTEM, at=clock.now())
