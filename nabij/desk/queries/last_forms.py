"""Of a form that was sent again the last answers count: for news, and for work for many."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from nabij.people.models import Registration
from nabij.people.queries.registrations import COUNTED


def last_forms(incident_id: UUID) -> QuerySet[Registration]:
    """The form that each sent last, with `first` to know their forms by: each who registered once.

    What was merged or set apart is left out. Who took back any form after the last one took back all of it.
    """
    rows = Registration.objects.filter(incident_id=incident_id, state__in=COUNTED)
    same = Q(pk=OuterRef("first")) | Q(corrects=OuterRef("first"))
    later = Q(drained_at__gt=OuterRef("drained_at")) | Q(corrects=OuterRef("pk"))
    newer = Registration.objects.filter(
        Q(received_at__gt=OuterRef("received_at")) | Q(later, received_at=OuterRef("received_at")),
        same, state__in=COUNTED,
    )  # fmt: skip
    ended = Registration.objects.filter(same, withdrawn_at__gte=OuterRef("received_at"))
    return rows.annotate(first=Coalesce("corrects_id", "pk")).filter(~Exists(newer), ~Exists(ended))
