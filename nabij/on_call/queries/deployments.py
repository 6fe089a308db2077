"""Who is deployed, and how far they are."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.incidents.models import HelpRequest, Incident, RequestState
from nabij.keys.sealing import ERASED, Opener
from nabij.on_call.models import ACTIVE, COORDINATOR, WORKERS, Deployment, DeploymentState
from nabij.on_call.policies import deployments_visible_to, sees_names
from nabij.on_call.queries.answers import threads_of
from nabij.on_call.rules import norms
from nabij.paging.models import Ask
from nabij.paging.queries import open_asks_of


def deployments_for(actor: Actor, at: datetime) -> QuerySet[Deployment]:
    """The deployments that this actor may see, the first who said yes first."""
    return (
        Deployment.objects.filter(deployments_visible_to(actor, at))
        .select_related("incident", "membership__user")
        .order_by("coming_at", "pk")
    )


def own_deployments(actor: Actor, at: datetime) -> QuerySet[Deployment]:
    """Where the actor is going or is now."""
    still = Q(state__in=ACTIVE) | Q(state=DeploymentState.SILENT, incident__closed_at__isnull=True)
    own = deployments_for(actor, at).filter(still, Q(membership_id=actor.id))
    return own.prefetch_related("incident__municipalities")


@dataclass(frozen=True)
class OwnAsk:
    """One open ask with what its message said."""

    ask: Ask
    facts: dict[str, str]


def own_asks(actor: Actor, at: datetime) -> list[OwnAsk]:
    """What the actor is asked and has not answered, opened with one query for all keys."""
    rows = list(open_asks_of(actor, at))
    opener = Opener(row.page_id for row in rows)
    texts = {row.page_id: opener.open(row.page_id, row.page.values_sealed) for row in rows}
    return [
        OwnAsk(row, json.loads(text) if (text := texts[row.page_id]) not in ("", ERASED) else {})
        for row in rows
    ]


def deployments_of(incident: Incident) -> QuerySet[Deployment]:
    """Everybody who said yes for this incident; for pages whose reader may see the incident."""
    return (
        Deployment.objects.filter(incident__in=threads_of(incident))
        .select_related("membership__user")
        .order_by("coming_at", "membership__user__name")
    )


def safety_of(incident_ids: set[UUID]) -> dict[UUID, list[str]]:
    """What askers wrote about safety on site, for who goes there."""
    rows = list(
        HelpRequest.objects.filter(incident_id__in=incident_ids)
        .exclude(state=RequestState.WITHDRAWN)
        .order_by("asked_at")
    )
    opener = Opener(row.pk for row in rows if row.safety_sealed)
    found: dict[UUID, list[str]] = {}
    for row in rows:
        if text := opener.open(row.pk, row.safety_sealed):
            found.setdefault(row.incident_id, []).append(text)
    return found


@dataclass(frozen=True)
class Group:
    """How many of one role are in one state."""

    kind: str
    state: str
    count: int

    @property
    def state_in_words(self) -> str:
        """The state in Dutch."""
        return str(DeploymentState(self.state).label)


@dataclass(frozen=True)
class OnTheMove:
    """Who is coming and who is there; names only for who may see them, otherwise roles and counts."""

    people: list[Deployment]
    groups: list[Group]
    asked_at: datetime | None
    arrived_at: datetime | None
    arrival_minutes: int | None
    on_site_minutes: int


def on_the_move(incident: Incident, actor: Actor, at: datetime) -> OnTheMove:
    """The panel of the incident room; the clock of arrival counts from the first request for help."""
    rows = list(deployments_of(incident))
    asked_at = (
        HelpRequest.objects.filter(incident=incident, help_answer__page__isnull=False)
        .order_by("asked_at")
        .values_list("asked_at", flat=True)
        .first()
    )
    arrived_at = min((row.on_site_at for row in rows if row.on_site_at), default=None)
    is_counting = asked_at is not None and (arrived_at is not None or any(row.is_active for row in rows))
    minutes = int(((arrived_at or at) - asked_at).total_seconds() // 60) if asked_at and is_counting else None
    groups = [
        Group(kind, state, count)
        for kind in (COORDINATOR, WORKERS)
        for state in DeploymentState
        if (count := sum(row.kind == kind and row.state == state for row in rows))
    ]
    return OnTheMove(
        people=rows if sees_names(actor) else [],
        groups=groups,
        asked_at=asked_at,
        arrived_at=arrived_at,
        arrival_minutes=minutes,
        on_site_minutes=norms().on_site_minutes,
    )
