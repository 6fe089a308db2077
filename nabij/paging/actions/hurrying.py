"""The next step sooner: when too few can still say yes, or when a coordinator does not want to wait."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.notify.sending import wake_engines
from nabij.paging.actions.closing import judge, locked_page
from nabij.paging.models import Answer, Page
from nabij.paging.policies import can_stand_down
from nabij.paging.quorum import quorum_of


def hurry(page: Page, at: datetime) -> None:
    """Make the next step of a locked page due now; a mere reminder only when too few are left to wait for."""
    moment = page.moments.select_for_update().filter(done_at__isnull=True).first()
    is_reminder = page.moments.filter(step=len(page.rungs.steps) - 1, done_at__isnull=False).exists()
    too_few = not quorum_of(page, Answer.ACCEPTED, Answer.OPEN).is_reached
    if moment and moment.due_at > at and (too_few or (page.needed == 1 and not is_reminder)):
        moment.due_at = at
        moment.save(update_fields=["due_at"])
        wake_engines()
    if is_reminder:
        judge(page, by=SYSTEM, at=at, is_last_chance=moment is None)


@transaction.atomic
def ask_next_now(page: Page, *, by: Actor, at: datetime) -> bool:
    """The coordinator does not wait: the next step is due now; False when there is none."""
    page = locked_page(page.pk)
    if not can_stand_down(by, page, at):
        raise PermissionDenied("Deze oproep kunt u niet wijzigen.")
    waiting = page.moments.select_for_update().filter(done_at__isnull=True)
    if page.is_closed or not waiting.update(due_at=at):
        return False
    trail.record("page.hurried", by=by, at=at, subject=page, thread_id=page.thread_id)
    wake_engines()
    return True
