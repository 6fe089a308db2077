"""Jobs: a drill whose clock runs goes on when nobody has its page open."""

from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.drills.actions import play
from nabij.drills.queries import running_drills
from nabij.kit import clock


@jobs.periodic(cron="* * * * *")
@jobs.task(queueing_lock="play-drills")
def play_drills(timestamp: int) -> None:
    """A missed minute does no harm: what is due on the clock of the drill happens at the next one."""
    close_old_connections()
    for drill in running_drills():
        play(drill, by=SYSTEM, at=clock.now())
