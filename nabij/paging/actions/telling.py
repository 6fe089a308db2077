"""Telling everybody who was asked that something changed, or that nobody is needed any more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify.sending import Rule, send
from nabij.paging.models import Ask


@transaction.atomic
def tell_all(thread_id: UUID, template: str, values: dict[str, str], *, by: Actor, at: datetime) -> int:
    """Send a message to everybody asked for this incident, each once; says to how many.

    Who may do so is the rule of the app that owns the incident.
    """
    asks = Ask.objects.filter(page__thread_id=thread_id).select_related("page").order_by("asked_at")
    people = {ask.membership_id: ask.page for ask in asks}
    for membership_id, page in people.items():
        send(
            template,
            to=membership_id,
            rule=Rule.STAFF_DUTY,
            exercise=page.is_exercise,
            at=at,
            language=page.language,
            about_id=thread_id,
            values=values,
        )
    for page in {page.pk: page for page in people.values()}.values():
        count = sum(each.pk == page.pk for each in people.values())
        trail.record("page.told", by=by, at=at, subject=page, thread_id=thread_id, facts={"count": count})
    return len(people)
