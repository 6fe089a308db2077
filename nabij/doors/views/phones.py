"""What phones talk with: how the doors stand, what was pressed, and the worker that needs no signal."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError as NotSent

from nabij.accounts.http import Request
from nabij.doors import actions
from nabij.doors.models import Outcome, Round
from nabij.doors.phones import Sent
from nabij.doors.phones import standing as in_codes
from nabij.doors.queries import doors_to_walk, sums_over
from nabij.doors.views.finding import round_or_404

WORKER = Path(__file__).parents[1] / "static" / "doors" / "worker.js"


@cache
def _worker() -> str:
    return WORKER.read_text(encoding="utf-8")


@never_cache
@require_safe
def worker(request: Request, pk: UUID) -> HttpResponse:
    """The worker of this one round: its scope is the page of who walks it, and nothing else."""
    round_or_404(request, pk)
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@never_cache
@require_safe
def standing(request: Request, pk: UUID) -> JsonResponse:
    """How the doors of this phone stand now."""
    return JsonResponse(_standing(request, round_or_404(request, pk)))


def _standing(request: Request, found: Round) -> dict[str, object]:
    doors = doors_to_walk(found, request.actor)
    return in_codes(
        doors,
        sums_over(doors),
        is_closed=found.closed_at is not None,
        token=get_token(request),
        made_at=request.at,
    )


@require_POST
def send(request: Request, pk: UUID) -> JsonResponse:
    """Take in what waited on a phone: what was taken or refused for good, and how the doors stand."""
    found = round_or_404(request, pk)
    try:
        sent = Sent.model_validate_json(request.body)
    except NotSent:
        return JsonResponse({"error": "not understood"}, status=400)
    done: list[str] = []
    refused: list[dict[str, str]] = []
    for tap in sent.taps:
        pressed_at = request.at - timedelta(seconds=tap.ago)
        told = actions.Told(tap.id, tap.door, Outcome(tap.outcome), tap.previous, pressed_at)
        try:
            actions.note_door(found, told, by=request.actor, at=request.at)
        except ValidationError as error:
            refused.append({"id": str(tap.id), "why": str(error.message)})
        else:
            done.append(str(tap.id))
    for card in sent.cards:
        try:
            actions.hand_in_wish(found, card.id, card.envelope, by=request.actor, at=request.at)
        except ValidationError as error:
            refused.append({"id": str(card.id), "why": str(error.message)})
        else:
            done.append(str(card.id))
    return JsonResponse({"done": done, "refused": refused, **_standing(request, found)})
