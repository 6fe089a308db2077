"""Exports follow the consents; each day receivers who did not confirm a deletion are asked again."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.disclosures import actions
from nabij.disclosures.queries import incident_of_consent, incidents_of_erased
from nabij.kit import clock

_AGAIN = RetryStrategy(max_attempts=20, wait=2)


@jobs.task(name="nabij.disclosures.tasks.follow_consent", retry=_AGAIN)
def follow_consent(entry_id: int) -> None:
    """A consent may have changed: exports that hold are made again."""
    close_old_connections()
    incident = incident_of_consent(entry_id)
    if incident is not None:
        actions.follow_consent(incident, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.disclosures.tasks.follow_erasure", retry=_AGAIN)
def follow_erasure(entry_id: int) -> None:
    """Somebody was erased: no file that holds has their line, and who collected it deletes it."""
    close_old_connections()
    for incident in incidents_of_erased():
        actions.follow_consent(incident, by=SYSTEM, at=clock.now())


@jobs.periodic(cron="40 7 * * *")
@jobs.task(queueing_lock="disclosures-remind")
def remind(timestamp: int) -> None:
    """Who must still delete lines; a missed day is made good by the next one."""
    close_old_connections()
    actions.remind(by=SYSTEM, at=clock.now())
