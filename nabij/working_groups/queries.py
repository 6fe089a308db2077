"""Working groups: their draft by step, with what was said and decided about it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.accounts.queries import names_of
from nabij.audit.actor import Actor
from nabij.protocols.plan import Plan, Step
from nabij.protocols.policies import organisations_visible_to
from nabij.protocols.queries.steps import StepLine, step_line
from nabij.working_groups.models import GroupDecision, Remark, WorkingGroup
from nabij.working_groups.policies import groups_visible_to


@dataclass(frozen=True)
class Said:
    """A remark or a decision with the name of who wrote it."""

    text: str
    at: datetime
    name: str


@dataclass(frozen=True)
class GroupStep:
    """A step of the shared draft (no line: the whole plan) with what was said and what was decided last."""

    line: StepLine | None
    is_on: bool
    remarks: list[Said]
    decisions: list[Said]

    @property
    def step(self) -> Step | None:
        """The step itself."""
        return self.line.step if self.line else None


@dataclass(frozen=True)
class GroupPage:
    """A group as its page shows it."""

    group: WorkingGroup
    plan: Plan
    members: list[Organisation]
    own: list[Organisation]
    whole: GroupStep
    steps: list[GroupStep]


def groups_for(actor: Actor, at: datetime) -> QuerySet[WorkingGroup]:
    """The working groups that this actor is in, by name."""
    found = WorkingGroup.objects.filter(groups_visible_to(actor, at))
    return found.select_related("host__municipality").order_by("name", "pk")


def group_page(group: WorkingGroup, actor: Actor, at: datetime) -> GroupPage:
    """The group's draft by step; `own` are the members for which this actor may take it as a draft."""
    members = Organisation.objects.filter(pk__in=group.members.values("organisation")).order_by("name", "pk")
    remarks = list(group.remarks.order_by("written_at", "pk"))
    decisions = list(group.decisions.order_by("-decided_at", "pk"))
    names = names_of({each.written_by for each in remarks} | {each.decided_by for each in decisions})
    said, decided = _remarks(remarks, names), _decisions(decisions, names)
    plan = group.whole_plan
    return GroupPage(
        group=group,
        plan=plan,
        members=list(members),
        own=list(members.filter(organisations_visible_to(actor, at))),
        whole=GroupStep(None, True, said[""], decided[""]),
        steps=[
            GroupStep(step_line(step, plan), step.id not in group.off, said[step.id], decided[step.id])
            for step in plan.steps
        ],
    )


def others_to_invite(group: WorkingGroup) -> QuerySet[Organisation]:
    """Municipalities on the platform that are not in the group yet, by name."""
    found = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
    return found.exclude(pk__in=group.members.values("organisation")).order_by("name", "pk")


def _remarks(rows: list[Remark], names: dict[UUID, str]) -> defaultdict[str, list[Said]]:
    said: defaultdict[str, list[Said]] = defaultdict(list)
    for each in rows:
        said[each.step_id].append(Said(each.text, each.written_at, names.get(each.written_by, "")))
    return said


def _decisions(rows: list[GroupDecision], names: dict[UUID, str]) -> defaultdict[str, list[Said]]:
    said: defaultdict[str, list[Said]] = defaultdict(list)
    for each in rows:
        said[each.step_id].append(Said(each.text, each.decided_at, names.get(each.decided_by, "")))
    return said
