"""How long the reasons of decisions about the place are kept; where a centre was stays as a fact."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.centres.queries import ended_before
from nabij.keys.sealing import destroy_keys
from nabij.newsletters.models import CentrePlace
from nabij.privacy.removal import Collection, Held, with_living_key


def old_places(before: datetime) -> QuerySet[CentrePlace]:
    """Decisions at centres that were archived or went offline before this moment, that can still be read."""
    found: QuerySet[CentrePlace] = with_living_key(CentrePlace.objects.filter(ended_before(before)))
    return found


def about_centres(held: Held) -> Q:
    """Decisions at the centre of an incident that is held."""
    return Q(centre__incident_id__in=held.incidents)


def silence(rows: QuerySet[CentrePlace], *, by: Actor, at: datetime) -> None:
    """The key goes: the reason reads "(gewist)"."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)


PLACES = Collection("centre_place", old_places, about_centres, silence)
