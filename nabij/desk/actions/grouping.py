"""Registrations that belong together, under a letter."""

from datetime import datetime
from itertools import product
from string import ascii_uppercase

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.desk.models import Together, TogetherMember
from nabij.desk.policies import can_work
from nabij.incidents.models import Incident
from nabij.people.models import Registration
from nabij.people.policies import registrations_visible_to
from nabij.people.submissions import as_given

UNKNOWN = "Deze aanmelding kent u niet."


@transaction.atomic
def put_together(registration: Registration, reference: str, *, by: Actor, at: datetime) -> Together:
    """Link this registration and the one with that reference; two groups that meet become one.

    ValidationError when nobody at this event, whom the actor may see, has that reference.
    """
    incident = registration.incident
    seen = Registration.objects.filter(registrations_visible_to(by, at), incident=incident)
    if incident is None or by.id is None or not can_work(by, incident, at):
        raise PermissionDenied(UNKNOWN)
    if not seen.filter(pk=registration.pk).exists():
        raise PermissionDenied(UNKNOWN)
    Incident.objects.select_for_update().get(pk=incident.pk)  # one letter at a time
    other = seen.filter(reference=as_given(reference)).exclude(pk=registration.pk).first()
    if other is None:
        raise ValidationError({"reference": _("Dit kenmerk kennen we niet bij deze gebeurtenis.")})
    members = TogetherMember.objects.filter(registration__in=[registration, other]).select_related("group")
    groups = list({each.group_id: each.group for each in members.order_by("added_at")}.values())
    group = groups[0] if groups else _new_group(incident, at)
    for old in groups[1:]:
        old.members.update(group=group)
        old.delete()
    held = set(group.members.values_list("registration_id", flat=True))
    for each in (registration, other):
        if each.pk not in held:
            TogetherMember.objects.create(group=group, registration=each, added_at=at, added_by=by.id)
    trail.record("registration.together", by=by, at=at, subject=registration, thread_id=incident.pk)
    return group


@transaction.atomic
def take_apart(registration: Registration, *, by: Actor, at: datetime) -> None:
    """This registration no longer belongs to its group; a group of one is no group."""
    seen = Registration.objects.filter(registrations_visible_to(by, at), pk=registration.pk)
    if registration.incident is None or not can_work(by, registration.incident, at) or not seen.exists():
        raise PermissionDenied(UNKNOWN)
    Incident.objects.select_for_update().get(pk=registration.incident.pk)
    member = TogetherMember.objects.select_related("group").filter(registration=registration).first()
    if member is None:
        return
    group = member.group
    member.delete()
    if group.members.count() < 2:
        group.delete()
    trail.record("registration.apart", by=by, at=at, subject=registration, thread_id=registration.incident_id)


def _new_group(incident: Incident, at: datetime) -> Together:
    taken = set(Together.objects.filter(incident=incident).values_list("letter", flat=True))
    letters = ("".join(each) for size in (1, 2, 3) for each in product(ascii_uppercase, repeat=size))
    return Together.objects.create(
        incident=incident, letter=next(each for each in letters if each not in taken), made_at=at
    )
