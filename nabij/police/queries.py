"""What the police see of what they sent: where they may send to, and that it was read; never what we do."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.accounts.models import Municipality
from nabij.accounts.queries import municipalities_on
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.vulnerability.models import Assessment

LATEST = 10


def places_of(actor: Actor, at: datetime) -> QuerySet[Municipality]:
    """The municipalities in this actor's area; the whole country for who works nationally."""
    found = municipalities_on(local(at).date())
    if actor.municipality_codes is None:
        return found
    return found.filter(code__in=actor.municipality_codes).select_related("safety_region__team")


@dataclass(frozen=True)
class Sent:
    """One message of this organisation: when it came, and when we read it."""

    received_at: datetime
    acknowledged_at: datetime | None


def sent_by(actor: Actor) -> list[Sent]:
    """The latest assessments that this organisation sent, without whom they are about."""
    rows = Assessment.objects.filter(Q(organisation_id=actor.organisation_id)).order_by("-received_at", "-id")
    return [Sent(*each) for each in rows.values_list("received_at", "acknowledged_at")[:LATEST]]
