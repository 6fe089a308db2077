"""Runs and steps that somebody sees, in the order in which they are to be done."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from nabij.accounts.models import Municipality
from nabij.aftercare.content import own_sides
from nabij.aftercare.models import Run, RunStep, StepState
from nabij.aftercare.plans import in_words, org_in_words, phases, role_in_words
from nabij.aftercare.policies import does_step_of, visible_to
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.incidents.models import Incident
from nabij.kit.clock import local
from nabij.notify.models import KeptInside
from nabij.protocols.plan import Step

_FAR = datetime(9999, 1, 1, tzinfo=UTC)
UNDONE = (StepState.OPEN, StepState.WAITING)


def entry_of(entry_id: int) -> TrailEntry:
    """A line of the trail."""
    return TrailEntry.objects.get(pk=entry_id)


def incident_of_entry(entry_id: int) -> Incident:
    """The event that a line of the trail is about."""
    subject_id = TrailEntry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    return Incident.objects.get(pk=subject_id)


def runs_for(actor: Actor, at: datetime) -> QuerySet[Run]:
    """The runs that exist for this actor, open ones first, then the newest."""
    found = Run.objects.filter(visible_to(actor, at)).select_related("incident", "municipality")
    return found.order_by(F("closed_at").desc(nulls_first=True), "-started_at", "pk")


def runs_at(incident: Incident, actor: Actor, at: datetime) -> list[Run]:
    """The runs of one event that this actor sees, open ones first."""
    return list(runs_for(actor, at).filter(incident=incident))


def steps_for(actor: Actor, at: datetime) -> QuerySet[RunStep]:
    """The steps of runs that exist for this actor."""
    seen = Run.objects.filter(visible_to(actor, at)).values("pk")
    return RunStep.objects.filter(Q(run__in=seen)).select_related(
        "run__incident", "run__municipality", "owner__user", "evidence"
    )


def places_to_start(incident: Incident, actor: Actor) -> list[Municipality]:
    """The municipalities of the event in which this actor may start aftercare."""
    places = sorted(incident.municipalities.all(), key=lambda each: each.sort_name)
    return [each for each in places if actor.covers(each.pk)]


@dataclass(frozen=True)
class Line:
    """One step as a page shows it."""

    row: RunStep
    step: Step
    at: datetime
    is_mine: bool
    more: int = 0

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now."""
        return self.row.state == StepState.OPEN and self.row.due_at is not None and self.row.due_at <= self.at

    @property
    def is_early(self) -> bool:
        """Whether it makes no sense yet."""
        return self.row.not_before_at is not None and self.row.not_before_at > self.at

    @property
    def may_be_done(self) -> bool:
        """Whether it can be done now."""
        return self.row.state == StepState.OPEN and not self.is_early

    @property
    def waits_for(self) -> str:
        """What has to be so, or to happen, before the step begins; "" when nothing."""
        if self.row.state not in (StepState.WAITING, StepState.DROPPED):
            return ""
        source = self.step.due.start
        if self.row.start_at is None and source.startswith("step:"):
            return source.removeprefix("step:")
        return in_words(self.step, self.row.run.steps_of_plan)

    @property
    def owner(self) -> str:
        """Whose step it is: the organisation, and the name of a colleague when somebody took it."""
        org = org_in_words(self.row.owner_org)
        return f"{org}, {self.row.owner.user.name}" if self.row.owner else org

    @property
    def role(self) -> str:
        """In which role it is done."""
        return role_in_words(self.row.owner_role)

    @property
    def badge(self) -> str:
        """The look of its state."""
        if self.is_late:
            return "overdue"
        looks = {"done": "done", "open": "due", "waiting": "active"}
        return looks.get(self.row.state, "off")


def lines_of(run: Run, actor: Actor, at: datetime) -> list[Line]:
    """The steps of a run in the order of the plan; for who sees the run."""
    rows = run.steps.select_related("owner__user").order_by("position", "occurrence")
    return _folded([_line(row, run, actor, at) for row in rows])


def _folded(lines: list[Line]) -> list[Line]:
    """Of a step that repeats: what was done, what is late, and the next one; the rest is only counted."""
    shown: list[Line] = []
    ahead: dict[str, int] = {}
    for line in lines:
        if line.row.is_settled or line.is_late:
            shown.append(line)
        elif line.row.step_id in ahead:
            first = shown[ahead[line.row.step_id]]
            shown[ahead[line.row.step_id]] = replace(first, more=first.more + 1)
        else:
            ahead[line.row.step_id] = len(shown)
            shown.append(line)
    return shown


def line_of(row: RunStep, actor: Actor, at: datetime) -> Line:
    """One step."""
    return _line(row, row.run, actor, at)


def _line(row: RunStep, run: Run, actor: Actor, at: datetime) -> Line:
    row.run = run
    return Line(row, row.step, at, does_step_of(actor, row.owner_org))


def by_phase(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The steps under their phases; phases without steps are left out."""
    found = [(words, [each for each in lines if each.step.phase == code]) for code, words in phases().items()]
    return [(words, rows) for words, rows in found if rows]


def by_owner(lines: list[Line], actor: Actor) -> tuple[list[Line], list[Line]]:
    """What is still to be done: by the reader's side, and by partners; the first due first."""
    undone = in_order([each for each in lines if each.row.state in UNDONE])
    own = [each for each in undone if each.row.owner_org == actor.organisation_kind]
    return own, [each for each in undone if each.row.owner_org != actor.organisation_kind]


def in_order(lines: list[Line]) -> list[Line]:
    """What can be done now first, then by due moment; what has no moment comes last."""
    return sorted(lines, key=lambda each: (not each.may_be_done, each.row.due_at or _FAR, each.row.position))


def next_steps(lines: list[Line], number: int = 3) -> list[Line]:
    """The first things to do now: one's own that can be done."""
    mine = [each for each in in_order(lines) if each.is_mine and each.may_be_done]
    return mine[:number]


def counts_of(lines: list[Line]) -> dict[str, int]:
    """How many steps are done, late, to do, waiting, and not needed."""
    found = Counter(each.row.state for each in lines)
    return {
        "done": found["done"], "late": sum(each.is_late for each in lines), "open": found["open"],
        "waiting": found["waiting"], "skipped": found["skipped"], "all": len(lines),
    }  # fmt: skip


def due_today(actor: Actor, at: datetime, most: int = 10) -> list[Line]:
    """Steps of one's own side in all runs that are late or due before this day ends; late ones first.

    Not those of a drill: they are due on a clock of their own, and would push real ones off the list.
    """
    ends = local(at).replace(hour=0, minute=0, second=0, microsecond=0, fold=0) + timedelta(days=1)
    sides = Q(owner_org=actor.organisation_kind) | Q(owner_id=actor.id)
    if does_step_of(actor, "partner"):
        sides |= ~Q(owner_org__in=own_sides())
    inside = KeptInside.objects.filter(thread_id=OuterRef("run__incident_id"))
    rows = steps_for(actor, at).filter(
        sides, ~Exists(inside), state=StepState.OPEN, due_at__lt=ends, run__closed_at__isnull=True
    )
    return [line_of(row, actor, at) for row in rows.order_by("due_at", "position")[:most]]
