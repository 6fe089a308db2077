"""Reading meetings: the list, the desk, one event, one meeting, one published version."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.flyers.queries import organisation_for
from nabij.meetings.policies import can_answer, can_hold, can_offer, can_promise, works_with_meetings
from nabij.meetings.queries import (
    LATEST,
    centre_of,
    meetings_for,
    next_things,
    offer_of,
    published,
    room_of,
)
from nabij.meetings.views.finding import incident_or_404, meeting_or_404, message_or_404


@never_cache
@require_safe
def overview(request: Request) -> HttpResponse:
    """The meetings of the own area, the last one first."""
    if not works_with_meetings(request.actor):
        raise PermissionDenied
    meetings = meetings_for(request.actor, request.at)[:LATEST]
    return render(request, "meetings/overview.html", {"meetings": meetings})


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel of the desk: what waits for us."""
    return render(request, "meetings/_waiting.html", {"things": next_things(request.actor, request.at)})


@never_cache
@require_safe
def of_incident(request: Request, pk: UUID) -> HttpResponse:
    """The meetings of one event, and the way to plan one."""
    incident = incident_or_404(request, pk)
    context = {
        "incident": incident,
        "meetings": meetings_for(request.actor, request.at).filter(incident=incident),
        "may_hold": can_hold(request.actor, incident, request.at),
    }
    return render(request, "meetings/of_incident.html", context)


@never_cache
@require_safe
def at_incident(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the event: its meetings as numbers."""
    incident = incident_or_404(request, pk)
    context = {
        "incident": incident,
        "meetings": meetings_for(request.actor, request.at).filter(incident=incident),
        "may_hold": can_hold(request.actor, incident, request.at),
    }
    return render(request, "meetings/_at_incident.html", context)


@never_cache
@require_safe
def meeting(request: Request, pk: UUID) -> HttpResponse:
    """One meeting: what to do now, support, questions with answers, promises, published versions."""
    found = meeting_or_404(request, pk)
    room = room_of(found, request.at)
    may_hold = can_hold(request.actor, found.incident, request.at)
    for each in room.questions:
        each.meeting = found
    context = {
        "room": room,
        "meeting": found,
        "support": getattr(found, "support", None),
        "is_begun": found.starts_at <= request.at,
        "may_hold": may_hold,
        "may_promise": can_promise(request.actor, found, request.at),
        "sees_invitation": organisation_for(request.actor, found.organisation_id) is not None,
        "answerable": {each.pk for each in room.questions if can_answer(request.actor, each, request.at)},
    }
    return render(request, "meetings/meeting.html", context)


@never_cache
@require_safe
def message(request: Request, pk: UUID) -> HttpResponse:
    """One version of the answers, to print or to copy."""
    found = message_or_404(request, pk)
    shown, centre = published(found), centre_of(found.meeting)
    context = {
        "shown": shown,
        "meeting": found.meeting,
        "offer": offer_of(found),
        "may_offer": centre is not None
        and shown.is_last
        and can_offer(request.actor, found.meeting, centre, request.at),
    }
    return render(request, "meetings/message.html", context)
