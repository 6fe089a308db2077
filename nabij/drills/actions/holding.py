"""One drill at a time in one hand: two who press a button do so one after the other."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.drills.models import ALLOWED, Drill, DrillState
from nabij.drills.policies import can_lead


def held_drill(
    drill: Drill, *, by: Actor, at: datetime, running: bool = True, moves_clock: bool = False
) -> Drill:
    """The drill, held, for who leads it; ValidationError when it should run, or have its own clock."""
    held = Drill.objects.select_for_update(of=("self",)).select_related("incident").get(pk=drill.pk)
    if not can_lead(by, held, at):
        raise PermissionDenied("Deze oefening leidt u niet.")
    if running and held.state != DrillState.RUNNING:
        raise ValidationError("Deze oefening loopt niet meer.")
    if moves_clock and held.is_of_centre:
        raise ValidationError("Een centrum oefent u op de echte klok.")
    return held


def change_state(drill: Drill, state: DrillState) -> None:
    """Move a drill to a state that its present one allows."""
    if state not in ALLOWED[drill.state]:
        raise ValidationError("Dat kan nu niet met deze oefening.")
    drill.state = state


def tell(verb: str, drill: Drill, *, by: Actor, at: datetime, **facts: trail.Fact) -> None:
    """Write in the trail what happened to the drill."""
    trail.record(verb, by=by, at=at, subject=drill, thread_id=drill.incident_id, facts=facts)
