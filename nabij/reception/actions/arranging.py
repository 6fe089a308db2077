"""Opening and closing a place, group talks, and agreeing on our presence."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.on_call.policies import can_lead
from nabij.reception.content import talk_topics
from nabij.reception.models import GroupTalk, Party, Presence, ReceptionPlace
from nabij.reception.policies import can_receive

NOT_YOURS = "Bij deze opvang werkt u niet."


@transaction.atomic
def open_place(
    incident: Incident, name: str, capacity: int | None, *, by: Actor, at: datetime
) -> ReceptionPlace:
    """People are received here from now on; ValidationError when the incident is closed."""
    if by.id is None or not can_receive(by, incident, at):
        raise PermissionDenied(NOT_YOURS)
    if not incident.is_open:
        raise ValidationError("Deze gebeurtenis is afgesloten.")
    place = ReceptionPlace.objects.create(
        incident=incident, name=name, capacity=capacity, opened_at=at, opened_by=by.id
    )
    trail.record("reception.opened", by=by, at=at, subject=place, thread_id=incident.pk)
    return place


@transaction.atomic
def close_place(place: ReceptionPlace, *, by: Actor, at: datetime) -> ReceptionPlace:
    """Nobody is received here any more; closed twice it stays as it was."""
    held = ReceptionPlace.objects.select_for_update(of=("self",)).select_related("incident").get(pk=place.pk)
    if not can_receive(by, held.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if held.closed_at is None:
        held.closed_at = at
        held.save(update_fields=["closed_at"])
        trail.record("reception.closed", by=by, at=at, subject=held, thread_id=held.incident_id)
    return held


@transaction.atomic
def write_talk(
    place: ReceptionPlace, *, people: int, leaders: int, topics: list[str], by: Actor, at: datetime
) -> GroupTalk:
    """A talk with a group was held: how many people, how many of us, about what."""
    if by.id is None or not can_receive(by, place.incident, at):
        raise PermissionDenied(NOT_YOURS)
    talk = GroupTalk.objects.create(
        place=place, held_at=at, people=people, leaders=leaders, written_by=by.id,
        topics=[code for code in topics if code in talk_topics()],
    )  # fmt: skip
    facts: dict[str, trail.Fact] = {"people": people}
    trail.record("reception.talk", by=by, at=at, subject=talk, thread_id=place.incident_id, facts=facts)
    return talk


@transaction.atomic
def agree_presence(
    incident: Incident,
    party: Party,
    *,
    where: str,
    starts_at: datetime,
    ends_at: datetime,
    staff: int,
    by: Actor,
    at: datetime,
) -> Presence:
    """We are there, agreed with this party; source: brochure L228-230."""
    if by.id is None or not can_lead(by, incident, at):
        raise PermissionDenied("Alleen wie de leiding heeft, maakt deze afspraak.")
    presence = Presence.objects.create(
        incident=incident, party=party, where=where, starts_at=starts_at, ends_at=ends_at, staff=staff,
        agreed_at=at, agreed_by=by.id,
    )  # fmt: skip
    facts: dict[str, trail.Fact] = {"party": party.value, "staff": staff}
    trail.record("presence.agreed", by=by, at=at, subject=presence, thread_id=incident.pk, facts=facts)
    return presence
