"""What waits for the desk: requests without somebody, and pages without an answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.contact.doors import Urgency
from nabij.incidents.models import Incident, RequestState, Status
from nabij.incidents.queries import RequestCard, cards, incidents_for
from nabij.on_call.models import HelpAnswer
from nabij.on_call.queries.answers import answers_for, threads_of
from nabij.on_call.routes import Route
from nabij.paging.models import Page, PageState


@dataclass(frozen=True)
class Waiting:
    """One request that waits for the desk."""

    answer: HelpAnswer
    card: RequestCard
    is_unverified: bool
    is_urgent: bool


def waiting_for(actor: Actor, at: datetime, most: int = 50) -> list[Waiting]:
    """Requests nobody was paged for, and unverified ones: first who must be called back, then by urgency."""
    nobody = Q(page__isnull=True) | Q(request__is_verified=False)
    rows = list(
        answers_for(actor, at)
        .filter(nobody, request__state=RequestState.OPEN, request__merged_into__isnull=True)
        .exclude(request__incident__status=Status.CLOSED)
        .select_related("request__organisation")
        .order_by("request__asked_at", "pk")[:most]
    )
    shown = cards([row.request for row in rows], actor, at)
    found = [
        Waiting(row, card, not row.request.is_verified, row.request.urgency != Urgency.NOT_URGENT)
        for row, card in zip(rows, shown, strict=True)
    ]
    return sorted(found, key=_first_things_first)


def _first_things_first(waiting: Waiting) -> tuple[bool, bool, bool, bool, datetime]:
    """False comes first: failed, unverified, urgent, waiting for the control room; then the oldest."""
    answer = waiting.answer
    return (
        not answer.has_failed,
        not waiting.is_unverified,
        not waiting.is_urgent,
        answer.route != Route.CONFIRM,
        answer.request.asked_at,
    )


def pages_at(incident: Incident) -> QuerySet[Page]:
    """Every page for this incident with who was asked; for pages whose reader may see the incident."""
    found = Page.objects.filter(thread_id__in=threads_of(incident))
    return found.prefetch_related("asks__membership__user").order_by("started_at", "pk")


@dataclass(frozen=True)
class OpenPage:
    """A page that still needs somebody."""

    page: Page
    incident: Incident
    minutes: int
    nobody_found: bool


def open_pages_for(actor: Actor, at: datetime) -> list[OpenPage]:
    """Pages without enough answers at incidents that the actor sees: nobody found first, then the oldest.

    Not those of a drill, in which nobody is called.
    """
    seen = incidents_for(actor, at).order_by().values("pk")
    pages = list(
        Page.objects.filter(
            thread_id__in=seen, state__in=[PageState.OPEN, PageState.EXHAUSTED], is_drill=False
        ).order_by("started_at")
    )
    known = incidents_for(actor, at).in_bulk([page.thread_id for page in pages])
    found = [
        OpenPage(
            page,
            known[page.thread_id],
            max(0, int((at - page.started_at).total_seconds() // 60)),
            page.state == PageState.EXHAUSTED,
        )
        for page in pages
    ]
    return sorted(found, key=lambda each: not each.nobody_found)
