"""The auditor: each open page must have a next moment; one that has none gets it, and people hear of it."""

from datetime import datetime

from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify.sending import Rule, send, wake_engines
from nabij.paging import seats
from nabij.paging.actions.closing import locked_page
from nabij.paging.models import DueMoment, Page, PageState
from nabij.paging.queries import facts_of, stuck_pages

ALARMED = ("coordinator", "second_coordinator", "national")


def audit_pages(*, by: Actor, at: datetime) -> int:
    """Set every stuck page going again, each in a transaction of its own; says how many there were."""
    return sum(_set_going(page, by, at) for page in stuck_pages())


@transaction.atomic
def _set_going(page: Page, by: Actor, at: datetime) -> bool:
    """Give this page its next step, due now, and alarm who leads; False when it has one meanwhile."""
    page = locked_page(page.pk)
    if page.state != PageState.OPEN or page.moments.filter(done_at__isnull=True).exists():
        return False
    rungs = page.rungs.steps
    last = page.moments.order_by("-step").values_list("step", flat=True).first()
    step = 0 if last is None else min(last + 1, len(rungs) - 1)
    DueMoment.objects.create(page=page, step=step, seat=rungs[step].seat, due_at=at)
    trail.record("page.was_stuck", by=by, at=at, subject=page, thread_id=page.thread_id, facts={"step": step})
    people = [each for seat in ALARMED for each in seats.people_on(seat, page.team_id, at)]
    for membership_id in dict.fromkeys(people):
        send(
            "page_was_stuck", to=membership_id, rule=Rule.STAFF_DUTY, exercise=page.is_exercise, at=at,
            about_id=page.thread_id, values={"reference": facts_of(page).get("reference", "")},
        )  # fmt: skip
    wake_engines()
    return True
