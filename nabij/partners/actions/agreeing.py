"""What was agreed with a partner, until when it counts, and looking at it again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.partners.actions.holding import held_partner, member_of
from nabij.partners.models import PartnerAgreement, RegionPartner


@dataclass(frozen=True)
class Agreed:
    """What was agreed, on which day, and on which day both look at it again."""

    title: str
    agreed_on: date
    look_again_on: date


@transaction.atomic
def agree(partner: RegionPartner, agreed: Agreed, *, by: Actor, at: datetime) -> PartnerAgreement:
    """Write down an agreement; ValidationError for a day to come, or a look back before it was made."""
    held = held_partner(partner, by=by)
    writer = member_of(by)
    if agreed.agreed_on > local(at).date():
        raise ValidationError({"agreed_on": _("Deze dag moet nog komen. Kijk de dag na.")})
    _refuse_before(agreed.look_again_on, agreed.agreed_on)
    made = PartnerAgreement.objects.create(
        partner=held,
        organisation_id=writer.organisation_id,
        title=agreed.title,
        agreed_on=agreed.agreed_on,
        look_again_on=agreed.look_again_on,
        written_by=writer,
    )
    trail.record("partner.agreed", by=by, at=at, subject=held)
    return made


@transaction.atomic
def look_again(agreement: PartnerAgreement, next_on: date, *, by: Actor, at: datetime) -> PartnerAgreement:
    """Both looked: it still holds, and on this day they look again; ValidationError for a day not to come."""
    held = _held(agreement, by)
    _refuse_before(next_on, local(at).date())
    held.look_again_on = next_on
    held.save(update_fields=["look_again_on"])
    trail.record("partner.looked_again", by=by, at=at, subject=held.partner)
    return held


@transaction.atomic
def end_agreement(agreement: PartnerAgreement, *, by: Actor, at: datetime) -> PartnerAgreement:
    """The agreement holds no longer; that it was there stays."""
    held = _held(agreement, by)
    if held.ended_at is None:
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        trail.record("partner.agreement_ended", by=by, at=at, subject=held.partner)
    return held


def _held(agreement: PartnerAgreement, by: Actor) -> PartnerAgreement:
    held_partner(agreement.partner, by=by)
    if agreement.organisation_id != by.organisation_id:
        raise PermissionDenied("Deze afspraak is van een andere organisatie.")
    return PartnerAgreement.objects.select_for_update().get(pk=agreement.pk)


def _refuse_before(look_again_on: date, day: date) -> None:
    if look_again_on <= day:
        raise ValidationError({"look_again_on": _("Kies een latere dag om de afspraak weer te bekijken.")})
