"""The phone of who is on call: what I am asked, where I am going, each step one tap."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.incidents.refusals import Refused
from nabij.incidents.words import topic_in_words
from nabij.kit import panels
from nabij.on_call import actions
from nabij.on_call.models import Deployment, DeploymentState
from nabij.on_call.queries import deployments_for, own_asks, safety_of
from nabij.on_call.queries import own_deployments as own_deployments_of
from nabij.on_call.rules import arrival_choices
from nabij.on_call.taps import pressed_at
from nabij.on_call.words import place_in_words

_STEPS: dict[str, Callable[..., Deployment]] = {
    "onderweg": actions.set_off,
    "ter-plaatse": actions.arrive,
    "klaar": actions.finish,
    "toch-niet": actions.step_back,
}


@never_cache
@require_safe
def duty(request: Request) -> HttpResponse:
    """My open asks with one large yes and no, my deployments with their next step, and the roster."""
    context = {
        "asks": own_asks(request.actor, request.at),
        "deployments": _deployments(request),
        "may_lead": request.actor.may(Permission.COORDINATE),
        "arrival_choices": arrival_choices(),
    }
    return render(request, "on_call/duty.html", context)


@never_cache
@require_safe
def own_deployments(request: Request) -> HttpResponse:
    """Panel: where I am going."""
    context = {
        "deployments": _deployments(request),
        "may_lead": request.actor.may(Permission.COORDINATE),
        "arrival_choices": arrival_choices(),
    }
    return render(request, "on_call/_own_deployments.html", context)


@require_POST
def expect(request: Request, pk: UUID) -> HttpResponse:
    """One tap: in how many minutes I arrive."""
    deployment = get_object_or_404(deployments_for(request.actor, request.at), pk=pk)
    pressed = request.POST.get("minuten", "")
    minutes = int(pressed) if pressed.isdecimal() else 0
    try:
        actions.expect(deployment, minutes, by=request.actor, at=request.at)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("on_call:duty")


def _deployments(request: Request) -> list[dict[str, object]]:
    rows = list(own_deployments_of(request.actor, request.at))
    safety = safety_of({row.incident_id for row in rows}) if rows else {}
    whole = _shown_whole(rows)
    return [
        {
            "deployment": row,
            "what": topic_in_words(row.incident.topic),
            "where": place_in_words(row.incident),
            "safety": safety.get(row.incident_id, []),
            "panels": panels.shown("own_deployment", request, row) if row.pk in whole else [],
        }
        for row in rows
    ]


def _shown_whole(rows: list[Deployment]) -> set[UUID]:
    """Where somebody is or goes now, else the first: one place, so that five cost no more than one."""
    moving = {row.pk for row in rows if row.state in (DeploymentState.ON_THE_WAY, DeploymentState.ON_SITE)}
    return moving or {row.pk for row in rows[:1]}


@require_POST
def step(request: Request, pk: UUID, step: str) -> HttpResponse:
    """One tap: on the way, on site, done, or not after all."""
    if step not in _STEPS:
        raise Http404
    deployment = get_object_or_404(deployments_for(request.actor, request.at), pk=pk)
    at = (
        pressed_at(request, deployment.state_since)
        if deployment.membership_id == request.actor.id
        else request.at
    )
    try:
        _STEPS[step](deployment, by=request.actor, at=at)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    if deployment.membership_id == request.actor.id:
        return redirect("on_call:duty")
    return redirect("on_call:lead", deployment.incident_id)
