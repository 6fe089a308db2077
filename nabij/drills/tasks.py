"""Jobs: a drill whose clock runs goes on when nobody has its page open."""

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.drills.actions import play
from nabij.drills.queries import running_drills
from nabij.kit import clock

log = structlog.get_logger()


@jobs.periodic(cron="* * * * *")
@jobs.task(queueing_lock="play-drills")
def play_drills(timestamp: int) -> None:
    """A missed minute does no harm: what is due on the clock of the drill happens at the next one."""
    close_old_connections()
    for drill in running_drills():
        try:
            play(drill, by=SYSTEM, at=clock.now())
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # one drill that cannot go on stops no other
            log.error("drill failed", id=str(drill.pk), exception_type=type(error).__name__)
