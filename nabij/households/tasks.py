"""Jobs: the conflict check after a case was opened, changed or given to somebody, and after an alert."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.households import actions
from nabij.households.queries import alert_of_entry, case_of_entry
from nabij.kit import clock

AGAIN = RetryStrategy(max_attempts=20, wait=2)


@jobs.task(name="nabij.households.tasks.look_at_case", retry=AGAIN)
def look_at_case(entry_id: int) -> None:
    """Look whether two sides of one event are close, and whether a helper knows somebody."""
    close_old_connections()
    case = case_of_entry(entry_id)
    if case is not None:
        actions.check_case(case, by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.households.tasks.look_at_alert", retry=AGAIN)
def look_at_alert(entry_id: int) -> None:
    """Tell the leader when the suspect lives at the address."""
    close_old_connections()
    alert = alert_of_entry(entry_id)
    if alert is not None:
        actions.check_alert(alert, by=SYSTEM, at=clock.now())
