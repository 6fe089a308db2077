"""How long the words of the council can be read; that it was heard, and when, stays."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.centres.queries import ended_before
from nabij.councils.models import CouncilComment
from nabij.keys.sealing import destroy_keys
from nabij.privacy.removal import Collection, Held, with_living_key


def old_comments(before: datetime) -> QuerySet[CouncilComment]:
    """Comments at centres that were archived or went offline before this moment, that can still be read."""
    found: QuerySet[CouncilComment] = with_living_key(CouncilComment.objects.filter(ended_before(before)))
    return found


def about_centres(held: Held) -> Q:
    """Comments at the centre of an incident that is held."""
    return Q(centre__incident_id__in=held.incidents)


def silence(rows: QuerySet[CouncilComment], *, by: Actor, at: datetime) -> None:
    """The key goes: comment and answer read "(gewist)"."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)


COMMENTS = Collection("council_comment", old_comments, about_centres, silence)
