"""Jobs: making the public pages anew, and taking up what a killed worker left."""

from django.db import close_old_connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.publish.actions import release
from nabij.publish.second_place import push_release, second_folder

RELEASE = "nabij.publish.tasks.release_pages"
HEARTBEAT, STALLED = 2.0, 6.0  # seconds


class SomePagesFailed(RuntimeError):
    """Pages that could not be made keep their former text, until the job comes back in seconds."""


@jobs.task(name=RELEASE, retry=RetryStrategy(max_attempts=1000, wait=2))
def release_pages(entry_id: int = 0) -> None:
    """Make a release that holds what `entry_id` tells of, and all else that was published by now.

    Jobs that wait at the start are served by this release too: their changes stand in the database already.
    Should it be killed, then this job itself is taken up again.
    """
    close_old_connections()
    for waiting in jobs.job_manager.list_jobs(task=RELEASE, status="todo"):
        jobs.job_manager.cancel_job_by_id(waiting.id or 0, delete_job=True)
    made = release(by=SYSTEM, at=clock.now())
    if second_folder():
        push.defer()
    if made.failed:
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
    release_pages()


@jobs.periodic(cron="* * * * * */2")
@jobs.task(queueing_lock="rescue-stalled-jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put jobs back whose worker gave no sign of life; never under a `lock`, or it would wait for itself."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        await manager.retry_job(stalled)
