"""Who acts, and the partner in one hand: two who change it do so one after the other."""

from django.core.exceptions import PermissionDenied

from nabij.accounts.models import Membership
from nabij.audit.actor import Actor
from nabij.partners.models import RegionPartner
from nabij.partners.policies import can_keep
from nabij.partners.queries import partners_for


def refuse_outside(by: Actor, is_inside: bool) -> None:
    """PermissionDenied for who keeps no partners, and outside the own area."""
    if not can_keep(by) or not is_inside:
        raise PermissionDenied("Partners van deze regio houdt u niet bij.")


def held_partner(partner: RegionPartner, *, by: Actor) -> RegionPartner:
    """The partner, held; PermissionDenied for who does not keep it."""
    refuse_outside(by, partners_for(by).filter(pk=partner.pk).exists())
    return RegionPartner.objects.select_for_update().get(pk=partner.pk)


def member_of(by: Actor) -> Membership:
    """The membership that acts."""
    return Membership.objects.get(pk=str(by.id))
