"""Jobs: cases follow their event, and how their person is reached."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.audit.queries import entry_of
from nabij.cases import actions
from nabij.cases.queries.searching import person_of_registration
from nabij.kit import clock

AGAIN = RetryStrategy(max_attempts=20, wait=2)


@jobs.task(name="nabij.cases.tasks.follow_facts", retry=AGAIN)
def follow_facts(entry_id: int) -> None:
    """What is known of an event changed: when that is its kind, its cases follow."""
    close_old_connections()
    entry = entry_of(entry_id)
    if entry is not None and entry.facts.get("topic"):
        actions.follow_event(entry.subject_id, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.cases.tasks.follow_registration", retry=AGAIN)
def follow_registration(entry_id: int) -> None:
    """Somebody changed the own registration: their cases are found by the new phone and e-mail."""
    close_old_connections()
    person_id = person_of_registration(entry_id)
    if person_id is not None:
        actions.renew_keys(person_id, [], by=SYSTEM, at=clock.now())
