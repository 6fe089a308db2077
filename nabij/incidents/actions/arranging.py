"""Answering, withdrawing, merging and moving requests, each with its way back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.actions.locking import locked_incident, locked_request, locked_requests
from nabij.incidents.models import ALLOWED_REQUEST, HelpRequest, Incident, RequestState
from nabij.incidents.policies import can_arrange, can_see, can_withdraw
from nabij.incidents.refusals import Refused


def _record(verb: str, request: HelpRequest, *, by: Actor, at: datetime, **facts: trail.Fact) -> None:
    trail.record(verb, by=by, at=at, subject=request, thread_id=request.incident_id, facts=facts)


def _settle(request: HelpRequest, state: RequestState, at: datetime | None) -> None:
    if state not in ALLOWED_REQUEST[request.state]:
        raise Refused(f"Dit verzoek is al {request.get_state_display()}.")
    request.state, request.settled_at = state, at
    request.save(update_fields=["state", "settled_at"])


@transaction.atomic
def answer_request(request: HelpRequest, *, by: Actor, at: datetime) -> HelpRequest:
    """Say that the asker has an answer, so that the request leaves the queue of the desk."""
    held = locked_request(request.pk)
    if not can_arrange(by, held, at):
        raise PermissionDenied("U kunt dit verzoek niet afhandelen.")
    _settle(held, RequestState.ANSWERED, at)
    _record("request.answered", held, by=by, at=at)
    return held


@transaction.atomic
def withdraw_request(request: HelpRequest, *, by: Actor, at: datetime) -> HelpRequest:
    """Help is no longer needed; standing down whoever was paged is up to the app that paged."""
    held = locked_request(request.pk)
    if not can_withdraw(by, held, at):
        raise PermissionDenied("U kunt dit verzoek niet intrekken.")
    _settle(held, RequestState.WITHDRAWN, at)
    _record("request.withdrawn", held, by=by, at=at)
    return held


@transaction.atomic
def reopen_request(request: HelpRequest, *, by: Actor, at: datetime) -> HelpRequest:
    """Take a withdrawal back."""
    held = locked_request(request.pk)
    if not can_withdraw(by, held, at):
        raise PermissionDenied("U kunt dit verzoek niet heropenen.")
    _settle(held, RequestState.OPEN, None)
    _record("request.reopened", held, by=by, at=at)
    return held


@transaction.atomic
def merge_requests(duplicate: HelpRequest, main: HelpRequest, *, by: Actor, at: datetime) -> HelpRequest:
    """Show `duplicate` under `main` from now on; both keep their own text. Raises Refused; see undo_merge."""
    held = locked_requests(duplicate.pk, main.pk)
    first, second = held[duplicate.pk], held[main.pk]
    if not can_arrange(by, first, at) or not can_arrange(by, second, at):
        raise PermissionDenied("U kunt deze verzoeken niet samenvoegen.")
    if first.pk == second.pk:
        raise Refused("Kies twee verschillende verzoeken.")
    if first.merged_into_id == second.pk:
        return first
    if first.incident_id != second.incident_id:
        raise Refused("Deze verzoeken horen bij twee gebeurtenissen. Verplaats er eerst een.")
    if first.merged_into_id or second.merged_into_id:
        raise Refused("Een van deze verzoeken is al samengevoegd. Maak dat eerst ongedaan.")
    if first.merged.exists():
        raise Refused("In dit verzoek zijn al andere samengevoegd. Kies dit verzoek als hoofdverzoek.")
    first.merged_into, first.merged_at, first.merged_by_id = second, at, by.id
    first.save(update_fields=["merged_into", "merged_at", "merged_by"])
    _record("request.merged", first, by=by, at=at, into=str(second.pk))
    return first


@transaction.atomic
def undo_merge(request: HelpRequest, *, by: Actor, at: datetime) -> HelpRequest:
    """Let a merged request stand by itself again. Raises Refused when it does already."""
    held = locked_request(request.pk)
    if not can_arrange(by, held, at):
        raise PermissionDenied("U kunt dit niet ongedaan maken.")
    if held.merged_into_id is None:
        raise Refused("Dit verzoek staat al op zichzelf.")
    held.merged_into, held.merged_at, held.merged_by = None, None, None
    held.save(update_fields=["merged_into", "merged_at", "merged_by"])
    _record("request.unmerged", held, by=by, at=at)
    return held


@transaction.atomic
def move_request(request: HelpRequest, target: Incident, *, by: Actor, at: datetime) -> HelpRequest:
    """Move a request, with all that is merged into it, to the incident it is really about. Raises Refused."""
    incident, held = locked_incident(target.pk), locked_request(request.pk)
    if not can_arrange(by, held, at) or not can_see(by, incident, at):
        raise PermissionDenied("U kunt dit verzoek niet verplaatsen.")
    if held.incident_id == incident.pk:
        raise Refused("Dit verzoek hoort al bij die gebeurtenis.")
    if held.merged_into_id:
        raise Refused("Dit verzoek is samengevoegd. Maak dat eerst ongedaan.")
    if not incident.is_open:
        raise Refused("Die gebeurtenis is afgesloten.")
    if incident.is_exercise != held.incident.is_exercise:
        raise Refused("Een oefening en een echte gebeurtenis gaan niet samen.")
    source = held.incident
    _place(held, incident, source, by=by, at=at)
    for thread in (source, incident):
        facts: dict[str, trail.Fact] = {"source": str(source.pk), "target": str(incident.pk)}
        trail.record("request.moved", by=by, at=at, subject=held, thread_id=thread.pk, facts=facts)
    return held


@transaction.atomic
def undo_move(request: HelpRequest, *, by: Actor, at: datetime) -> HelpRequest:
    """Put a moved request back where it came from. Raises Refused when it was not moved."""
    held = locked_request(request.pk)
    if not can_arrange(by, held, at):
        raise PermissionDenied("U kunt dit niet ongedaan maken.")
    if held.moved_from is None:
        raise Refused("Dit verzoek is niet verplaatst.")
    source, target = held.incident, held.moved_from
    _place(held, target, None, by=by, at=at)
    for thread in (source, target):
        facts: dict[str, trail.Fact] = {"source": str(source.pk), "target": str(target.pk)}
        trail.record("request.moved_back", by=by, at=at, subject=held, thread_id=thread.pk, facts=facts)
    return held


def _place(
    request: HelpRequest, target: Incident, source: Incident | None, *, by: Actor, at: datetime
) -> None:
    """Put the request and what is merged into it at `target`; `source` None means that it is back home."""
    request.incident, request.moved_from = target, source
    request.moved_at, request.moved_by_id = (None, None) if source is None else (at, by.id)
    request.save(update_fields=["incident", "moved_from", "moved_at", "moved_by"])
    request.merged.update(incident=target)
