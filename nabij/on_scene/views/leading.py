"""The coordinator's board of the scene: who is there, alarms, relief, and what goes along."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.incidents.models import Incident
from nabij.incidents.refusals import Refused
from nabij.incidents.views.finding import incident_or_404
from nabij.on_call.policies import can_lead
from nabij.on_call.queries import deployments_for
from nabij.on_scene import actions
from nabij.on_scene.models import Ending
from nabij.on_scene.policies import can_tick_materials
from nabij.on_scene.queries import alarms_for, board_of, hours_of, incident_of_materials, materials_of


@never_cache
@require_safe
def board(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the coordinator's page: who is on the way or on site, and whether they are all right."""
    incident = incident_or_404(request, pk)
    if not can_lead(request.actor, incident, request.at):
        raise PermissionDenied
    context = {
        "incident": incident,
        "board": board_of(incident, request.at),
        "hours": hours_of(incident),
        "endings": Ending.choices,
        "at": request.at,
        "own_id": request.actor.id,
    }
    return render(request, "on_scene/_board.html", context)


@require_POST
def relieve(request: Request, pk: UUID) -> HttpResponse:
    """Call somebody to take over."""
    deployment = get_object_or_404(deployments_for(request.actor, request.at), pk=pk)
    try:
        actions.ask_relief(deployment, by=request.actor, at=request.at)
        messages.success(request, _("Er wordt iemand opgeroepen om het over te nemen."))
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("on_call:lead", deployment.incident_id)


@require_POST
def end_alarm(request: Request, pk: UUID) -> HttpResponse:
    """How the alarm ended."""
    alarm = get_object_or_404(alarms_for(request.actor, request.at), pk=pk)
    ending = request.POST.get("hoe", "")
    if ending in Ending.values:
        actions.end_alarm(alarm, Ending(ending), by=request.actor, at=request.at)
        messages.success(request, _("De noodmelding is beëindigd."))
    return redirect("on_call:lead", alarm.deployment.incident_id)


@require_http_methods(["GET", "POST"])
def materials(request: Request, pk: UUID) -> HttpResponse:
    """What goes along; each thing one tap."""
    incident = _with_materials(request, pk)
    if request.method == "POST":
        code = request.POST.get("mee") or request.POST.get("niet", "")
        try:
            actions.tick_material(incident, code, "mee" in request.POST, by=request.actor, at=request.at)
        except ValidationError as error:
            messages.warning(request, error.message)
        return redirect("on_scene:materials", pk)
    context = {"incident": incident, "materials": materials_of(incident)}
    return render(request, "on_scene/materials.html", context)


def _with_materials(request: Request, pk: UUID) -> Incident:
    incident = incident_of_materials(pk)
    if incident is None or not can_tick_materials(request.actor, incident, request.at):
        raise Http404
    return incident
