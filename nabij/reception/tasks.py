"""Jobs of the reception: who may read cards follows who is there."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.reception import actions
from nabij.reception.queries import deployment_of_entry


@jobs.task(name="nabij.reception.tasks.follow_deployment", retry=RetryStrategy(max_attempts=20, wait=2))
def follow_deployment(entry_id: int) -> None:
    """Somebody said yes, arrived or left: the cards of this incident open or close to them."""
    close_old_connections()
    actions.follow_deployment(deployment_of_entry(entry_id), by=SYSTEM, at=clock.now())
