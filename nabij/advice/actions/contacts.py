"""Naming the fixed contact of a side, and keeping the same people at an event."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.advice.models import DistrictContact, IncidentContact, Side
from nabij.advice.policies import can_name_contact, can_renew_contacts, side_of
from nabij.advice.queries import candidates_for, contacts_of, district_of
from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.incidents.models import Incident
from nabij.incidents.queries.places import same_place_before
from nabij.knowledge.models import District


@transaction.atomic
def name_contact(district: District, membership_id: UUID, *, by: Actor, at: datetime) -> DistrictContact:
    """Name the fixed contact of one's own side; who it was before stays in the history.

    ValidationError for somebody of another organisation or team, and for a volunteer. Brochure L219-220.
    """
    side = side_of(by)
    if side is None or not can_name_contact(by, district, at):
        raise PermissionDenied("Deze wijk ligt buiten uw gebied.")
    who = candidates_for(by, at).filter(pk=membership_id).first()
    if who is None:
        raise ValidationError({"membership": _("Kies een collega uit de lijst.")})
    # the row of the district is held, so that two at once do not name two
    District.objects.select_for_update().get(pk=district.pk)
    now = DistrictContact.objects.filter(district=district, side=side, ends_at__isnull=True)
    held = now.first()
    if held is not None and held.membership_id == who.pk:
        return held
    now.update(ends_at=at)
    contact = DistrictContact.objects.create(
        district=district,
        side=side,
        membership=who,
        starts_at=at,
        named_by=Membership.objects.get(Q(pk=by.id)),
    )
    trail.record("contact.named", by=by, at=at, subject=district, facts={"side": side.value})
    return contact


@transaction.atomic
def keep_contacts(incident: Incident, *, by: Actor, at: datetime) -> list[IncidentContact]:
    """A new event begins with the pair of the last one at this place, otherwise with that of its district.

    What was kept already stays; PermissionDenied for everybody but Nabij itself.
    """
    if by.kind != ActorKind.SYSTEM:
        raise PermissionDenied("De contactpersonen van een nieuwe gebeurtenis zet Nabij zelf.")
    people = {**_of_district(incident, at), **_of_last_event(incident, at)}
    return [_keep(incident, side, who, at) for side, who in people.items()]


@transaction.atomic
def renew_contacts(incident: Incident, *, by: Actor, at: datetime) -> None:
    """From now on the event has the pair that its district has now."""
    if not can_renew_contacts(by, incident, at):
        raise PermissionDenied("U kunt deze contactpersonen niet wijzigen.")
    for side, who in _of_district(incident, at).items():
        IncidentContact.objects.update_or_create(
            incident=incident, side=side, defaults={"membership_id": who, "since_at": at}
        )
    trail.record("contact.renewed", by=by, at=at, subject=incident, thread_id=incident.pk)


def _of_district(incident: Incident, at: datetime) -> dict[Side, UUID]:
    district = district_of(incident)
    lines = contacts_of(district, at) if district else []
    return {line.side: line.membership.pk for line in lines if line.membership}


def _of_last_event(incident: Incident, at: datetime) -> dict[Side, UUID]:
    """Who helped at the last event at this place that had contacts, as far as they still work here."""
    with_pair = IncidentContact.objects.values("incident_id")
    last = same_place_before(incident).filter(pk__in=with_pair).first()
    rows = (
        IncidentContact.objects.filter(incident=last, membership__in=Membership.objects.current(at))
        if last
        else IncidentContact.objects.none()
    )
    return {Side(each.side): each.membership_id for each in rows}


def _keep(incident: Incident, side: Side, who: UUID, at: datetime) -> IncidentContact:
    return IncidentContact.objects.get_or_create(
        incident=incident, side=side, defaults={"membership_id": who, "since_at": at}
    )[0]
