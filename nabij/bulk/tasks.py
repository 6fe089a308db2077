"""Work for many is carried out, batch after batch; a killed one goes on where it was."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.bulk import actions
from nabij.bulk.queries import bulk_of_entry
from nabij.desk.queries.needs import registration_of_entry
from nabij.kit import clock

_AGAIN = RetryStrategy(max_attempts=20, wait=2)


@jobs.task(name="nabij.bulk.tasks.carry_out_bulk", retry=_AGAIN)
def carry_out_bulk(entry_id: int) -> None:
    """Work for many was asked: taken up again after a kill, nobody gets anything twice."""
    close_old_connections()
    job = bulk_of_entry(entry_id)
    while job is not None and actions.carry_out(job, by=SYSTEM, at=clock.now()):
        pass


@jobs.task(name="nabij.bulk.tasks.follow_registration", retry=_AGAIN)
def follow_registration(entry_id: int) -> None:
    """Somebody took their registration back or changed it: what may go to them no longer stays here."""
    close_old_connections()
    registration = registration_of_entry(entry_id)
    if registration is not None:
        actions.call_back(registration, by=SYSTEM, at=clock.now())
