"""Which version is in force, and with which plan an event starts: what the apps above ask."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.protocols.conditions import Value
from nabij.protocols.examples import GENERAL, examples, starts
from nabij.protocols.models import State, Version
from nabij.protocols.plan import Plan


def in_force(organisation_id: UUID, code: str, at: datetime) -> Version | None:
    """The version of this protocol that was or is in force at this moment, in this municipality."""
    held = Version.objects.filter(protocol__organisation_id=organisation_id, protocol__code=code)
    then = held.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), in_force_at__lte=at)
    return then.select_related("protocol__organisation").order_by("-in_force_at").first()


def plan_for(organisation_id: UUID, topic: str, facts: Mapping[str, Value]) -> tuple[Version | None, Plan]:
    """The version in force that this event starts here, with its plan; None and the example without one.

    What the municipality has in force stands in the place of the example of the same name.
    """
    held = Version.objects.filter(protocol__organisation_id=organisation_id, state=State.IN_FORCE)
    own = {version.protocol.code: version for version in held.select_related("protocol__organisation")}
    agreed = {code: version.plan_in_use for code, version in sorted(own.items())}
    added = [plan for code, plan in agreed.items() if code not in examples()]
    plans = [*added, *(agreed.get(code, example) for code, example in examples().items())]
    best = max(plans, key=lambda plan: starts(plan, topic, facts))
    code = best.code if starts(best, topic, facts) else GENERAL
    return own.get(code), agreed.get(code) or examples()[code]
