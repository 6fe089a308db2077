"""How long the words of a signal are kept; its figures stay."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.keys.sealing import destroy_keys
from nabij.privacy.removal import Held, with_living_key
from nabij.signals.models import Signal


def old_signals(before: datetime) -> QuerySet[Signal]:
    """Signals sent before this moment of which the words can still be read."""
    rows: QuerySet[Signal] = with_living_key(Signal.objects.filter(sent_at__lt=before))
    return rows


def about_signals(held: Held) -> Q:
    """Signals of one person who is held, or of one in an incident that is held."""
    cases = Case.objects.filter(Q(person_id__in=held.persons) | Q(incident_id__in=held.incidents))
    return Q(case_id__in=cases.values("pk"))


def silence_signals(rows: QuerySet[Signal], *, by: Actor, at: datetime) -> None:
    """The key and the words go; that there was a signal, and what came of it, stays."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)
    rows.update(text_sealed=b"", area="")
