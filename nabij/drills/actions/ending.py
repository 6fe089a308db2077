"""A drill ends: what was due, done and by whom is kept as a report, and the event can be wiped."""

from contextlib import suppress
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from nabij.audit.actor import Actor
from nabij.drills.actions.clock import play_until
from nabij.drills.actions.holding import change_state, held_drill, tell
from nabij.drills.models import Drill, DrillState
from nabij.drills.queries import kept_of, sent_of
from nabij.drills.reporting import report_of
from nabij.drills.wiping import wipe_event
from nabij.incidents.models import Incident


@transaction.atomic
def end_drill(drill: Drill, *, by: Actor, at: datetime) -> Drill:
    """Play what was due, stop the clock for good, count what was sent (it must be 0) and write the report."""
    held = held_drill(drill, by=by, at=at)
    with suppress(ValidationError):  # what cannot go on can still end
        while play_until(held, held.clock_at(at)):
            pass
    held.drill_at, held.set_at, held.is_paused = held.clock_at(at), at, True
    change_state(held, DrillState.ENDED)
    held.ended_at, held.sent = at, sent_of(held.event_id)
    held.report = report_of(held) | {"kept": kept_of(held.event_id)}
    held.save()
    tell("drill.ended", held, by=by, at=at, sent=held.sent)
    return held


@transaction.atomic
def wipe_drill(drill: Drill, *, by: Actor, at: datetime) -> Drill:
    """Take the made-up event away with everything that hangs on it; the report stays."""
    held = held_drill(drill, by=by, at=at, running=False)
    change_state(held, DrillState.WIPED)
    incident = Incident.objects.get(pk=held.event_id)
    held.incident, held.wiped_at, held.acted = None, at, []
    held.save()
    tell("drill.wiped", held, by=by, at=at, rows=wipe_event(incident, at=at))
    return held
