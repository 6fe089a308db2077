"""Who of us knows a partner, and which role they speak to there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.partners.actions.holding import held_partner, member_of
from nabij.partners.models import PartnerLink, RegionPartner
from nabij.partners.queries import candidates_for


@dataclass(frozen=True)
class Known:
    """Both sides: who of us by which number, and which role of them by which number."""

    owner_id: UUID
    our_phone: str = ""
    their_function: str = ""
    their_phone: str = ""


@transaction.atomic
def know_partner(partner: RegionPartner, known: Known, *, by: Actor, at: datetime) -> PartnerLink:
    """Name the contact persons of both sides. Source: brochure L416-421.

    ValidationError for somebody of another organisation or team, and for a volunteer.
    """
    held = held_partner(partner, by=by)
    owner = candidates_for(by, at).filter(pk=known.owner_id).first()
    if owner is None:
        raise ValidationError({"owner": _("Kies een collega uit de lijst.")})
    link, _is_new = PartnerLink.objects.update_or_create(
        partner=held,
        organisation_id=owner.organisation_id,
        defaults={
            "owner": owner,
            "our_phone": known.our_phone,
            "their_function": known.their_function,
            "their_phone": known.their_phone,
            "since_at": at,
        },
    )
    trail.record("partner.known", by=by, at=at, subject=held)
    return link


@transaction.atomic
def take_partner(partner: RegionPartner, *, by: Actor, at: datetime) -> PartnerLink:
    """I am the contact person from now on; who is already and works here keeps it.

    ValidationError when a colleague was first.
    """
    held = held_partner(partner, by=by)
    me = member_of(by)
    link = PartnerLink.objects.filter(partner=held, organisation_id=me.organisation_id).first()
    others = Membership.objects.current(at).exclude(pk=me.pk)
    if link is not None and others.filter(pk=link.owner_id).exists():
        raise ValidationError(_("Een collega is al contactpersoon."))
    link, _is_new = PartnerLink.objects.update_or_create(
        partner=held,
        organisation_id=me.organisation_id,
        defaults={"owner": me, "since_at": at},
    )
    trail.record("partner.known", by=by, at=at, subject=held)
    return link
