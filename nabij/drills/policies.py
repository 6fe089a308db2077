"""Who practises: officers and team leaders, each for the own organisation."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.drills.models import Drill, DrillState
from nabij.openings.policies import can_prepare


def visible_to(actor: Actor, at: datetime) -> Q:
    """The drills of the own organisation; victim support is one organisation, so there those of the area."""
    if actor.kind != ActorKind.MEMBERSHIP or not actor.may(Permission.RUN_DRILL):
        return Q(pk__in=[])
    own = Q(organisation_id=actor.organisation_id)
    if actor.municipality_codes is None:
        return own
    return own & Q(municipality_id__in=actor.municipality_codes)


def can_begin(actor: Actor, municipality_code: str) -> bool:
    """Begin a drill in a municipality of the own area."""
    return actor.kind == ActorKind.MEMBERSHIP and (
        actor.may(Permission.RUN_DRILL) and actor.covers(municipality_code)
    )


def can_lead(actor: Actor, drill: Drill, at: datetime) -> bool:
    """Move the clock of a drill, end it, and wipe it; the house itself lets a running clock run."""
    if drill.state == DrillState.WIPED:
        return False
    if actor.kind == ActorKind.SYSTEM:
        return True
    return Drill.objects.filter(visible_to(actor, at), pk=drill.pk).exists()


def sees_last_drills(actor: Actor, subject: object = None) -> bool:
    """When a centre was drilled last in the own area, in how many minutes: who drills, and who prepares."""
    return actor.kind == ActorKind.MEMBERSHIP and (actor.may(Permission.RUN_DRILL) or can_prepare(actor))
