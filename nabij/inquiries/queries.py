"""What the data protection officer reads: what waits, and the latest."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nabij.audit.actor import Actor
from nabij.inquiries import content
from nabij.inquiries.models import Inquiry
from nabij.inquiries.policies import visible_to
from nabij.keys.sealing import Opener


@dataclass(frozen=True)
class Shown:
    """One question in words, with why it ended so."""

    inquiry: Inquiry
    asker: str
    wish: str
    outcome: str
    reason: str
    is_late: bool


def inquiries_for(actor: Actor, at: datetime) -> list[Shown]:
    """What waits, the oldest term first, and then the latest others; a bounded list."""
    mine = Inquiry.objects.filter(visible_to(actor))
    waiting = mine.filter(due_at__isnull=False, settled_at__isnull=True).order_by("due_at", "id")
    others = mine.exclude(due_at__isnull=False, settled_at__isnull=True).order_by("-asked_at", "id")
    most = content.number("latest")
    return _shown([*waiting[:most], *others[:most]], at)


def inquiry_for(actor: Actor, pk: UUID, at: datetime) -> Shown | None:
    """One question that this actor may answer."""
    found = _shown(list(Inquiry.objects.filter(visible_to(actor), pk=pk)), at)
    return found[0] if found else None


def waiting_count(actor: Actor) -> int:
    """How many questions wait for this officer."""
    return Inquiry.objects.filter(visible_to(actor), due_at__isnull=False, settled_at__isnull=True).count()


def _shown(rows: list[Inquiry], at: datetime) -> list[Shown]:
    opener = Opener(each.pk for each in rows)
    return [
        Shown(
            inquiry=each,
            asker=content.words("asker", each.asker),
            wish=content.words("wish", each.wish),
            outcome=content.words("outcome", each.outcome) if each.outcome else "",
            reason=opener.open(each.pk, each.reason_sealed),
            is_late=each.waits and each.due_at is not None and each.due_at < at,
        )
        for each in rows
    ]
