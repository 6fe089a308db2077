"""The control room enters or confirms a request with its own reference."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.actions.locking import locked_request
from nabij.incidents.models import HelpRequest, RequestState
from nabij.incidents.policies import can_confirm
from nabij.incidents.refusals import Refused


@transaction.atomic
def confirm_request(request: HelpRequest, reference: str, *, by: Actor, at: datetime) -> HelpRequest:
    """Confirm with the control room's reference; the same reference again changes nothing.

    Raises Refused when another operator confirmed with another reference first, or when it was withdrawn.
    """
    held = locked_request(request.pk)
    if not can_confirm(by, held, at):
        raise PermissionDenied("Alleen de meldkamer bevestigt een verzoek.")
    reference = reference.strip()
    if not reference:
        raise Refused("Vul het kenmerk van de meldkamer in.")
    if held.confirmed_at is not None:
        if held.control_room_reference == reference:
            return held
        raise Refused(f"Dit verzoek is al bevestigd, met kenmerk {held.control_room_reference}.")
    if held.state == RequestState.WITHDRAWN:
        raise Refused("Dit verzoek is ingetrokken.")
    held.control_room_reference, held.confirmed_at, held.confirmed_by_id = reference, at, by.id
    held.save(update_fields=["control_room_reference", "confirmed_at", "confirmed_by"])
    trail.record("request.confirmed", by=by, at=at, subject=held, thread_id=held.incident_id)
    return held
