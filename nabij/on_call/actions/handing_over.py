"""The help on site goes on elsewhere, or is no longer needed."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.on_call.models import HelpHandOver, Receiver
from nabij.on_call.policies import can_lead


@transaction.atomic
def hand_over_help(incident: Incident, receiver: Receiver, *, by: Actor, at: datetime) -> HelpHandOver:
    """The help goes on elsewhere, which the asker sees; said again it stands as it was said last."""
    if not can_lead(by, incident, at) or by.id is None:
        raise PermissionDenied("De hulp bij deze gebeurtenis kunt u niet overdragen.")
    hand_over, _is_new = HelpHandOver.objects.update_or_create(
        incident=incident,
        defaults={"receiver": receiver, "handed_over_at": at, "handed_over_by": by.id},
    )
    facts: dict[str, trail.Fact] = {"receiver": receiver.value}
    trail.record("help.handed_over", by=by, at=at, subject=hand_over, thread_id=incident.pk, facts=facts)
    return hand_over
