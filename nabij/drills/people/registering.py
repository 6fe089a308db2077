"""People who register: only once the made-up event has a centre that is live, with no way to reach them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from nabij.audit.actor import SYSTEM
from nabij.centres.models import AdviceCentre
from nabij.desk.actions import make_needs
from nabij.drills.chance import Chance
from nabij.drills.content import scenes
from nabij.drills.events import Event, bind
from nabij.drills.models import Drill
from nabij.drills.people.acting import mark, own_key
from nabij.drills.people.content import registering, registering_at_centre
from nabij.incidents.models import Incident
from nabij.keys.envelope import close
from nabij.people import content as form
from nabij.people.actions.registering import store
from nabij.people.models import Receiver
from nabij.people.submissions import EXERCISE, Submission
from nabij.spool import writing as spool

log = structlog.get_logger(__name__)


def registrations(drill: Drill) -> Iterator[Event]:
    """Everybody who has not registered yet; nobody while there is no centre, or after it went offline."""
    waiting = [each for each in range(_number(drill)) if f"registers {each}" not in drill.acted]
    if not waiting:
        return
    centres = AdviceCentre.objects.filter(incident_id=drill.event_id, offline_at__isnull=True)
    centre = centres.select_related("commission").first()
    if centre is None or centre.live_at is None:
        return
    for each in waiting:
        moment = centre.live_at + _after(drill, each)
        if drill.is_of_centre:
            act = bind(_send, drill, each, has_closed_part=centre.commission.wants_closed_part)
        else:
            act = bind(_register, drill, each, moment)
        yield Event(moment, f"registers {each:03}", act)


def _number(drill: Drill) -> int:
    touched = scenes()[drill.scene].people or 0
    how = registering_at_centre() if drill.is_of_centre else registering()
    return min(how.most, round(how.share * touched))


def _after(drill: Drill, number: int) -> timedelta:
    """How long after the centre is live somebody registers; the same number of the game, the same moment."""
    chance = Chance(drill.seed)
    if drill.is_of_centre:
        return chance.minutes(registering_at_centre().minutes, "registers", number)
    return chance.hours(registering().hours, "registers", number)


def _send(drill: Drill, number: int, *, has_closed_part: bool) -> None:
    """One form by the whole way of a real one: through the spool, so the desk has it some seconds later.

    What the spool refuses is not tried again: a person would read that it was not kept.
    """
    chance = Chance(drill.seed)
    wants = has_closed_part and chance.happens(registering_at_centre().closed_part, "closed part", number)
    answers = {**_answers(chance, number), "wants_closed_part": wants, EXERCISE: True}
    key = own_key(drill, f"registers {number}")
    sent_at = datetime.now(UTC)  # the spool counts by the clock of the machine that takes the form
    submission = Submission(key, drill.event_id, "nl", form.version(), sent_at, answers)
    try:
        spool.append(close(submission.as_bytes()))
    except OSError as error:
        log.error("form of a drill was not kept", id=str(drill.pk), exception_type=type(error).__name__)
    mark(drill, f"registers {number}")


def _register(drill: Drill, number: int, at: datetime) -> None:
    """One form, as it comes out of the spool; what it asks goes to the desk at once."""
    incident = Incident.objects.get(pk=drill.event_id)
    key = own_key(drill, f"registers {number}")
    answers = _answers(Chance(drill.seed), number)
    submission = Submission(key, incident.pk, "nl", form.version(), at, answers)
    stored = store([submission], by=SYSTEM, at=at, machine_at=at)
    make_needs(incident, stored, by=SYSTEM, at=at)
    mark(drill, f"registers {number}")


def _answers(chance: Chance, number: int) -> dict[str, Any]:
    """What somebody fills in: a name that says what it is, and neither phone nor e-mail."""
    how = registering()
    consents = {
        receiver: {
            "given": chance.happens(how.yes, "consent", receiver, number),
            "version": form.consent(receiver, "nl")[2],
        }
        for receiver in Receiver.values
    }
    return {
        "relation": chance.one_of(how.relations, "relation", number), "name": f"OEFENING {number + 1}",
        "phone": "", "email": "", "preferred_way": "", "preferred_time": "", "safe_to_call": "",
        "language": "nl", "aids": [], "age_group": chance.one_of(how.ages, "age", number), "guardian": "",
        "municipality": "", "zone": "", "household": "",
        "needs": [chance.one_of(how.needs, "needs", number)],
        "urgent": "yes" if chance.happens(how.urgent, "urgent", number) else "no",
        "wants_closed_part": False, "wants_newsletter": False, "consents": consents,
    }  # fmt: skip
