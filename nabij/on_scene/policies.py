"""Who watches over the scene, who says they are all right, who raises and ends an alarm."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.incidents.models import Incident
from nabij.on_call.models import Deployment, DeploymentState
from nabij.on_call.policies import can_lead, can_report_step
from nabij.on_scene.models import Alarm

OUTSIDE = (DeploymentState.ON_THE_WAY, DeploymentState.ON_SITE)


def can_say_all_right(actor: Actor, deployment: Deployment, at: datetime) -> bool:
    """The person, or who leads and spoke with them."""
    return can_report_step(actor, deployment, at)


def can_raise_alarm(actor: Actor, deployment: Deployment, at: datetime) -> bool:
    """Only the person, on the way or on site."""
    own = actor.kind == ActorKind.MEMBERSHIP and actor.id == deployment.membership_id
    return own and deployment.state in OUTSIDE


def can_end_alarm(actor: Actor, alarm: Alarm, at: datetime) -> bool:
    """Who leads; never the person alone, who may be forced to."""
    is_own = actor.id == alarm.deployment.membership_id
    return not is_own and can_lead(actor, alarm.deployment.incident, at)


def can_tick_materials(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who leads, and whoever goes there."""
    if can_lead(actor, incident, at):
        return True
    going = Deployment.objects.active().filter(Q(membership_id=actor.id), incident=incident)
    return actor.id is not None and going.exists()


def can_test_phones(actor: Actor, at: datetime) -> bool:
    """Nabij itself each week, and who plans the roster of a team."""
    if actor.kind == ActorKind.SYSTEM:
        return True
    return actor.may(Permission.PLAN_ROSTER) and actor.team_id is not None


def phone_tests_visible_to(actor: Actor, at: datetime) -> Q:
    """Tests of one's own team, for who plans its roster; for others none."""
    return Q(team_id=actor.team_id) if can_test_phones(actor, at) else Q(pk__in=[])
