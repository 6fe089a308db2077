"""What the police see of what they sent, and the municipality of how many people were hit; nobody by name."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import get_language

from nabij.audit.actor import Actor
from nabij.guide.topics import topic
from nabij.police import content
from nabij.police.models import Headcount
from nabij.police.policies import counts_visible_to
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


@dataclass(frozen=True)
class Counted:
    """One event in words, with how many people it hit."""

    row: Headcount
    what: str


def headcounts_for(actor: Actor, at: datetime) -> list[Counted]:
    """What happened in this municipality lately, the newest first."""
    rows = Headcount.objects.filter(counts_visible_to(actor), told_at__gt=at - content.shown_for())
    language = get_language() or "nl"
    newest = rows.select_related("municipality").order_by("-told_at", "id")[: content.most_shown()]
    return [Counted(each, topic(each.topic).label(language)) for each in newest]
