"""After a deployment: its hours count as work, rest after each one, contacts after a heavy one."""

from datetime import datetime, timedelta

from nabij.audit.actor import Actor
from nabij.care.actions import plan_care
from nabij.care.rules import is_heavy
from nabij.incidents.models import Incident
from nabij.on_call.models import Deployment, DeploymentState
from nabij.on_call.rules import is_violence
from nabij.working_time.actions import record_work

LOOK_BACK = timedelta(days=42)  # after six weeks the last contact would be over


def care_after(incident: Incident, *, by: Actor, at: datetime) -> int:
    """Plan care for everybody who is done here, and write down the hours; says for how many."""
    done = Deployment.objects.filter(
        incident=incident, state=DeploymentState.DONE, done_at__gt=at - LOOK_BACK
    ).select_related("membership")
    dead, children = incident.dead or 0, incident.children or 0
    heavy = is_heavy(dead=dead, children=children, has_violence=is_violence(incident.topic))
    for deployment in done:
        went = deployment.on_the_way_at is not None
        plan_care(
            deployment.membership, source_id=deployment.pk, ended_at=deployment.done_at or at,
            went_there=went, has_deaths=dead > 0, is_heavy=heavy, by=by, at=at,
        )  # fmt: skip
        if deployment.on_the_way_at:
            record_work(
                deployment.membership, source_id=deployment.pk, starts_at=deployment.on_the_way_at,
                ends_at=deployment.done_at or at, by=by, at=at,
            )  # fmt: skip
    return len(done)
