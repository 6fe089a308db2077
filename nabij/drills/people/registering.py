"""People who register: only once the made-up event has a centre that is live, with no way to reach them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from nabij.audit.actor import SYSTEM
from nabij.centres.models import AdviceCentre
from nabij.desk.actions import make_needs
from nabij.drills.chance import Chance
from nabij.drills.content import scenes
from nabij.drills.events import Event, bind
from nabij.drills.models import Drill
from nabij.drills.people.acting import mark, own_key
from nabij.drills.people.content import registering
from nabij.incidents.models import Incident
from nabij.people import content as form
from nabij.people.actions.registering import store
from nabij.people.models import Receiver
from nabij.people.submissions import Submission


def registrations(drill: Drill) -> Iterator[Event]:
    """Everybody who has not registered yet; nobody while there is no centre, or after it went offline."""
    waiting = [each for each in range(_number(drill)) if f"registers {each}" not in drill.acted]
    if not waiting:
        return
    centre = AdviceCentre.objects.filter(incident_id=drill.event_id, offline_at__isnull=True).first()
    if centre is None or centre.live_at is None:
        return
    chance = Chance(drill.seed)
    for each in waiting:
        moment = centre.live_at + chance.hours(registering().hours, "registers", each)
        yield Event(moment, f"registers {each:03}", bind(_register, drill, each, moment))


def _number(drill: Drill) -> int:
    touched = scenes()[drill.scene].people or 0
    return min(registering().most, round(registering().share * touched))


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
