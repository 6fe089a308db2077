"""Links to earlier incidents at the same place."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident, RepeatLink
from nabij.incidents.policies import can_link_earlier, can_see
from nabij.incidents.queries.places import same_place_before
from nabij.incidents.refusals import Refused


@transaction.atomic
def link_earlier(incident: Incident, earlier: Incident, *, by: Actor, at: datetime) -> RepeatLink:
    """Say that `incident` is a repeat of `earlier`; linking twice gives the first link. Raises Refused."""
    if not can_link_earlier(by, incident, at) or not can_see(by, earlier, at):
        raise PermissionDenied("U kunt deze gebeurtenissen niet koppelen.")
    if earlier.pk == incident.pk:
        raise Refused("Een gebeurtenis kan geen herhaling van zichzelf zijn.")
    if earlier.happened_at > incident.happened_at:
        raise Refused("De eerdere gebeurtenis moet vóór deze liggen.")
    if earlier.is_exercise != incident.is_exercise:
        raise Refused("Een oefening en een echte gebeurtenis worden niet gekoppeld.")
    return _link(incident, earlier, by=by, at=at)


@transaction.atomic
def unlink_earlier(incident: Incident, earlier: Incident, *, by: Actor, at: datetime) -> bool:
    """Take a repeat back; False when there was none."""
    if not can_link_earlier(by, incident, at):
        raise PermissionDenied("U kunt deze koppeling niet weghalen.")
    removed, _ = RepeatLink.objects.filter(incident=incident, earlier=earlier).delete()
    if removed:
        facts: dict[str, trail.Fact] = {"earlier": str(earlier.pk)}
        trail.record("incident.unlinked", by=by, at=at, subject=incident, thread_id=incident.pk, facts=facts)
    return bool(removed)


def link_repeats(incident: Incident, *, by: Actor, at: datetime) -> None:
    """Link a new incident to the last one in the same place, so that the room says "herhaling" at once."""
    earlier = same_place_before(incident).first()
    if earlier is not None:
        _link(incident, earlier, by=by, at=at)


def _link(incident: Incident, earlier: Incident, *, by: Actor, at: datetime) -> RepeatLink:
    link, is_new = RepeatLink.objects.get_or_create(
        incident=incident,
        earlier=earlier,
        defaults={"linked_at": at, "linked_by_id": by.id},
    )
    if is_new:
        facts: dict[str, trail.Fact] = {"earlier": str(earlier.pk)}
        trail.record("incident.linked", by=by, at=at, subject=incident, thread_id=incident.pk, facts=facts)
    return link
