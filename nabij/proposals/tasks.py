"""The search, in a process of its own with low priority; and noticing one that was killed."""

import subprocess
import sys

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.proposals import actions

NICE = 15  # paging and pages go before


@jobs.task
def make_roster(entry_id: int) -> None:
    """A roster was asked for: search in a process of its own, so that a crash there harms nobody."""
    close_old_connections()
    command = ["nice", "-n", str(NICE), sys.executable, "-m", "django", "make_rosters"]
    subprocess.run(command, check=True)  # noqa: S603  (nothing in it comes from outside)


@jobs.periodic(cron="* * * * *")
@jobs.task(queueing_lock="fail-silent-proposals")
def fail_silent_ones(timestamp: int) -> None:
    """Each minute: a search of which nothing is heard has failed, and its planner sees that."""
    close_old_connections()
    actions.fail_silent_ones(by=SYSTEM, at=clock.now())
