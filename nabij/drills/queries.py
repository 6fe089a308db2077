"""Reading drills: the list, one drill, and what was sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.aftercare.models import Run, RunStep, StepState
from nabij.audit.actor import Actor
from nabij.drills.models import Drill, DrillState
from nabij.drills.policies import visible_to
from nabij.notify.models import Delivery, State
from nabij.paging.ladders import seat_name
from nabij.paging.models import Ask

ON_THE_WAY = (State.QUEUED, State.SENDING, State.SENT, State.DELIVERED, State.ANSWERED)


def drills_for(actor: Actor, at: datetime) -> QuerySet[Drill]:
    """The drills that this actor may see, the newest first."""
    found = Drill.objects.filter(visible_to(actor, at)).select_related("municipality", "incident")
    return found.order_by("-begun_at", "pk")


def running_drills() -> QuerySet[Drill]:
    """Drills whose clock may be running."""
    return Drill.objects.filter(state=DrillState.RUNNING, is_paused=False).order_by("begun_at")


def sent_of(incident_id: UUID) -> int:
    """How many messages about this drill were handed to somebody outside: it must be 0."""
    handed = Delivery.objects.filter(message__about_id=incident_id).exclude(state=State.KEPT)
    return handed.filter(Q(attempts__gt=0) | Q(state__in=ON_THE_WAY)).count()


def kept_of(incident_id: UUID) -> int:
    """How many messages were written and stayed in the house."""
    return Delivery.objects.filter(message__about_id=incident_id, attempts=0).count()


def clock_of_incident(incident_id: UUID, at: datetime) -> datetime:
    """The moment it is at this event: the clock of its drill, or simply now."""
    drill = Drill.objects.filter(incident_id=incident_id).first()
    return drill.clock_at(at) if drill else at


@dataclass(frozen=True)
class Board:
    """What the leader of a drill sees: its clock, the newest things done, what waits, and what was sent."""

    now: datetime
    run: Run | None
    done: list[RunStep]
    waiting: list[RunStep]
    late: int
    asks: list[tuple[str, Ask]]
    kept: int
    sent: int


def board_of(drill: Drill, at: datetime) -> Board | None:
    """Where a drill stands; None when it was wiped."""
    if drill.incident_id is None:
        return None
    now = drill.clock_at(at)
    rows = RunStep.objects.filter(run__incident_id=drill.incident_id).select_related("run")
    waiting = rows.filter(state=StepState.OPEN)
    asks = Ask.objects.filter(page__thread_id=drill.incident_id)
    return Board(
        now=now,
        run=Run.objects.filter(incident_id=drill.incident_id).order_by("-started_at").first(),
        done=list(rows.filter(state__in=[StepState.DONE, StepState.SKIPPED]).order_by("-done_at")[:5]),
        waiting=list(waiting.order_by("due_at", "position")[:8]),
        late=waiting.filter(due_at__lt=now).count(),
        asks=[(seat_name(ask.seat), ask) for ask in asks.order_by("-asked_at")[:8]],
        kept=kept_of(drill.incident_id),
        sent=sent_of(drill.incident_id),
    )
