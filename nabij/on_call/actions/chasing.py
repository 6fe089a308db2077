"""Who said yes and is silent: reminded first, and then somebody else is called in their place."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from nabij.audit.actor import Actor
from nabij.notify.sending import Rule, send
from nabij.on_call.actions.deploying import call_one_more, record_step
from nabij.on_call.models import WORKERS, Deployment, DeploymentState
from nabij.on_call.rules import norms
from nabij.on_call.words import message_values


def chase_silent(*, by: Actor, at: datetime) -> int:
    """Remind who is not on the way in time, replace who stays silent after that; says how many those are."""
    late = Deployment.objects.filter(
        kind=WORKERS,
        state=DeploymentState.COMING,
        coming_at__range=(at - norms().deployed, at - norms().leave),  # no call for a yes of days ago
        incident__closed_at__isnull=True,
    )
    return sum(_chase(deployment, by, at) for deployment in late.order_by("coming_at", "pk"))


@transaction.atomic
def _chase(deployment: Deployment, by: Actor, at: datetime) -> bool:
    """One who is late; False when they are on the way meanwhile, or were reminded a moment ago."""
    locked = Deployment.objects.select_for_update(of=("self",)).select_related("incident", "ask__page")
    held = locked.get(pk=deployment.pk)
    if held.state != DeploymentState.COMING or not held.incident.is_open:
        return False
    if held.reminded_at is None:
        _remind(held, by, at)
    elif held.reminded_at <= at - norms().silent:
        _replace(held, by, at)
    else:
        return False
    return True


def _remind(held: Deployment, by: Actor, at: datetime) -> None:
    held.reminded_at = at
    held.save(update_fields=["reminded_at"])
    link = f"{settings.ENV.base_url}{reverse('on_call:duty')}"
    send(
        "deployment_silent", to=held.membership_id, rule=Rule.STAFF_DUTY, exercise=held.ask.page.is_exercise,
        at=at, about_id=held.incident_id, values={**message_values(held.incident), "link": link},
    )  # fmt: skip
    record_step("deployment.reminded", held, by=by, at=at)


def _replace(held: Deployment, by: Actor, at: datetime) -> None:
    """Count this person as silent, who may still set off, and call one worker more."""
    held.state, held.silent_at = DeploymentState.SILENT, at
    held.save(update_fields=["state", "silent_at"])
    record_step("deployment.silent", held, by=by, at=at)
    call_one_more(held, by=by, at=at)
