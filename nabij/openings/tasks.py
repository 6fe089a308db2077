"""A job: a commission was given, and its list of two hours is made."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.openings.actions import start_opening
from nabij.openings.queries.starting import centre_of_entry

START = "nabij.openings.tasks.start_list"


@jobs.task(name=START, retry=RetryStrategy(max_attempts=20, wait=2))
def start_list(entry_id: int) -> None:
    """A commission was given: the list stands ready; twice is once."""
    close_old_connections()
    centre = centre_of_entry(entry_id)
    if centre is not None:
        start_opening(centre, by=SYSTEM, at=clock.now())
