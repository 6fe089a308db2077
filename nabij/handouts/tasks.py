"""The job that proves a step once its letters were made."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.handouts import actions
from nabij.handouts.queries import handout_of_letters
from nabij.kit import clock


@jobs.task
def follow_letters(entry_id: int) -> None:
    """Letters were made: when a step handed them out, it is done."""
    close_old_connections()
    handout = handout_of_letters(entry_id)
    if handout is not None:
        actions.follow_letters(handout, by=SYSTEM, at=clock.now())
