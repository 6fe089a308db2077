"""A new event gets its fixed contacts; each hour late questions remind the team leader."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.advice import actions
from nabij.advice.queries.contacts import incident_of_entry
from nabij.audit.actor import SYSTEM
from nabij.kit import clock

_AGAIN = RetryStrategy(max_attempts=20, wait=2)


@jobs.task(name="nabij.advice.tasks.keep_contacts", retry=_AGAIN)
def keep_contacts(entry_id: int) -> None:
    """An event was reported: it begins with the contacts of the last one at this place or of its district."""
    close_old_connections()
    incident = incident_of_entry(entry_id)
    if incident is not None:
        actions.keep_contacts(incident, by=SYSTEM, at=clock.now())


@jobs.periodic(cron="10 * * * *")
@jobs.task(queueing_lock="remind-late-advice")
def remind_late(timestamp: int) -> None:
    """A question past its due moment; a missed hour is made good by the next one."""
    close_old_connections()
    actions.remind_late(by=SYSTEM, at=clock.now())
