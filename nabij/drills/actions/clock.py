"""The clock of a drill: let it run, stop it, jump, and do what is due on it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from nabij.audit.actor import Actor
from nabij.drills.actions.holding import held_drill
from nabij.drills.content import longest_years, most_events_at_once, speeds
from nabij.drills.models import Drill
from nabij.drills.playing import latest, next_event


@transaction.atomic
def run_clock(drill: Drill, speed: int, *, by: Actor, at: datetime) -> Drill:
    """Let the clock run from where it stands, so many times as fast; ValidationError for another speed."""
    held = held_drill(drill, by=by, at=at, moves_clock=True)
    if speed not in speeds():
        raise ValidationError("Kies een snelheid uit de lijst.")
    _set(held, held.clock_at(at), at)
    held.speed, held.is_paused = speed, False
    held.save()
    return held


@transaction.atomic
def pause(drill: Drill, *, by: Actor, at: datetime) -> Drill:
    """Let the clock stand still."""
    held = held_drill(drill, by=by, at=at, moves_clock=True)
    play_until(held, held.clock_at(at))
    _set(held, held.clock_at(at), at)
    held.is_paused = True
    held.save()
    return held


@transaction.atomic
def play(drill: Drill, *, by: Actor, at: datetime) -> int:
    """Do everything that is due on the clock of the drill by now; says how much that was."""
    held = held_drill(drill, by=by, at=at)
    count = play_until(held, held.clock_at(at))
    held.save()
    return count


@transaction.atomic
def jump_to_next(drill: Drill, *, by: Actor, at: datetime) -> bool:
    """Put the clock on what happens next, and let it happen; False when nothing more happens by itself."""
    held = held_drill(drill, by=by, at=at, moves_clock=True)
    event = next_event(held)
    if event is None or event.at > latest(held, longest_years()):
        return False
    moment = max(event.at, held.clock_at(at))
    _set(held, moment, at)
    play_until(held, moment)
    held.save()
    return True


def play_to_the_end(drill: Drill, *, by: Actor, at: datetime) -> int:
    """Jump until nothing more happens; says how often. Each jump is whole by itself."""
    count = 0
    while jump_to_next(drill, by=by, at=at):
        count += 1
    return count


def _set(drill: Drill, moment: datetime, at: datetime) -> None:
    drill.drill_at, drill.set_at = moment, at


def play_until(drill: Drill, moment: datetime) -> int:
    """Let happen what is due by this moment of its clock, to a most; says how much. The caller holds it."""
    count, most = 0, most_events_at_once()
    while count < most and (event := next_event(drill)) is not None and event.at <= moment:
        event.happen()
        count += 1
    return count
