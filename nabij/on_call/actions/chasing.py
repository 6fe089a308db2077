"""Who said yes and is silent: reminded first, and then somebody else is called in their place."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify.sending import Rule, send
from nabij.on_call.models import WORKERS, Deployment, DeploymentState
from nabij.on_call.rules import norms
from nabij.on_call.words import message_values
from nabij.paging.actions import start_page


def chase_silent(*, by: Actor, at: datetime) -> int:
    """Remind who is not on the way in time, replace who stays silent after that; says how many those are."""
    late = Deployment.objects.filter(
        kind=WORKERS, state=DeploymentState.COMING, coming_at__lte=at - norms().leave
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
    _tell_trail("deployment.reminded", held, by, at)


def _replace(held: Deployment, by: Actor, at: datetime) -> None:
    """Count this person as silent, who may still set off, and call one worker more."""
    held.state, held.silent_at = DeploymentState.SILENT, at
    held.save(update_fields=["state", "silent_at"])
    _tell_trail("deployment.silent", held, by, at)
    page = held.ask.page
    start_page(
        WORKERS, subject_id=page.subject_id, thread_id=page.thread_id, team_id=page.team_id, needed=1,
        exercise=page.is_exercise, by=by, at=at, values=message_values(held.incident),
    )  # fmt: skip


def _tell_trail(verb: str, held: Deployment, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"membership": str(held.membership_id)}
    trail.record(verb, by=by, at=at, subject=held, thread_id=held.incident_id, facts=facts)
