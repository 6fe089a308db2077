"""What was due, done, when and by whom, against the norm: figures and roles, no names."""

from datetime import datetime
from typing import Any

from nabij.aftercare.models import RunStep, StepState
from nabij.drills.models import Drill
from nabij.drills.people.counting import counts_of
from nabij.drills.playing import step_key
from nabij.on_call.rules import norms
from nabij.paging.ladders import seat_name
from nabij.paging.models import Ask


def report_of(drill: Drill) -> dict[str, Any]:
    """The report as plain values: every step, every call, and the sums; moments on the clock of the drill."""
    steps = [_step(drill, row) for row in _rows(drill)]
    sums = {
        kind: sum(each["result"] == kind for each in steps) for kind in ("on_time", "late", "skipped", "open")
    }
    return {"steps": steps, "sums": sums, "calls": _calls(drill), "people": counts_of(drill)}


def _rows(drill: Drill) -> list[RunStep]:
    rows = RunStep.objects.filter(run__incident_id=drill.event_id).exclude(state=StepState.DROPPED)
    return list(rows.select_related("run").order_by("run__started_at", "position", "occurrence"))


def _step(drill: Drill, row: RunStep) -> dict[str, Any]:
    return {
        "id": row.step_id,
        "title": row.step.title_nl,
        "owner": row.owner_org,
        "due": _iso(row.due_at),
        "done": _iso(row.done_at),
        "minutes_late": _minutes_late(row, drill.drill_at),
        "result": _result(row),
        "by": _player(drill, row),
        "reason": row.reason if row.state == StepState.SKIPPED else "",
    }


def _player(drill: Drill, row: RunStep) -> str:
    """The game, the people who practised, or nobody: not done, or ready beforehand."""
    if row.done_at is None:
        return ""
    if step_key(row) in drill.acted:
        return "game"
    return "people" if row.done_by else "agreed"


def _result(row: RunStep) -> str:
    if row.state == StepState.SKIPPED:
        return "skipped"
    if row.state != StepState.DONE:
        return "open"
    is_late = row.due_at is not None and row.done_at is not None and row.done_at > row.due_at
    return "late" if is_late else "on_time"


def _minutes_late(row: RunStep, now: datetime) -> int:
    """How long after its moment it was done, or has waited now; 0 when in time."""
    if row.due_at is None or row.state == StepState.SKIPPED:
        return 0
    return max(0, round(((row.done_at or now) - row.due_at).total_seconds() / 60))


def _calls(drill: Drill) -> list[dict[str, Any]]:
    """Who was asked by seat, what they said and after how many minutes; the norm is that of a real call."""
    asks = Ask.objects.filter(page__thread_id=drill.event_id).select_related("page")
    norm = round(norms().acknowledge.total_seconds() / 60)
    return [
        {
            "seat": seat_name(ask.seat),
            "asked": _iso(ask.asked_at),
            "answer": str(ask.answer),
            "minutes": _minutes_since_start(ask),
            "norm": norm,
        }
        for ask in asks.order_by("asked_at", "seat", "membership__user__email")
    ]


def _minutes_since_start(ask: Ask) -> int | None:
    if ask.answered_at is None:
        return None
    return round((ask.answered_at - ask.page.started_at).total_seconds() / 60)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
