"""Requests for help as somebody may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from nabij.audit.actor import Actor
from nabij.contact.doors import Urgency
from nabij.incidents.models import HelpRequest, Incident, RequestState, Status, Wanted
from nabij.incidents.policies import can_see_contact, may_withdraw_seen, visible_to
from nabij.incidents.queries.incidents import incidents_for, newest
from nabij.incidents.words import urgency_in_words
from nabij.keys.sealing import Opener

MOST_CHOICES = 100


@dataclass(frozen=True)
class RequestCard:
    """One request as a page shows it; the caller's name and phone are empty for who has no need to know."""

    request: HelpRequest
    organisation: str
    urgency: str
    is_urgent: bool
    wanted: tuple[str, ...]
    shows_contact: bool
    may_withdraw: bool = False
    asker: str = ""
    job_title: str = ""
    call_back: str = ""
    safety: str = ""
    remarks: str = ""
    merged: tuple[str, ...] = ()


def requests_for(actor: Actor, at: datetime) -> QuerySet[HelpRequest]:
    """All requests at incidents that this actor sees, oldest first."""
    visible = Incident.objects.filter(visible_to(actor, at)).values("pk")
    return (
        HelpRequest.objects.filter(incident__in=visible)
        .select_related("incident", "organisation", "merged_into", "moved_from")
        .order_by("asked_at", "pk")
    )


def open_requests_for(actor: Actor, at: datetime) -> QuerySet[HelpRequest]:
    """What waits for an answer: open requests that are not merged into another, oldest first."""
    return requests_for(actor, at).filter(state=RequestState.OPEN, merged_into__isnull=True)


def cards(requests: Iterable[HelpRequest], actor: Actor, at: datetime) -> list[RequestCard]:
    """The requests with what this actor may read of them: one query for all keys, none per request."""
    rows = list(requests)
    opener = Opener(row.pk for row in rows)
    merged: dict[object, list[str]] = {}
    for row in rows:
        if row.merged_into_id:
            merged.setdefault(row.merged_into_id, []).append(row.number)
    return [_card(row, opener, tuple(merged.get(row.pk, ())), actor, at) for row in rows]


def _card(
    row: HelpRequest, opener: Opener, merged: tuple[str, ...], actor: Actor, at: datetime
) -> RequestCard:
    """Safety and free remarks may hold names or numbers: they go with the contact data."""
    shows_contact = can_see_contact(actor, row, at)
    texts = ("asker", "job_title", "call_back", "remarks", "safety")
    opened = {name: opener.open(row.pk, getattr(row, f"{name}_sealed")) for name in texts if shows_contact}
    named = opener.open(row.pk, row.organisation_name_sealed) if shows_contact else ""
    organisation = row.organisation.name if row.organisation else ""
    return RequestCard(
        request=row,
        organisation=named or organisation,
        urgency=urgency_in_words(row.urgency),
        is_urgent=row.urgency != Urgency.NOT_URGENT,
        wanted=tuple(str(Wanted(each).label) for each in row.wanted),
        shows_contact=shows_contact,
        may_withdraw=may_withdraw_seen(actor, row),
        merged=merged,
        **opened,
    )


def main_candidates(request: HelpRequest) -> QuerySet[HelpRequest]:
    """The requests at the same incident into which this one can be merged."""
    others = HelpRequest.objects.filter(incident_id=request.incident_id, merged_into__isnull=True)
    return others.exclude(pk=request.pk).select_related("organisation").order_by("asked_at", "pk")


def move_candidates(request: HelpRequest, actor: Actor, at: datetime) -> QuerySet[Incident]:
    """The open incidents to which this request can be moved, the last hundred reported."""
    found = incidents_for(actor, at).exclude(pk=request.incident_id).exclude(status=Status.CLOSED)
    return newest(found.filter(is_exercise=request.incident.is_exercise), MOST_CHOICES)
