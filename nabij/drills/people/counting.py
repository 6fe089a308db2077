"""What made-up people did and how it was met, against the norm: numbers only."""

from datetime import datetime
from typing import Any

from nabij.centres.models import AdviceCentre
from nabij.desk.models import Need
from nabij.doors.content import first_door_within
from nabij.doors.models import Door, DoorNote, Outcome
from nabij.drills.models import Drill
from nabij.drills.people.acting import own_key
from nabij.drills.people.content import callers
from nabij.on_call.models import HelpAnswer
from nabij.on_call.rules import norms
from nabij.paging.models import Answer, Ask
from nabij.people.models import Registration


def counts_of(drill: Drill) -> dict[str, Any]:
    """Callers, doors, registrations and staff of one drill; moments on its clock."""
    return {
        "callers": _callers(drill),
        "doors": _doors(drill),
        "registered": registered(drill),
        "staff": _staff(drill),
    }


def _callers(drill: Drill) -> dict[str, Any]:
    """How many rang in, how many of those were for the desk, and how many were met within the norm."""
    keys = [own_key(drill, f"caller {each}") for each in range(round(callers().number[1]) + 1)]
    rows = HelpAnswer.objects.filter(request__form_key__in=keys).select_related("request")
    waits = [_wait(each) for each in rows if each.page_id]
    norm = round(norms().acknowledge.total_seconds() / 60)
    return {
        "rang": len(rows),
        "paged": len(waits),
        "in_time": sum(each is not None and each <= norm for each in waits),
        "unanswered": sum(each is None for each in waits),
        "norm": norm,
    }


def _wait(answer: HelpAnswer) -> int | None:
    """Minutes until somebody said "I come"; 0 when somebody was on the way already, None when nobody did."""
    said = Ask.objects.filter(page=answer.page_id, answer=Answer.ACCEPTED).order_by("answered_at")
    first: datetime | None = said.values_list("answered_at", flat=True).first()
    if first is None:
        return None
    return max(0, round((first - answer.request.asked_at).total_seconds() / 60))


def _doors(drill: Drill) -> dict[str, Any]:
    rows = Door.objects.filter(round__incident_id=drill.event_id).values_list("outcome", flat=True)
    found = {outcome: sum(each == outcome for each in rows) for outcome in Outcome.values}
    notes = DoorNote.objects.filter(door__round__incident_id=drill.event_id).order_by("noted_at")
    first = notes.values_list("noted_at", flat=True).first()
    return {
        "doors": len(rows),
        "outcomes": found,
        "first_hours": None if first is None else round((first - drill.starts_at).total_seconds() / 3600),
        "norm_hours": round(first_door_within().total_seconds() / 3600),
    }


def registered(drill: Drill) -> dict[str, Any]:
    """How many registered, how urgently, and how much of what they need somebody took up."""
    rows = Registration.objects.filter(incident_id=drill.event_id)
    needs = Need.objects.filter(incident_id=drill.event_id)
    return {
        "registered": rows.count(),
        "urgent": rows.filter(is_urgent=True).count(),
        "needs": needs.count(),
        "taken": needs.filter(taken_at__isnull=False).count(),
        "had_centre": AdviceCentre.objects.filter(incident_id=drill.event_id).exists(),
    }


def _staff(drill: Drill) -> dict[str, int]:
    """What staff said to the calls of this drill; open is who said nothing."""
    said = list(Ask.objects.filter(page__thread_id=drill.event_id).values_list("answer", flat=True))
    return {answer: said.count(answer) for answer in Answer.values}
