"""Of a form that was sent again the last answers count: for news, and for work for many."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from nabij.people.models import Registration
from nabij.people.queries.registrations import COUNTED


def last_forms(incident_id: UUID) -> QuerySet[Registration]:
    """The form that each sent last, with `first` to know their forms by: each who registered once.

    What was merged or set apart is left out. Who took back any form after the last one took back all of it.
    Of forms of one moment exactly one is the last: a correction comes after what it corrects, and of two
    corrections the one that was read in last, or else the higher id.
    """
    rows = Registration.objects.filter(incident_id=incident_id, state__in=COUNTED)
    same = Q(pk=OuterRef("first")) | Q(corrects=OuterRef("first"))
    read_later = Q(drained_at__gt=OuterRef("drained_at"))
    read_later |= Q(drained_at=OuterRef("drained_at"), pk__gt=OuterRef("pk"))
    at_once = Q(Q(corrects=OuterRef("pk")) | read_later, received_at=OuterRef("received_at"))
    later = Q(received_at__gt=OuterRef("received_at")) | Q(at_once, corrects__isnull=False)
    newer = Registration.objects.filter(later, same, state__in=COUNTED)
    ended = Registration.objects.filter(same, withdrawn_at__gte=OuterRef("received_at"))
    return rows.annotate(first=Coalesce("corrects_id", "pk")).filter(~Exists(newer), ~Exists(ended))
