"""Taking a row until the end of the transaction, so that two at once become one after the other."""

from uuid import UUID

from nabij.incidents.models import HelpRequest, Incident, TimelineNote


def locked_incident(pk: UUID) -> Incident:
    """The incident as it is now, held until the transaction ends."""
    return Incident.objects.select_for_update().get(pk=pk)


def locked_request(pk: UUID) -> HelpRequest:
    """The request as it is now, held until the transaction ends."""
    return HelpRequest.objects.select_for_update(of=("self",)).select_related("incident").get(pk=pk)


def locked_requests(*pks: UUID) -> dict[UUID, HelpRequest]:
    """Several requests, taken in one fixed order so that two people never wait for each other."""
    rows = HelpRequest.objects.select_for_update(of=("self",)).select_related("incident")
    return {row.pk: row for row in rows.filter(pk__in=pks).order_by("pk")}


def locked_note(pk: UUID) -> TimelineNote:
    """The note as it is now, held until the transaction ends."""
    return TimelineNote.objects.select_for_update(of=("self",)).select_related("incident").get(pk=pk)
