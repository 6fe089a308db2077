"""Needs follow registrations; each five minutes what is late reaches the lead."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.desk import actions
from nabij.desk.queries.merged import touched_by_merge
from nabij.desk.queries.needs import registration_of_entry, registrations_of_entry
from nabij.kit import clock

_AGAIN = RetryStrategy(max_attempts=20, wait=2)


@jobs.task(name="nabij.desk.tasks.make_needs", retry=_AGAIN)
def make_needs(entry_id: int) -> None:
    """Registrations came in or were placed: what they need goes to the desk."""
    close_old_connections()
    incident, registrations = registrations_of_entry(entry_id)
    if incident is not None:
        actions.make_needs(incident, registrations, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.desk.tasks.follow_change", retry=_AGAIN)
def follow_change(entry_id: int) -> None:
    """Somebody changed their own registration."""
    close_old_connections()
    registration = registration_of_entry(entry_id)
    if registration is not None:
        actions.follow_change(registration, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.desk.tasks.follow_withdrawal", retry=_AGAIN)
def follow_withdrawal(entry_id: int) -> None:
    """Somebody withdrew their registration."""
    close_old_connections()
    registration = registration_of_entry(entry_id)
    if registration is not None:
        actions.follow_withdrawal(registration, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.desk.tasks.follow_merge", retry=_AGAIN)
def follow_merge(entry_id: int) -> None:
    """Two registrations became one, or two again: what they need lies with who stays."""
    close_old_connections()
    for registration in touched_by_merge(entry_id):
        actions.follow_withdrawal(registration, by=SYSTEM, at=clock.now())
        actions.follow_change(registration, by=SYSTEM, at=clock.now())


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(queueing_lock="desk-late")
def tell_late(timestamp: int) -> None:
    """What is past its moment; a missed run is made good by the next one."""
    close_old_connections()
    actions.tell_late(by=SYSTEM, at=clock.now())
