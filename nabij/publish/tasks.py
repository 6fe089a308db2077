"""Jobs: making the public pages anew, and taking up what a killed worker left."""

from contextlib import suppress

from django.db import close_old_connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.publish.actions import Overtaken, release
from nabij.publish.models import Release
from nabij.publish.queries import subjects_of, waiting_for
from nabij.publish.second_place import push_release, second_folder

RELEASE, RELEASE_ALL = "nabij.publish.tasks.release_pages", "nabij.publish.tasks.release_all"
HEARTBEAT, STALLED = 2.0, 6.0  # seconds
ALL_AFTER = 5  # seconds: what follows at once is first made public, and all pages are made once for it
GIVES_WAY = 2  # times; then it lets the others wait, or a busy hour would keep it away


class SomePagesFailed(RuntimeError):
    """Pages that could not be made keep their former text, until the job comes back in seconds."""


@jobs.task(name=RELEASE, retry=RetryStrategy(max_attempts=1000, wait=2))
def release_pages(entry_id: int = 0) -> None:
    """Make public what `entry_id` tells of: first the pages of that record alone, and all others right after.

    Jobs that wait at the start are served by this release too: their changes stand in the database already.
    They go once it is made. Should it be killed, then this job itself is taken up again.
    """
    close_old_connections()
    waiting = waiting_for(RELEASE)
    subjects = subjects_of({entry_id, *waiting.values()})
    made = release(by=SYSTEM, at=clock.now(), of=subjects)
    for job_id in waiting:
        jobs.job_manager.cancel_job_by_id(job_id, delete_job=True)
    if subjects:
        _all_soon()
    _after(made, is_tried_again=not subjects)


def _all_soon() -> None:
    """One job for all pages, however many changes ask for it."""
    if not waiting_for(RELEASE_ALL):
        release_all.configure(schedule_in={"seconds": ALL_AFTER}).defer()


@jobs.task(name=RELEASE_ALL, retry=RetryStrategy(max_attempts=1000, wait=2))
def release_all() -> None:
    """Make all pages anew; a publication that comes in between goes first."""
    close_old_connections()
    for _time in range(GIVES_WAY):
        with suppress(Overtaken):
            return _after(release(by=SYSTEM, at=clock.now(), gives_way=True))
    return _after(release(by=SYSTEM, at=clock.now()))


def _after(made: Release, *, is_tried_again: bool = True) -> None:
    if second_folder():
        push.defer()
    if made.failed and is_tried_again:
        raise SomePagesFailed(f"{made.failed} of {made.pages}")


class NotAtTheSecondPlace(RuntimeError):
    """The second place did not take the release; the job comes back in seconds."""


@jobs.task(name="nabij.publish.tasks.push", retry=RetryStrategy(max_attempts=1000, wait=5))
def push() -> None:
    """Put what is live at the second place too, if there is one."""
    close_old_connections()
    if not push_release(by=SYSTEM, at=clock.now()):
        raise NotAtTheSecondPlace


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(queueing_lock="release-sweep")
def release_what_was_missed(timestamp: int) -> None:
    """Every quarter of an hour all pages once more, whatever went wrong before."""
    release_all()


@jobs.periodic(cron="* * * * * */2")
@jobs.task(queueing_lock="rescue-stalled-jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put jobs back whose worker gave no sign of life; never under a `lock`, or it would wait for itself."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        await manager.retry_job(stalled)
