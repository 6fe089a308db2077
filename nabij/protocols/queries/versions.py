"""The protocols of a municipality: which are in force, what waits, and how they came to be."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from nabij.accounts.models import Organisation
from nabij.audit.actor import Actor
from nabij.protocols import policies
from nabij.protocols.examples import examples
from nabij.protocols.models import OPEN, State, Version
from nabij.protocols.plan import Plan
from nabij.protocols.policies import organisations_visible_to, versions_visible_to
from nabij.protocols.writing import as_dict


@dataclass
class Line:
    """One protocol of the overview: the example, what is in force, and the draft that is on its way."""

    code: str
    title: str
    example: Plan | None
    in_force: Version | None = None
    draft: Version | None = None
    earlier: list[Version] = field(default_factory=list)

    @property
    def newest(self) -> Version | None:
        """The draft, or else what is in force: where changes of the example are taken over."""
        return self.draft or self.in_force

    @property
    def has_new_example(self) -> bool:
        """Whether the example changed since the newest version began from it."""
        return self.newest is not None and has_new_example(self.newest)


def has_new_example(version: Version) -> bool:
    """Whether the example differs from what it was when this version began; never for a plan from a file."""
    example = examples().get(version.protocol.code)
    return example is not None and version.base is not None and version.base != as_dict(example)


def organisations_for(actor: Actor, at: datetime) -> QuerySet[Organisation]:
    """The municipalities whose protocols this actor sees, by name."""
    found = Organisation.objects.filter(organisations_visible_to(actor, at))
    return found.select_related("municipality__safety_region").order_by("name", "pk")


def versions_for(actor: Actor, at: datetime) -> QuerySet[Version]:
    """The versions that this actor sees, newest first."""
    found = Version.objects.filter(versions_visible_to(actor, at))
    near = found.select_related("protocol__organisation__municipality__safety_region")
    return near.order_by("-number", "pk")


def overview(organisation: Organisation, actor: Actor, at: datetime) -> list[Line]:
    """Every example and every own protocol of this municipality, in the order of the examples."""
    versions: dict[str, list[Version]] = defaultdict(list)
    for version in versions_for(actor, at).filter(protocol__organisation=organisation):
        versions[version.protocol.code].append(version)
    own = [code for code in sorted(versions) if code not in examples()]
    return [_line(code, versions[code]) for code in (*examples(), *own)]


def history_of(version: Version, actor: Actor, at: datetime) -> QuerySet[Version]:
    """All versions of the same protocol that this actor sees, with what was said and why it was changed."""
    found = versions_for(actor, at).filter(protocol=version.protocol)
    return found.prefetch_related("approvals", "reasons")


def previous_of(version: Version, actor: Actor, at: datetime) -> Version | None:
    """The version that was in force before this one; None when it is the first."""
    found = versions_for(actor, at).filter(
        protocol=version.protocol, number__lt=version.number, state__in=[State.IN_FORCE, State.REPLACED]
    )
    return found.first()


def _line(code: str, versions: list[Version]) -> Line:
    example = examples().get(code)
    in_force = next((each for each in versions if each.state == State.IN_FORCE), None)
    draft = next((each for each in versions if each.state in OPEN), None)
    shown = in_force or draft or (versions[0] if versions else None)
    title = shown.whole_plan.title_nl if shown else example.title_nl if example else code
    earlier = [each for each in versions if each not in (in_force, draft)]
    return Line(code, title, example, in_force, draft, earlier)


@dataclass(frozen=True)
class NextSteps:
    """What this actor may do with a version now."""

    change: bool
    withdraw: bool
    renew: bool
    approve: bool


def next_steps(version: Version, actor: Actor, at: datetime) -> NextSteps:
    """A new draft only while there is none; an answer only while one's own party gave none."""
    party = policies.party_of(actor, version.protocol.organisation)
    has_said = version.approvals.filter(turn=version.turn, kind=party or "").exists()
    has_draft = version.protocol.versions.filter(state__in=OPEN).exists()
    return NextSteps(
        change=policies.can_change(actor, version, at),
        withdraw=policies.can_withdraw(actor, version, at),
        renew=not has_draft and policies.can_renew(actor, version, at),
        approve=not has_said and policies.can_approve(actor, version, at),
    )
