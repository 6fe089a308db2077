"""How a page ends, and how it is judged that nobody can be found."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify.actions import withdraw
from nabij.paging.models import ALLOWED, Answer, Ask, Page, PageState
from nabij.paging.policies import can_stand_down


def locked_page(page_id: UUID) -> Page:
    """The page, held for this transaction; always held first, so that two at once wait in line."""
    return Page.objects.select_for_update().get(pk=page_id)


@transaction.atomic
def stand_down(page: Page, *, by: Actor, at: datetime) -> Page:
    """Nobody is needed any more: ask no one else. Who was asked hears it by `tell_all`."""
    page = locked_page(page.pk)
    if not can_stand_down(by, page, at):
        raise PermissionDenied("Deze oproep kunt u niet afblazen.")
    if not page.is_closed:
        close(page, PageState.STOOD_DOWN, at)
        trail.record("page.stood_down", by=by, at=at, subject=page, thread_id=page.thread_id)
    return page


def close(page: Page, state: PageState, at: datetime) -> None:
    """End a locked page: no next step, open asks withdrawn, messages that have not left yet taken back."""
    change_state(page, state)
    page.closed_at = at
    page.save(update_fields=["state", "closed_at"])
    page.moments.filter(done_at__isnull=True).update(done_at=at, lease_until=None)
    Ask.objects.filter(page=page, answer=Answer.OPEN).update(answer=Answer.WITHDRAWN, answered_at=at)
    withdraw(page.asks.exclude(message=None).values_list("message_id", flat=True), at=at)


def change_state(page: Page, state: PageState) -> None:
    """Move a page to a state that its present one allows."""
    if state not in ALLOWED[PageState(page.state)]:
        raise ValueError(f"a page that is {page.state} cannot become {state}")
    page.state = state


def judge(page: Page, *, is_last_chance: bool, by: Actor, at: datetime) -> None:
    """Say it when all were asked and too few can come; take it back when somebody was found."""
    counts = page.asks.aggregate(
        coming=Count("pk", filter=Q(answer=Answer.ACCEPTED)),
        waiting=Count("pk", filter=Q(answer=Answer.OPEN)),
    )
    can_be_enough = counts["coming"] + counts["waiting"] >= page.needed and not is_last_chance
    if page.state == PageState.EXHAUSTED and can_be_enough:
        change_state(page, PageState.OPEN)
    elif page.state == PageState.OPEN and not can_be_enough:
        change_state(page, PageState.EXHAUSTED)
        facts = {"kind": page.kind, "needed": page.needed, "coming": counts["coming"]}
        trail.record("page.exhausted", by=by, at=at, subject=page, thread_id=page.thread_id, facts=facts)
    else:
        return
    page.save(update_fields=["state"])
