"""Each morning: reminders and near gaps; each Monday: the gaps of the coming weeks."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.rosters import actions


@jobs.periodic(cron="5 * * * *")
@jobs.task(queueing_lock="tell-of-near-gaps")
def tell_of_near_gaps(timestamp: int) -> None:
    """Each hour: a shift that is still short 72 or 24 hours before."""
    close_old_connections()
    actions.tell_of_near_gaps(by=SYSTEM, at=clock.now())


@jobs.periodic(cron="10 8 * * 1")
@jobs.task(queueing_lock="tell-of-gaps-this-week")
def tell_of_week(timestamp: int) -> None:
    """Each Monday morning: how many gaps the coming weeks have."""
    close_old_connections()
    actions.tell_of_week(by=SYSTEM, at=clock.now())


@jobs.periodic(cron="15 7-21 * * *")
@jobs.task(queueing_lock="remind-of-duties")
def remind_of_duties(timestamp: int) -> None:
    """By day: whose duty comes near."""
    close_old_connections()
    actions.remind_of_duties(by=SYSTEM, at=clock.now())
