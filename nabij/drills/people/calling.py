"""Professionals who ring in: each asks for help at the made-up event, and somebody is paged."""

from collections.abc import Iterator
from datetime import datetime

from nabij.contact.doors import CallerKind, Urgency
from nabij.drills.chance import Chance
from nabij.drills.events import Event, bind
from nabij.drills.models import Drill
from nabij.drills.people.acting import caller, mark, own_key
from nabij.drills.people.content import callers
from nabij.incidents.facts import ReportData
from nabij.incidents.models import Incident
from nabij.on_call.actions import ask_help

GAME = "OEFENING"


def calls(drill: Drill) -> Iterator[Event]:
    """Every caller who has not rung in yet."""
    chance, how = Chance(drill.seed), callers()
    waiting = [each for each in range(_number(chance)) if f"caller {each}" not in drill.acted]
    incident = Incident.objects.get(pk=drill.event_id) if waiting else None
    if incident is None or not incident.is_open:
        return
    for each in waiting:
        moment = drill.starts_at + chance.minutes(how.minutes, "rings", each)
        yield Event(moment, f"caller {each:02}", bind(_ring, drill, incident, each, moment))


def _number(chance: Chance) -> int:
    return round(chance.between(callers().number, "callers"))


def _ring(drill: Drill, incident: Incident, number: int, at: datetime) -> None:
    chance, how = Chance(drill.seed), callers()
    told = ReportData(
        topic=incident.topic, municipality_codes=(drill.municipality_id,), happened_at=incident.happened_at,
        urgency=Urgency(chance.one_of(how.urgencies, "urgency", number)).value,
        caller_kind=CallerKind(chance.one_of(how.kinds, "kind", number)).value,
        asker=GAME, job_title=GAME, remarks=GAME, place=incident.place, is_exercise=True,
        add_to=incident.pk, form_key=own_key(drill, f"caller {number}"),
    )  # fmt: skip
    ask_help(told, by=caller(), at=at)
    mark(drill, f"caller {number}")
