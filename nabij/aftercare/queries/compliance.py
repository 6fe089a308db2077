"""How well a protocol is followed: on time, late, skipped and why; it feeds the next version."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from nabij.aftercare.models import Run, RunStep, StepState
from nabij.aftercare.policies import visible_to
from nabij.audit.actor import Actor
from nabij.protocols.models import Version


@dataclass
class Followed:
    """One protocol in one version in one municipality; counts of steps over all runs, never of people."""

    code: str
    version: int | None
    municipality: str
    runs: set[object] = field(default_factory=set)
    on_time: int = 0
    late: int = 0
    skipped: int = 0
    undone: int = 0
    reasons: list[tuple[str, str]] = field(default_factory=list)


def compliance_for(actor: Actor, at: datetime) -> list[Followed]:
    """Every protocol that this actor's municipalities carried out; exercises do not count."""
    runs = Run.objects.filter(visible_to(actor, at), incident__is_exercise=False)
    rows = RunStep.objects.filter(run__in=runs.values("pk")).order_by("position", "occurrence")
    found: dict[tuple[str, int, str], Followed] = defaultdict(lambda: Followed("", None, ""))
    for row in rows.select_related("run__municipality").defer("run__plan"):
        run = row.run
        each = found[run.code, run.version_number or 0, run.municipality.name]
        each.code, each.version, each.municipality = run.code, run.version_number, run.municipality.name
        each.runs.add(run.pk)
        _count(each, row, at)
    return [found[key] for key in sorted(found)]


def _count(each: Followed, row: RunStep, at: datetime) -> None:
    is_past = row.due_at is not None and row.due_at <= at
    if row.state == StepState.SKIPPED:
        each.skipped += 1
        if row.reason:
            each.reasons.append((row.step_id, row.reason))
    elif row.state == StepState.DONE and row.opened_at:
        if row.due_at is None or (row.done_at and row.done_at <= row.due_at):
            each.on_time += 1
        else:
            each.late += 1
    elif row.state == StepState.OPEN and is_past and row.run.is_open:
        each.undone += 1


@dataclass
class StepFollowed:
    """One step over all runs of a protocol in one municipality: what went well, what did not and why."""

    step_id: str
    title: str
    counts: Followed

    @property
    def trouble(self) -> int:
        """How often it was not done in time: what the next version may change."""
        return self.counts.late + self.counts.skipped + self.counts.undone


def steps_followed(version: Version, actor: Actor, at: datetime) -> list[StepFollowed]:
    """How each step of this protocol went in its municipality, in every version; most trouble first.

    For who may see the version; exercises do not count. A step without trouble is left out.
    """
    protocol = version.protocol
    runs = Run.objects.filter(visible_to(actor, at), incident__is_exercise=False, code=protocol.code)
    runs = runs.filter(municipality_id=protocol.organisation.municipality_id)
    titles = {each.id: each.title_nl for each in version.whole_plan.steps}
    found: dict[str, StepFollowed] = {}
    for row in RunStep.objects.filter(run__in=runs).select_related("run").defer("run__plan"):
        if row.step_id in titles:
            line = found.setdefault(
                row.step_id, StepFollowed(row.step_id, titles[row.step_id], Followed("", None, ""))
            )
            _count(line.counts, row, at)
    troubled = [each for each in found.values() if each.trouble]
    return sorted(troubled, key=lambda each: (-each.trouble, each.step_id))
