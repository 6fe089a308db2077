"""Jobs: sending the login code that was asked for, out of sight of who asked."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.people.actions.coming_back import send_code
from nabij.people.queries.own import code_asked_in

SEND_CODE = "nabij.people.tasks.send_login_code"


@jobs.task(name=SEND_CODE, retry=RetryStrategy(max_attempts=5, wait=2))
def send_login_code(entry_id: int) -> None:
    """Send the code that this line of the trail tells of; a second run sends nothing."""
    close_old_connections()
    asked = code_asked_in(entry_id)
    if asked is not None:
        send_code(asked, by=SYSTEM, at=clock.now())
