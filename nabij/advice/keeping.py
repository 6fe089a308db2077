"""How long questions and calls can be read; that they were there stays, for the figures."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from nabij.advice.models import AdviceQuestion, LineCall
from nabij.audit.actor import Actor
from nabij.keys.sealing import destroy_keys
from nabij.privacy.removal import Collection, Held, nobody, with_living_key


def old_questions(before: datetime) -> QuerySet[AdviceQuestion]:
    """Questions asked before this moment that can still be read."""
    found: QuerySet[AdviceQuestion] = with_living_key(AdviceQuestion.objects.filter(asked_at__lt=before))
    return found


def old_calls(before: datetime) -> QuerySet[LineCall]:
    """Calls from before this moment that can still be read."""
    found: QuerySet[LineCall] = with_living_key(LineCall.objects.filter(called_at__lt=before))
    return found


def about_incidents(held: Held) -> Q:
    """Questions about an event that is held."""
    return Q(incident__in=held.incidents)


def make_unreadable(rows: "QuerySet[Any]", *, by: Actor, at: datetime) -> None:
    """The key goes; that there was a row stays, and reads "(gewist)"."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)


COLLECTIONS: tuple[Collection, ...] = (
    Collection("advice_question", old_questions, about_incidents, make_unreadable),
    Collection("line_call", old_calls, nobody, make_unreadable),
)
