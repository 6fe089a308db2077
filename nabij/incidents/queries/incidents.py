"""Which incidents somebody sees, and in which order."""

from datetime import datetime
from enum import StrEnum

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nabij.audit.actor import Actor
from nabij.audit.queries import entries_of
from nabij.incidents.models import HelpRequest, Incident, RequestState, Status, TimelineNote
from nabij.incidents.policies import notes_visible_to, visible_to
from nabij.kit.references import as_written


class Filter(StrEnum):
    """What the list of incidents shows; the values stand in the address."""

    OPEN = "open"
    CLOSED = "afgesloten"
    ALL = "alle"


def incidents_for(actor: Actor, at: datetime) -> QuerySet[Incident]:
    """The incidents that exist for this actor, the last reported first."""
    return (
        Incident.objects.filter(visible_to(actor, at))
        .prefetch_related("municipalities")
        .order_by("-reported_at", "pk")
    )


def overview_for(actor: Actor, at: datetime, shown: Filter) -> QuerySet[Incident]:
    """The list page: open ones that nobody took in hand yet come first, then by the moment of the report.

    Each has `open_requests`: how many requests wait for an answer.
    """
    found = incidents_for(actor, at)
    if shown == Filter.OPEN:
        found = found.filter(status__in=[Status.REPORTED, Status.ACTIVE]).order_by(
            "-status", "-reported_at", "pk"
        )
    elif shown == Filter.CLOSED:
        found = found.filter(status=Status.CLOSED)
    waiting = (
        HelpRequest.objects.filter(
            incident_id=OuterRef("pk"), state=RequestState.OPEN, merged_into__isnull=True
        )
        .order_by()
        .values("incident_id")
        .annotate(number_of=Count("pk"))
        .values("number_of")
    )
    return found.annotate(open_requests=Coalesce(Subquery(waiting, output_field=IntegerField()), 0))


def newest(found: QuerySet[Incident], most: int) -> QuerySet[Incident]:
    """The last reported of these, for a list to choose from; still a set that can be searched further."""
    latest = found.order_by("-reported_at", "pk").values("pk")[:most]
    chosen = Incident.objects.filter(pk__in=latest).prefetch_related("municipalities")
    return chosen.order_by("-reported_at", "pk")


def with_reference(actor: Actor, at: datetime, said: str) -> Incident | None:
    """The incident with this reference, or with a request of this number, as heard; None is unknown."""
    written = as_written(said)
    found = incidents_for(actor, at)
    return found.filter(reference=written).first() or found.filter(requests__number=written).first()


def notes_for(actor: Actor, at: datetime) -> QuerySet[TimelineNote]:
    """The notes that this actor may read, oldest first."""
    visible = Incident.objects.filter(visible_to(actor, at)).values("pk")
    return (
        TimelineNote.objects.filter(notes_visible_to(actor), incident__in=visible)
        .select_related("incident")
        .order_by("written_at", "pk")
    )


def version_of(incident: Incident) -> int:
    """How much has happened so far: a cheap "anything new?".

    It counts, because the highest number can be seen while a lower one is still being written.
    """
    return entries_of(incident.pk).count()
