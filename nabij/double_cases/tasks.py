"""Jobs: a contact rule that was agreed counts in both cases of one person."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.double_cases import actions
from nabij.double_cases.queries import whose_rule
from nabij.kit import clock

FOLLOW = "nabij.double_cases.tasks.follow_rule"


@jobs.task(name=FOLLOW, retry=RetryStrategy(max_attempts=20, wait=2))
def follow_rule(entry_id: int) -> None:
    """Somebody agreed a contact rule; done again it changes nothing."""
    close_old_connections()
    person_id = whose_rule(entry_id)
    if person_id is not None:
        actions.follow_rule(person_id, by=SYSTEM, at=clock.now())
