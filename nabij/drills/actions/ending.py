"""A drill ends: what was due, done and by whom is kept as a report, and the event can be wiped."""

from contextlib import suppress
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from nabij.audit.actor import SYSTEM, Actor
from nabij.centres.actions import take_offline
from nabij.drills.actions.clock import play_until
from nabij.drills.actions.holding import change_state, held_drill, tell
from nabij.drills.centre_report import report_of_centre
from nabij.drills.centres import live_centre_of
from nabij.drills.models import Drill, DrillState
from nabij.drills.queries import kept_of, sent_of
from nabij.drills.reporting import report_of
from nabij.drills.wiping import wipe_event
from nabij.incidents.models import Incident
from nabij.kit.clock import local
from nabij.openings.actions import prepare
from nabij.openings.policies import can_prepare


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
    report = report_of_centre(held, at) if held.is_of_centre else report_of(held)
    held.report = report | {"kept": kept_of(held.event_id)}
    held.save()
    _close_centre(held, by=by, at=at)
    tell("drill.ended", held, by=by, at=at, sent=held.sent)
    return held


def _close_centre(drill: Drill, *, by: Actor, at: datetime) -> None:
    """Nobody reads the made-up centre any more; who drilled it whole has it ready in peace time."""
    centre = live_centre_of(drill.event_id)
    if centre is None:
        return
    take_offline(centre, by=SYSTEM, at=at)
    if drill.is_of_centre and drill.report["minutes"] is not None and can_prepare(by):
        prepare("drill", local(at).date(), by=by, at=at)


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
