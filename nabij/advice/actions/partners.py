"""Which partners of the safety region were told of an event."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.advice import content
from nabij.advice.models import PartnerNotice
from nabij.advice.policies import can_confirm_receipt, can_tell_partner
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident


@transaction.atomic
def tell_partner(
    incident: Incident, partner: str, informed_at: datetime, *, by: Actor, at: datetime
) -> PartnerNotice:
    """Write down that a partner was told; told twice, the first moment stays. Source: brochure L419-421.

    ValidationError for a partner that is not on the list, a moment to come, or one before the event.
    """
    if not can_tell_partner(by, incident, at):
        raise PermissionDenied("U kunt hier geen partners inlichten.")
    if partner not in content.partners():
        raise ValidationError({"partner": _("Kies een partner uit de lijst.")})
    if informed_at > at:
        raise ValidationError({"informed_at": _("Dit moment moet nog komen. Kijk de dag en de tijd na.")})
    if informed_at < incident.happened_at:
        raise ValidationError({"informed_at": _("Dit ligt voor de gebeurtenis. Kijk de dag en de tijd na.")})
    notice, is_new = PartnerNotice.objects.get_or_create(
        incident=incident,
        partner=partner,
        defaults={"informed_at": informed_at, "informed_by": Membership.objects.get(Q(pk=by.id))},
    )
    if is_new:
        facts: dict[str, trail.Fact] = {"partner": partner}
        trail.record("partner.told", by=by, at=at, subject=incident, thread_id=incident.pk, facts=facts)
    return notice


@transaction.atomic
def take_back_notice(incident: Incident, partner: str, *, by: Actor, at: datetime) -> bool:
    """It was a mistake: this partner was not told; False when nothing was written down."""
    if not can_tell_partner(by, incident, at):
        raise PermissionDenied("U kunt hier geen partners inlichten.")
    gone, _rows = PartnerNotice.objects.filter(incident=incident, partner=partner).delete()
    if gone:
        facts: dict[str, trail.Fact] = {"partner": partner}
        trail.record("partner.not_told", by=by, at=at, subject=incident, thread_id=incident.pk, facts=facts)
    return bool(gone)


@transaction.atomic
def confirm_receipt(
    incident: Incident, partner: str, received_at: datetime, *, by: Actor, at: datetime
) -> PartnerNotice:
    """The partner says "received", itself or by phone; said twice, the first moment stays.

    ValidationError for a partner that was not told, a moment to come, or one before it was told.
    """
    if not can_confirm_receipt(by, incident, partner, at):
        raise PermissionDenied("U kunt dit niet voor deze partner zeggen.")
    notice = PartnerNotice.objects.select_for_update().filter(incident=incident, partner=partner).first()
    if notice is None:
        raise ValidationError({"partner": _("Deze partner is nog niet ingelicht.")})
    if notice.received_at is not None:
        return notice
    if not notice.informed_at <= received_at <= at:
        raise ValidationError({"informed_at": _("Dit moment kan niet kloppen. Kijk de dag en de tijd na.")})
    notice.received_at = received_at
    notice.received_by = Membership.objects.get(Q(pk=by.id))
    notice.save(update_fields=["received_at", "received_by"])
    facts: dict[str, trail.Fact] = {"partner": partner}
    trail.record("partner.received", by=by, at=at, subject=incident, thread_id=incident.pk, facts=facts)
    return notice
