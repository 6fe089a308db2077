"""Finding what an address names, among what the visitor sees: everything else is the same 404."""

from typing import TypeVar
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from nabij.accounts.http import Request
from nabij.incidents.models import Incident
from nabij.incidents.views.finding import incident_or_404 as any_incident_or_404
from nabij.incidents.views.finding import mark
from nabij.meetings.models import FollowUp, Meeting, MeetingMessage, Question
from nabij.meetings.policies import can_see_meetings
from nabij.meetings.queries import follow_up_for, meetings_for, message_for, question_for

_Row = TypeVar("_Row")


def incident_or_404(request: Request, pk: UUID) -> Incident:
    """The event, for who works with meetings there."""
    incident = any_incident_or_404(request, pk)
    if not can_see_meetings(request.actor, incident, request.at):
        raise Http404
    return incident


def meeting_or_404(request: Request, pk: UUID) -> Meeting:
    """The meeting, if it exists for this visitor."""
    meeting = get_object_or_404(meetings_for(request.actor, request.at), pk=pk)
    mark(request, meeting.incident)
    return meeting


def question_or_404(request: Request, pk: UUID) -> Question:
    """The question, if its meeting exists for this visitor."""
    return _found(question_for(request.actor, pk, request.at))


def follow_up_or_404(request: Request, pk: UUID) -> FollowUp:
    """What was promised, if its meeting exists for this visitor."""
    return _found(follow_up_for(request.actor, pk, request.at))


def message_or_404(request: Request, pk: UUID) -> MeetingMessage:
    """A version of the answers, if its meeting exists for this visitor."""
    return _found(message_for(request.actor, pk, request.at))


def _found(row: _Row | None) -> _Row:
    if row is None:
        raise Http404
    return row
