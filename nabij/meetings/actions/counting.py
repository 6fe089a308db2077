"""Counting without names: more or fewer of something at an event, each step kept."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.meetings.actions.holding import held_incident
from nabij.meetings.content import most, words
from nabij.meetings.models import Tally, TallyStep
from nabij.meetings.policies import can_count


@transaction.atomic
def count(incident: Incident, word: str, change: int, *, by: Actor, at: datetime) -> Tally:
    """So many more (or fewer, below nought) of this; two at the same moment both count. Source: S04-5.

    ValidationError for a word that is not in the list, for no step, a step too large, and below nought.
    """
    if by.id is None or not can_count(by, incident, at):
        raise PermissionDenied("Bij deze gebeurtenis kunt u niet tellen.")
    if word not in words():
        raise ValidationError({"word": _("Kies uit de lijst.")})
    if not 0 < abs(change) <= most("at_once"):
        raise ValidationError({"number": _("Dit getal kan niet kloppen.")})
    held_incident(incident.pk)
    tally, _new = Tally.objects.get_or_create(incident=incident, word=word)
    number = tally.number + change
    if number < 0:
        raise ValidationError({"number": _("Er gaan er meer af dan er zijn.")})
    tally.number = number
    tally.save(update_fields=["number"])
    TallyStep.objects.create(tally=tally, change=change, number=number, counted_at=at, counted_by=by.id)
    facts: dict[str, trail.Fact] = {"word": word, "number": number}
    trail.record("tally.counted", by=by, at=at, subject=tally, thread_id=incident.pk, facts=facts)
    return tally
