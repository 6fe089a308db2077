"""Jobs: what a changed registration means for who is in: leaving, or a guardian who must say yes."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.closed_part.actions.entering import leave_with_registration
from nabij.closed_part.actions.verifying import ask_guardian
from nabij.closed_part.queries.door import registration_in
from nabij.kit import clock

FOLLOW = "nabij.closed_part.tasks.follow_registration"


@jobs.task(name=FOLLOW, retry=RetryStrategy(max_attempts=5, wait=2))
def follow_registration(entry_id: int) -> None:
    """The registration of this line of the trail changed; a second run changes nothing."""
    close_old_connections()
    registration = registration_in(entry_id)
    if registration is not None:
        at = clock.now()
        if not leave_with_registration(registration, by=SYSTEM, at=at):
            ask_guardian(registration, by=SYSTEM, at=at)
