"""A draft begins: from an example, a file, a working group or an earlier version; or it is dropped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Organisation
from nabij.audit.actor import Actor
from nabij.protocols.actions.holding import NOT_YOURS, hold, tell
from nabij.protocols.examples import examples
from nabij.protocols.models import OPEN, Protocol, State, Version
from nabij.protocols.plan import Plan
from nabij.protocols.policies import can_change, can_renew, can_write_for
from nabij.protocols.reading import read_plan
from nabij.protocols.writing import as_dict


@dataclass(frozen=True)
class Shared:
    """A plan made together: its steps, those that are off, the example it began from, its source."""

    plan: Plan
    off: tuple[str, ...]
    base: Plan
    source_id: UUID


class PartiesMissing(ValueError):
    """A plan leaves out parties that approve the example of this name or for its events; they are named."""

    def __init__(self, parties: list[str]) -> None:
        super().__init__(", ".join(parties))
        self.parties = parties


@transaction.atomic
def adopt_example(organisation: Organisation, code: str, *, by: Actor, at: datetime) -> Version:
    """The example becomes a draft of this municipality; KeyError for an example that is not there."""
    plan = as_dict(examples()[code])
    version = _draft(organisation, code, {"plan": plan, "base": plan}, by, at)
    tell("protocol.adopted", version, by=by, at=at)
    return version


@transaction.atomic
def import_plan(organisation: Organisation, text: str, name: str, *, by: Actor, at: datetime) -> Version:
    """A file becomes a draft; raises PlanError with all that is wrong in it, or PartiesMissing."""
    plan = read_plan(text, name=name)
    _check_parties(plan)
    version = _draft(organisation, plan.code, {"plan": as_dict(plan)}, by, at)
    tell("protocol.imported", version, by=by, at=at)
    return version


@transaction.atomic
def adopt_shared(organisation: Organisation, shared: Shared, *, by: Actor, at: datetime) -> Version:
    """A plan that several municipalities made together becomes a draft of this one."""
    kept = {"plan": as_dict(shared.plan), "off": list(shared.off), "base": as_dict(shared.base)}
    version = _draft(organisation, shared.plan.code, kept, by, at)
    tell("protocol.shared_adopted", version, by=by, at=at, source=str(shared.source_id))
    return version


@transaction.atomic
def renew_version(version: Version, *, by: Actor, at: datetime) -> Version:
    """A new draft that begins as this version is; the version itself stays as it was."""
    held = hold(version, by=by, at=at)
    if not can_renew(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    kept = {"plan": held.plan, "off": held.off, "base": held.base}
    made = _draft(held.protocol.organisation, held.protocol.code, kept, by, at)
    tell("protocol.renewed", made, by=by, at=at)
    return made


@transaction.atomic
def drop_draft(version: Version, *, by: Actor, at: datetime) -> Version:
    """The draft is given up; what is in force stays in force."""
    held = hold(version, by=by, at=at)
    if not can_change(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    held.state, held.ended_at = State.DROPPED, at
    held.save(update_fields=["state", "ended_at"])
    tell("protocol.dropped", held, by=by, at=at)
    return held


def _draft(organisation: Organisation, code: str, kept: dict[str, Any], by: Actor, at: datetime) -> Version:
    """A new draft with the next number; ValidationError while another one is on its way."""
    if not can_write_for(by, organisation, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    protocol, _made = Protocol.objects.get_or_create(organisation=organisation, code=code)
    Protocol.objects.select_for_update().get(pk=protocol.pk)
    if protocol.versions.filter(state__in=OPEN).exists():
        raise ValidationError(_("Er is al een concept van dit protocol. Werk dat af, of laat het vervallen."))
    last = protocol.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(protocol=protocol, number=last + 1, made_at=at, made_by=by.id, **kept)


def _check_parties(plan: Plan) -> None:
    """Another name gets round no party: who agrees on the usual plan for an event agrees on this one too."""
    events = {start.topic for start in plan.starts}
    wanted = [
        party
        for example in examples().values()
        if example.code == plan.code
        or any(start.topic in events and not start.condition for start in example.starts)
        for party in example.approved_by
    ]
    missing = [str(party) for party in dict.fromkeys(wanted) if party not in plan.approved_by]
    if missing:
        raise PartiesMissing(missing)
