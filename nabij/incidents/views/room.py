"""The incident room: one live page."""

from copy import copy
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.incidents import policies
from nabij.incidents.clocks import clocks_of
from nabij.incidents.forms import NoteForm
from nabij.incidents.models import Incident
from nabij.incidents.queries import (
    cards,
    earlier_at_same_place,
    earlier_links,
    requests_for,
    timeline,
    version_of,
)
from nabij.incidents.views.finding import incident_or_404
from nabij.incidents.words import topic_in_words
from nabij.kit import panels

CHANGED = "incident-changed"


@never_cache
@require_safe
def room(request: Request, pk: UUID) -> HttpResponse:
    """Everything of one incident: clocks, requests, panels of the apps above, timeline."""
    incident = incident_or_404(request, pk)
    context = room_context(request, incident)
    context["note_is_kept"] = request.GET.get("notitie") == "geschreven"
    context["note_form"] = NoteForm(initial={"is_shared": shares_by_habit(request)})
    return render(request, "incidents/room.html", context)


def room_context(request: Request, incident: Incident) -> dict[str, Any]:
    """What the whole room shows; the version is read first, so that nothing is missed meanwhile."""
    context = live_context(request, incident)
    # A panel is a page that one opens: also around a note that came back with an error.
    opened = copy(request)
    opened.method = "GET"
    context["panels"] = panels.shown("incident", opened, incident)
    return context


def shares_by_habit(request: Request) -> bool:
    """Other organisations' notes are shared unless they say otherwise; victim support's own are not."""
    return request.actor.organisation_kind != OrganisationKind.VICTIM_SUPPORT


@never_cache
@require_safe
def live(request: Request, pk: UUID) -> HttpResponse:
    """The changing part of the room, fetched again after a change."""
    context = live_context(request, incident_or_404(request, pk))
    return render(request, "incidents/_live.html", {**context, "is_fragment": True})


@never_cache
@require_safe
def changed(request: Request, pk: UUID) -> HttpResponse:
    """204 when nothing happened since `na`; otherwise the event by which the page refreshes its parts."""
    incident = incident_or_404(request, pk)
    version = version_of(incident)
    if request.GET.get("na") == str(version):
        return HttpResponse(status=204)
    answer = render(request, "incidents/_watch.html", {"incident": incident, "version": version})
    answer["HX-Trigger"] = CHANGED
    return answer


def live_context(request: Request, incident: Incident) -> dict[str, Any]:
    """Facts, clocks, requests, earlier incidents and timeline, as far as this visitor may see them."""
    actor, at = request.actor, request.at
    version = version_of(incident)
    repeats = list(earlier_links(incident, actor, at))
    return {
        "incident": incident,
        "version": version,
        "topic": topic_in_words(incident.topic),
        "places": list(incident.municipalities.all()),
        "at": at,
        "clocks": clocks_of(incident, at),
        "cards": cards(requests_for(actor, at).filter(incident=incident), actor, at),
        "repeats": repeats,
        "suggested_repeats": list(earlier_at_same_place(incident, actor, at)[:3]),
        "timeline": timeline(incident, actor, at),
        "may": _may(request, incident),
    }


def _may(request: Request, incident: Incident) -> dict[str, bool]:
    """Which buttons the room shows; each action checks again."""
    actor, at = request.actor, request.at
    return {
        "facts": policies.can_change_facts(actor, incident, at),
        "grip": policies.can_set_grip(actor, incident, at),
        "close": policies.can_close(actor, incident, at),
        "reopen": policies.can_reopen(actor, incident, at),
        "link": policies.can_link_earlier(actor, incident, at),
        "note": policies.can_write_note(actor, incident, at),
        "confirm": actor.may(Permission.CONFIRM_REQUEST),
        "arrange": actor.may(Permission.COORDINATE),
    }
