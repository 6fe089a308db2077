"""Jobs: an event was reported or changed, and what is late."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.aftercare.actions.chasing import tell_late
from nabij.aftercare.actions.proving import follow_trail
from nabij.aftercare.actions.starting import follow_incident as follow
from nabij.aftercare.queries.runs import entry_of, incident_of_entry
from nabij.audit.actor import SYSTEM
from nabij.kit import clock


@jobs.task(name="nabij.aftercare.tasks.follow_incident", retry=RetryStrategy(max_attempts=20, wait=2))
def follow_incident(entry_id: int) -> None:
    """An event was reported, changed or linked: its aftercare starts or is counted again."""
    close_old_connections()
    follow(incident_of_entry(entry_id), by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.aftercare.tasks.follow_proof", retry=RetryStrategy(max_attempts=20, wait=2))
def follow_proof(entry_id: int) -> None:
    """Something happened elsewhere that proves a step, such as a reception that opened; twice is once."""
    close_old_connections()
    entry = entry_of(entry_id)
    follow_trail(entry, by=SYSTEM, at=entry.at)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="nabij.aftercare.tasks.chase", queueing_lock="chase_aftercare")
def chase(timestamp: int) -> None:
    """Each minute: whose step became late hears it, and later the coordinators."""
    close_old_connections()
    tell_late(by=SYSTEM, at=clock.now())
