"""How a page ends, and how it is judged that nobody can be found."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify.actions import withdraw
from nabij.notify.sending import Rule, send
from nabij.paging.models import ALLOWED, Answer, Page, PageState
from nabij.paging.policies import can_stand_down
from nabij.paging.queries import facts_of
from nabij.paging.quorum import quorum_of


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
    waiting = page.asks.filter(answer__in=[Answer.OPEN, Answer.STANDBY])
    waiting.update(answer=Answer.WITHDRAWN, answered_at=at)
    withdraw(page.asks.exclude(message=None).values_list("message_id", flat=True), at=at)


def end_answered(page: Page, *, by: Actor, at: datetime) -> None:
    """Enough people come: end a locked page, and tell who was asked and not needed that they may stay."""
    waiting = page.asks.filter(answer__in=[Answer.OPEN, Answer.STANDBY])
    rest = list(waiting.values_list("membership_id", flat=True))
    values = {"reference": facts_of(page).get("reference", "")}
    close(page, PageState.ANSWERED, at)
    trail.record("page.answered", by=by, at=at, subject=page, thread_id=page.thread_id)
    for membership_id in rest:
        send(
            "page_enough", to=membership_id, rule=Rule.STAFF_DUTY, exercise=page.is_exercise, at=at,
            language=page.language, about_id=page.thread_id, values=values,
        )  # fmt: skip


def change_state(page: Page, state: PageState) -> None:
    """Move a page to a state that its present one allows."""
    if state not in ALLOWED[PageState(page.state)]:
        raise ValueError(f"a page that is {page.state} cannot become {state}")
    page.state = state


def judge(page: Page, *, is_last_chance: bool, by: Actor, at: datetime) -> None:
    """Say it when all were asked and too few can come; take it back when somebody was found."""
    coming = quorum_of(page)
    can_be_enough = quorum_of(page, Answer.ACCEPTED, Answer.OPEN).is_reached and not is_last_chance
    if page.state == PageState.EXHAUSTED and can_be_enough:
        change_state(page, PageState.OPEN)
    elif page.state == PageState.OPEN and not can_be_enough:
        change_state(page, PageState.EXHAUSTED)
        facts: dict[str, trail.Fact] = {
            "kind": page.kind, "needed": page.needed, "coming": len(coming.coming),
        }  # fmt: skip
        trail.record("page.exhausted", by=by, at=at, subject=page, thread_id=page.thread_id, facts=facts)
    else:
        return
    page.save(update_fields=["state"])
