"""Finding what an address names, among what the visitor sees: everything else is the same 404."""

from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from nabij.accounts.http import Request
from nabij.incidents.models import HelpRequest, Incident, TimelineNote
from nabij.incidents.queries import incidents_for, notes_for, requests_for
from nabij.kit.context import EXERCISE


def incident_or_404(request: Request, pk: UUID) -> Incident:
    """The incident, if it exists for this visitor; looked up once for a page and all panels in it.

    What is kept belongs to this one request: the same actor at the same moment.
    """
    found: dict[UUID, Incident] = request.__dict__.setdefault("incidents_found", {})
    if pk not in found:
        incident = get_object_or_404(incidents_for(request.actor, request.at), pk=pk)
        incident.seen_by = (request.actor, request.at)
        found[pk] = incident
        mark(request, incident)
    return found[pk]


def mark(request: HttpRequest, incident: Incident) -> None:
    """Let the page say OEFENING when this is one."""
    request.__dict__[EXERCISE] = incident.is_exercise


def request_or_404(request: Request, pk: UUID) -> HelpRequest:
    """The request for help, if its incident exists for this visitor."""
    return get_object_or_404(requests_for(request.actor, request.at), pk=pk)


def note_or_404(request: Request, pk: UUID) -> TimelineNote:
    """The note, if this visitor may read it."""
    return get_object_or_404(notes_for(request.actor, request.at), pk=pk)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was typed, or None when the page is only opened."""
    return request.POST if request.method == "POST" else None
