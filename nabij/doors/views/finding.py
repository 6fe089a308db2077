"""Finding an event, a round, a pair or an ask for this visitor: everything else is the same 404."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from nabij.accounts.http import Request
from nabij.doors.models import Pair, Round, StreetAsk
from nabij.doors.policies import may_see_plan
from nabij.doors.queries import ask_for, pair_for, round_for
from nabij.incidents.models import Incident
from nabij.incidents.views.finding import incident_or_404 as seen_incident_or_404
from nabij.incidents.views.finding import mark


def incident_or_404(request: Request, pk: UUID) -> Incident:
    """The event, for who plans rounds there."""
    incident = seen_incident_or_404(request, pk)
    if not may_see_plan(request.actor, incident, request.at):
        raise Http404
    return incident


def round_or_404(request: Request, pk: UUID) -> Round:
    """The round, for who plans or walks it."""
    found = round_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    mark(request, found.incident)
    return found


def planned_round_or_404(request: Request, pk: UUID) -> Round:
    """The round, for who plans it."""
    found = round_or_404(request, pk)
    if not may_see_plan(request.actor, found.incident, request.at):
        raise Http404
    return found


def pair_or_404(request: Request, pk: UUID) -> Pair:
    """The pair, for who plans the round or is in the pair."""
    pair = pair_for(request.actor, pk, request.at)
    if pair is None:
        raise Http404
    mark(request, pair.round.incident)
    return pair


def ask_or_404(request: Request, pk: UUID) -> StreetAsk:
    """The ask, for the municipality that asked, who answers it, and who was promised."""
    ask = ask_for(request.actor, pk, request.at)
    if ask is None:
        raise Http404
    mark(request, ask.incident)
    return ask


def uuids(texts: Iterable[str]) -> list[UUID]:
    """Those of these texts that are an identity."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
