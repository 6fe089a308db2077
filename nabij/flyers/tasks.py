"""The job that makes letters."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.flyers import actions
from nabij.flyers.queries import job_of_entry
from nabij.kit import clock


@jobs.task
def make_letters(entry_id: int) -> None:
    """Letters were asked for: make them; taken up again after a kill, it does the same."""
    close_old_connections()
    job = job_of_entry(entry_id)
    if job is not None:
        actions.make_letters(job, by=SYSTEM, at=clock.now())
