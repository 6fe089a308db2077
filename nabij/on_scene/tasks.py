"""Jobs at the scene: a check begins and ends with a deployment; late ones each minute, phones each week."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.on_scene import actions
from nabij.on_scene.queries import deployment_of_entry

_AGAIN = RetryStrategy(max_attempts=20, wait=2)


@jobs.task(name="nabij.on_scene.tasks.begin_watch", retry=_AGAIN)
def begin_watch(entry_id: int) -> None:
    """Somebody arrived: from now on they report."""
    close_old_connections()
    actions.begin_watch(deployment_of_entry(entry_id), by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.on_scene.tasks.end_watch", retry=_AGAIN)
def end_watch(entry_id: int) -> None:
    """Somebody is done: nobody is called for them any more."""
    close_old_connections()
    actions.end_watch(deployment_of_entry(entry_id), by=SYSTEM, at=clock.now())


@jobs.periodic(cron="* * * * *")
@jobs.task(queueing_lock="look-after")
def look_after(timestamp: int) -> None:
    """Each minute: who on site did not report. A missed minute is made good by the next one."""
    close_old_connections()
    actions.look_after(by=SYSTEM, at=clock.now())


@jobs.periodic(cron="0 10 * * 2")
@jobs.task(queueing_lock="try-phones")
def try_phones(timestamp: int) -> None:
    """Each Tuesday morning: the phones of who is on duty."""
    close_old_connections()
    actions.try_all_phones(by=SYSTEM, at=clock.now())
