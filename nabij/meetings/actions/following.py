"""What was promised at a meeting: by whom, by which day, and that it was done."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.meetings.actions.holding import held_meeting, holder, known_owner, nameless, record
from nabij.meetings.models import FollowUp, Meeting


@transaction.atomic
def promise_follow_up(
    meeting: Meeting, what: str, owner: str, due_on: date, *, by: Actor, at: datetime
) -> FollowUp:
    """Write down what was promised, who does it and by which day.

    ValidationError for a name or a house number, for an unknown owner, and for a day that is past.
    """
    held = held_meeting(meeting.pk)
    promiser = holder(held, by, at)
    known_owner(owner)
    nameless(what=what)
    if due_on < local(at).date():
        raise ValidationError({"due_on": _("Deze dag is voorbij. Kies een latere dag.")})
    row = FollowUp.objects.create(
        meeting=held, what=what.strip(), owner=owner, due_on=due_on, promised_at=at, promised_by=promiser
    )
    record("meeting.promised", held, by=by, at=at, owner=owner)
    return row


@transaction.atomic
def keep_promise(follow_up: FollowUp, *, by: Actor, at: datetime) -> FollowUp:
    """What was promised is done; said twice the first moment stays."""
    meeting = held_meeting(follow_up.meeting_id)
    keeper = holder(meeting, by, at)
    row = FollowUp.objects.get(Q(pk=follow_up.pk))
    if row.done_at is None:
        row.done_at, row.done_by = at, keeper
        row.save(update_fields=["done_at", "done_by"])
        record("meeting.kept", meeting, by=by, at=at, owner=row.owner)
    return row
