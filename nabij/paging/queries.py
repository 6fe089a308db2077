"""Reading pages and who was asked."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.keys.sealing import ERASED, unseal
from nabij.notify.queries import next_due as next_delivery_due
from nabij.paging import seats
from nabij.paging.ladders import Ladder, ladder, most_overdue, own_kinds, seat_name
from nabij.paging.models import Answer, Ask, DueMoment, Page, PageState, TeamLadder
from nabij.paging.policies import can_write_ladder, visible_to


def asks_for(actor: Actor, at: datetime) -> QuerySet[Ask]:
    """The asks that this actor may see, the newest first; a drill asks nobody in earnest."""
    return (
        Ask.objects.filter(visible_to(actor, at), page__is_drill=False)
        .select_related("page", "membership__user")
        .order_by("-asked_at", "id")
    )


def open_asks_of(actor: Actor, at: datetime) -> QuerySet[Ask]:
    """What the actor is asked and has not answered, on pages that still need somebody."""
    waiting = asks_for(actor, at).filter(Q(membership_id=actor.id), answer=Answer.OPEN)
    return waiting.filter(page__state__in=[PageState.OPEN, PageState.EXHAUSTED])


def ask_of_link(token: str) -> Ask | None:
    """The ask to which this link belongs, used up or not; None when it is no link of ours."""
    asked = Ask.objects.select_related("page", "membership__user", "membership__organisation")
    return asked.filter(token_hash=token_hash(token)).first()


def token_hash(token: str) -> bytes:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).digest()


def pages_of(thread_id: UUID) -> QuerySet[Page]:
    """The pages of an incident with who was asked, oldest first; for who may see the incident."""
    return (
        Page.objects.filter(thread_id=thread_id)
        .prefetch_related("asks__membership__user")
        .order_by("started_at")
    )


def first_asked(kind: str, team_id: UUID | None, at: datetime) -> tuple[str, list[UUID]]:
    """Which chair a page started now would reach first, and whom; "" and nobody when no one is on call."""
    own = own_ladder(kind, team_id)
    steps = (own.ladder if own else ladder(kind)).steps
    for step in steps:
        if people := seats.people_on(step.seat, team_id, at):
            return step.seat, people
    return "", []


def own_ladder(kind: str, team_id: UUID | None) -> TeamLadder | None:
    """The team's own ladder for this kind of page; None when the national one holds."""
    return TeamLadder.objects.filter(Q(team_id=team_id), kind=kind, ended_at__isnull=True).first()


@dataclass(frozen=True)
class LadderInUse:
    """By which steps a team is called for one kind of page."""

    kind: str
    ladder: Ladder
    is_own: bool

    @property
    def steps(self) -> list[tuple[str, int]]:
        """Who is asked after how many minutes."""
        return [(seat_name(step.seat), step.after // timedelta(minutes=1)) for step in self.ladder.steps]


def ladders_of(actor: Actor, at: datetime) -> list[LadderInUse]:
    """The ladders of the actor's team; none for who may not write them."""
    if not can_write_ladder(actor, at):
        return []
    own = {each.kind: each for each in TeamLadder.objects.filter(Q(team_id=actor.team_id), ended_at=None)}
    return [
        LadderInUse(kind, own[kind].ladder if kind in own else national, kind in own)
        for kind, national in own_kinds().items()
    ]


def next_due(at: datetime) -> datetime | None:
    """When the engine has something to do again; None when nothing waits."""
    rows = DueMoment.objects.waiting().order_by("due_at").values_list("due_at", "lease_until")[:20]
    own = [due if lease is None or lease <= at else max(due, lease) for due, lease in rows]
    return min((moment for moment in (*own, next_delivery_due(at)) if moment), default=None)


def facts_of(page: Page) -> dict[str, str]:
    """What the message of this page says, opened: only what a duty needs."""
    text = unseal(page.pk, page.values_sealed)
    facts: dict[str, str] = {} if text in ("", ERASED) else json.loads(text)
    return facts


def open_page_count() -> int:
    """How many pages wait for an answer now."""
    return Page.objects.filter(state=PageState.OPEN, is_drill=False).count()


def stuck_pages() -> QuerySet[Page]:
    """Open pages without a next moment: nobody would ever be asked again. There must be none."""
    waiting = DueMoment.objects.filter(done_at__isnull=True).values("page_id")
    open_pages = Page.objects.filter(state=PageState.OPEN, is_drill=False)
    return open_pages.exclude(pk__in=waiting).order_by("started_at", "pk")


def state_of_paging(at: datetime) -> str:
    """ "ok", or in a few words what is wrong with the pages."""
    if count := stuck_pages().count():
        return f"{count} pages without a next moment"
    late = seconds_overdue(at)
    return f"the oldest step waits {late:.0f} s" if late > most_overdue().total_seconds() else "ok"


def seconds_overdue(at: datetime) -> float:
    """How long the oldest due step has waited; 0 when the engines keep up."""
    oldest = DueMoment.objects.waiting().order_by("due_at").first()
    return max(0.0, (at - oldest.due_at).total_seconds()) if oldest else 0.0
