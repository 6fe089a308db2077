"""A job: a centre closes, goes on or opens again, and its groups follow."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.farewells import actions
from nabij.farewells.queries import happened
from nabij.kit import clock
from nabij.openings.models import Phase
from nabij.peers.actions import tell_ends, tell_going_on

FOLLOW = "nabij.farewells.tasks.follow_centre"
GOES_ON = (Phase.ACUTE, Phase.AFTERCARE, Phase.LONG)


@jobs.task(name=FOLLOW, retry=RetryStrategy(max_attempts=20, wait=2))
def follow_centre(entry_id: int) -> None:
    """What happened to the centre happens to its groups; twice is once."""
    close_old_connections()
    told = happened(entry_id)
    if told.centre is None:
        return
    if told.verb != "centre.phase_began":
        actions.end_with(told.centre, by=SYSTEM, at=told.at)
        tell_ends(by=SYSTEM, at=clock.now())
    elif told.phase in GOES_ON:
        actions.go_on_with(told.centre, by=SYSTEM, at=told.at)
        tell_going_on(by=SYSTEM, at=clock.now())
