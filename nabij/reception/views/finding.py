"""Finding an incident, a place or a card that this visitor works with: everything else is the same 404."""

from uuid import UUID

from django.http import Http404

from nabij.accounts.http import Request
from nabij.incidents.models import Incident
from nabij.incidents.views.finding import mark
from nabij.reception.models import ReceptionCard, ReceptionPlace
from nabij.reception.policies import can_receive
from nabij.reception.queries import card_for, incident_for, place_to_work_in


def incident_or_404(request: Request, pk: UUID) -> Incident:
    """The incident, for who receives people there."""
    incident = incident_for(request.actor, pk, request.at)
    if incident is None or not can_receive(request.actor, incident, request.at):
        raise Http404
    mark(request, incident)
    return incident


def place_or_404(request: Request, pk: UUID) -> ReceptionPlace:
    """The place, for who receives people there."""
    place = place_to_work_in(request.actor, pk, request.at)
    if place is None:
        raise Http404
    mark(request, place.incident)
    return place


def card_or_404(request: Request, pk: UUID) -> ReceptionCard:
    """The card, for who was given access to this person."""
    card = card_for(request.actor, pk, request.at)
    if card is None:
        raise Http404
    return card
