"""Reading signals: in words, with small numbers hidden from the municipality."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from nabij.audit.actor import Actor
from nabij.keys.sealing import Opener
from nabij.signals import content
from nabij.signals.models import Signal
from nabij.signals.policies import reads_exact_numbers, visible_to

LATEST = 30


def signals_for(actor: Actor, at: datetime) -> QuerySet[Signal]:
    """Signals that this actor may see, the last first."""
    found = Signal.objects.filter(visible_to(actor, at)).select_related("municipality")
    return found.prefetch_related("decisions").order_by("-sent_at", "-id")


@dataclass(frozen=True)
class Shown:
    """A signal in words."""

    signal: Signal
    subject: str
    text: str
    choices: list[tuple[str, str]]
    route: str
    reached: str
    days: int | None


def shown(signals: list[Signal], reader: Actor) -> list[Shown]:
    """These signals in words; a route holds when both sides chose it."""
    opener = Opener([each.pk for each in signals])
    return [_shown(each, reader, opener) for each in signals]


def _shown(signal: Signal, reader: Actor, opener: Opener) -> Shown:
    names, subjects = dict(content.routes()), dict(content.subjects())
    decided = sorted(signal.decisions.all(), key=lambda each: each.side)
    agreed = {each.route for each in decided}
    exact = str(signal.reached) if signal.reached is not None else ""
    lead = signal.first_contact_at - signal.sent_at if signal.first_contact_at else None
    return Shown(
        signal=signal,
        subject=subjects[signal.subject],
        text=opener.open(signal.pk, signal.text_sealed),
        choices=[(str(each.get_side_display()), names[each.route]) for each in decided],
        route=names[decided[0].route] if len(decided) == 2 and len(agreed) == 1 else "",
        reached=exact if reads_exact_numbers(reader) else content.shown_number(signal.reached),
        days=lead.days if lead is not None else None,
    )


def signal_for(actor: Actor, pk: UUID, at: datetime) -> Signal | None:
    """One signal, if this actor may see it."""
    return signals_for(actor, at).filter(pk=pk).first()
