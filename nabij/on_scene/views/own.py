"""The phone of who is at the scene: I am all right, I need help, who goes with me."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.on_call.models import Deployment
from nabij.on_call.queries import deployments_for
from nabij.on_call.taps import pressed_at
from nabij.on_scene import actions
from nabij.on_scene.policies import OUTSIDE
from nabij.on_scene.queries import is_asked_now, open_alarm_of, pairs_of, watch_of
from nabij.on_scene.rules import nobody_goes_alone


@never_cache
@require_safe
def own(request: Request, pk: UUID) -> HttpResponse:
    """Panel: when I report again, the alarm button, my buddy, and what goes along."""
    deployment = _deployment(request, pk)
    watch = watch_of(deployment)
    context = {
        "deployment": deployment,
        "watch": watch,
        "is_asked": watch is not None and is_asked_now(watch, request.actor),
        "alarm": open_alarm_of(deployment),
        "buddy": pairs_of(deployment.incident).get(deployment.pk),
        "two_by_two": nobody_goes_alone(deployment.incident, request.at),
        "is_outside": deployment.state in OUTSIDE,
    }
    return render(request, "on_scene/_own.html", context)


@require_POST
def all_right(request: Request, pk: UUID) -> HttpResponse:
    """One tap: I am all right, or who leads spoke with them."""
    deployment = _deployment(request, pk)
    is_own = deployment.membership_id == request.actor.id
    at = pressed_at(request, deployment.state_since) if is_own else request.at
    if actions.say_all_right(deployment, by=request.actor, at=at):
        messages.success(request, _("Genoteerd: alles is in orde."))
    if is_own:
        return redirect("on_call:duty")
    return redirect("on_call:lead", deployment.incident_id)


@require_POST
def raise_alarm(request: Request, pk: UUID) -> HttpResponse:
    """Help is needed at once."""
    try:
        actions.raise_alarm(_deployment(request, pk), by=request.actor, at=request.at)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    return redirect("on_call:duty")


def _deployment(request: Request, pk: UUID) -> Deployment:
    return get_object_or_404(deployments_for(request.actor, request.at), pk=pk)
