"""Holding the rows that two people may change at once, telling the trail and people, refusing names."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.flyers.forbidden import house_numbers, names
from nabij.incidents.models import Incident
from nabij.meetings.content import owners
from nabij.meetings.models import Meeting, Question
from nabij.meetings.policies import can_hold
from nabij.notify.sending import Rule, send
from nabij.on_call.words import message_values


def held_incident(pk: UUID) -> Incident:
    """The event, locked: what is made under it is made once."""
    return Incident.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def held_meeting(pk: UUID) -> Meeting:
    """The meeting, locked with all that hangs on it."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("incident").get(pk=pk)


def held_question(pk: UUID) -> Question:
    """The question, with its meeting locked; ValidationError when somebody took it away."""
    meeting_id = Question.objects.filter(Q(pk=pk)).values_list("meeting_id", flat=True).first()
    meeting = held_meeting(meeting_id) if meeting_id else None
    question = Question.objects.filter(Q(pk=pk)).first()
    if meeting is None or question is None:
        raise ValidationError(_("Iemand haalde deze vraag weg."))
    question.meeting = meeting
    return question


def holder(meeting: Meeting, by: Actor, at: datetime) -> UUID:
    """Who acts for the municipality that holds this meeting; PermissionDenied for others."""
    if by.id is None or not can_hold(by, meeting.incident, at):
        raise PermissionDenied("Dit doet de gemeente die de bijeenkomst houdt.")
    return by.id


def nameless(**texts: str) -> None:
    """Refuse names and house numbers, under the field in which they stand; what was typed is not repeated."""
    wrong = {
        field: [str(each) for each in [*names(text), *house_numbers(text)][:1]]
        for field, text in texts.items()
        if names(text) or house_numbers(text)
    }
    if wrong:
        raise ValidationError(wrong)


def known_owner(owner: str) -> None:
    """Refuse whoever is not in the list."""
    if owner not in owners():
        raise ValidationError({"owner": _("Kies uit de lijst.")})


def record(verb: str, meeting: Meeting, *, by: Actor, at: datetime, **facts: trail.Fact) -> None:
    """Write in the trail of the event what happened to a meeting."""
    trail.record(verb, by=by, at=at, subject=meeting, thread_id=meeting.incident_id, facts=facts)


def tell(template: str, meeting: Meeting, people: Iterable[UUID], at: datetime) -> None:
    """The same message to each; who no longer works here is left out."""
    link = f"{settings.ENV.base_url}{reverse('meetings:meeting', args=[meeting.pk])}"
    known = Membership.objects.current(at).filter(Q(pk__in=list(people))).order_by("pk")
    for membership_id in known.values_list("pk", flat=True):
        send(
            template, to=membership_id, rule=Rule.STAFF_DUTY, exercise=meeting.incident.is_exercise, at=at,
            about_id=meeting.incident_id, values={**message_values(meeting.incident), "link": link},
        )  # fmt: skip
