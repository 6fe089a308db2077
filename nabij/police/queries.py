"""What the police see of what they sent: that it was read, and never what we do."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from nabij.audit.actor import Actor
from nabij.vulnerability.models import Assessment

LATEST = 10


@dataclass(frozen=True)
class Sent:
    """One message of this organisation: when it came, and when we read it."""

    received_at: datetime
    acknowledged_at: datetime | None


def sent_by(actor: Actor) -> list[Sent]:
    """The latest assessments that this organisation sent, without whom they are about."""
    rows = Assessment.objects.filter(Q(organisation_id=actor.organisation_id)).order_by("-received_at", "-id")
    return [Sent(*each) for each in rows.values_list("received_at", "acknowledged_at")[:LATEST]]
