"""Jobs: cases follow their event."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.audit.queries import entry_of
from nabij.cases import actions
from nabij.kit import clock


@jobs.task(name="nabij.cases.tasks.follow_facts", retry=RetryStrategy(max_attempts=20, wait=2))
def follow_facts(entry_id: int) -> None:
    """What is known of an event changed: when that is its kind, its cases follow."""
    close_old_connections()
    entry = entry_of(entry_id)
    if entry is not None and entry.facts.get("topic"):
        actions.follow_event(entry.subject_id, by=SYSTEM, at=clock.now())
