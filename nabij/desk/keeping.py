"""How long questions at the desk can be read; that they were asked, and how often, stays."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.desk.models import DeskQuestion
from nabij.keys.sealing import destroy_keys
from nabij.privacy.removal import Collection, Held, with_living_key


def old_questions(before: datetime) -> QuerySet[DeskQuestion]:
    """Questions asked before this moment that can still be read."""
    found: QuerySet[DeskQuestion] = with_living_key(DeskQuestion.objects.filter(asked_at__lt=before))
    return found


def about_incidents(held: Held) -> Q:
    """Questions at a held event."""
    return Q(incident__in=held.incidents)


def silence(rows: QuerySet[DeskQuestion], *, by: Actor, at: datetime) -> None:
    """The key goes: question and answer read "(gewist)"."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)


QUESTIONS = Collection("desk_question", old_questions, about_incidents, silence)
