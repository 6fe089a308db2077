"""The alarm button: control room and coordinators at once, until somebody who leads ends it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.on_call.models import Deployment
from nabij.on_call.words import message_values
from nabij.on_scene.models import Alarm, Ending
from nabij.on_scene.policies import can_end_alarm, can_raise_alarm
from nabij.on_scene.queries import open_alarm_of
from nabij.paging.actions import stand_down, start_page
from nabij.paging.models import Ask

ALARM = "alarm"


@transaction.atomic
def raise_alarm(deployment: Deployment, *, by: Actor, at: datetime) -> Alarm:
    """Help is needed at once; pressed twice is one alarm, pressed after it ended is a new one."""
    locked = Deployment.objects.select_for_update(of=("self",)).select_related("incident", "ask__page")
    held = locked.get(pk=deployment.pk)
    if not can_raise_alarm(by, held, at):
        raise PermissionDenied("Alarm slaan kan alleen wie onderweg of ter plaatse is. Bel 112.")
    found = open_alarm_of(held)
    if found is not None:
        return found
    alarm = Alarm(deployment=held, raised_at=at)
    alarm.page = start_page(
        ALARM, subject_id=alarm.pk, thread_id=held.incident_id, team_id=held.ask.page.team_id, needed=1,
        exercise=held.ask.page.is_exercise, by=by, at=at, values=message_values(held.incident),
    )  # fmt: skip
    alarm.save()
    _record("alarm.raised", alarm, by, at)
    return alarm


@transaction.atomic
def end_alarm(alarm: Alarm, ending: Ending, *, by: Actor, at: datetime) -> Alarm:
    """Somebody who leads knows how it ended; ended twice it stays as it was said first."""
    held = Alarm.objects.select_for_update(of=("self",)).select_related("deployment__incident", "page")
    row = held.get(pk=alarm.pk)
    if not can_end_alarm(by, row, at):
        raise PermissionDenied("Deze noodmelding kunt u niet beëindigen.")
    if row.ended_at is not None:
        return row
    row.ended_at, row.ended_by, row.ending = at, by.id, ending
    row.save(update_fields=["ended_at", "ended_by", "ending"])
    if row.page is not None and not row.page.is_closed:
        stand_down(row.page, by=SYSTEM, at=at)
    _record("alarm.ended", row, by, at)
    return row


def answer_alarm(ask: Ask, *, by: Actor, at: datetime) -> None:
    """Somebody gets help: it stands in the timeline, and the alarm stays until it is ended."""
    alarm = Alarm.objects.select_related("deployment").filter(pk=ask.page.subject_id).first()
    if alarm is not None:
        _record("alarm.taken", alarm, by, at)


def _record(verb: str, alarm: Alarm, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"membership": str(alarm.deployment.membership_id)}
    trail.record(verb, by=by, at=at, subject=alarm, thread_id=alarm.deployment.incident_id, facts=facts)
