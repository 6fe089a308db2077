"""A partner of a region is added, its numbers change, or somebody looked whether they still work."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nabij.advice import content as advice
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.partners.actions.holding import held_partner, member_of, refuse_outside
from nabij.partners.models import PartnerLink, RegionPartner
from nabij.partners.queries import regions_for

MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class Reached:
    """A partner as a form hands it over: who it is, and by which roles and numbers it is reached."""

    kind: str
    name: str
    day_phone: str = ""
    day_function: str = ""
    night_phone: str = ""
    night_function: str = ""
    municipality_id: str | None = None


@transaction.atomic
def keep_partner(region_code: str, reached: Reached, *, by: Actor, at: datetime) -> RegionPartner:
    """Add a partner to a region; who adds it is its contact person until another is named.

    PermissionDenied outside the own area; ValidationError without a number, for an unknown kind, and when
    it is there already.
    """
    refuse_outside(by, regions_for(by).filter(pk=region_code).exists())
    _look_at(reached)
    keeper = member_of(by)
    try:
        with transaction.atomic():
            partner = RegionPartner.objects.create(
                safety_region_id=region_code,
                checked_on=local(at).date(),
                checked_by=keeper,
                **asdict(reached),
            )
    except IntegrityError:
        raise ValidationError({"name": _("Deze partner staat er al.")}) from None
    PartnerLink.objects.create(
        partner=partner, organisation_id=keeper.organisation_id, owner=keeper, since_at=at
    )
    trail.record("partner.kept", by=by, at=at, subject=partner, facts={"kind": reached.kind})
    return partner


@transaction.atomic
def change_partner(partner: RegionPartner, reached: Reached, *, by: Actor, at: datetime) -> RegionPartner:
    """Change who a partner is or how it is reached; its numbers then count as looked at."""
    held = held_partner(partner, by=by)
    _look_at(reached)
    for name, value in asdict(reached).items():
        setattr(held, name, value)
    _check(held, by, at)
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError:
        raise ValidationError({"name": _("Deze partner staat er al.")}) from None
    trail.record("partner.changed", by=by, at=at, subject=held)
    return held


@transaction.atomic
def check_numbers(partner: RegionPartner, *, by: Actor, at: datetime) -> RegionPartner:
    """Somebody called: the numbers still work."""
    held = held_partner(partner, by=by)
    _check(held, by, at)
    held.save(update_fields=["checked_on", "checked_by"])
    trail.record("partner.checked", by=by, at=at, subject=held)
    return held


def _check(held: RegionPartner, by: Actor, at: datetime) -> None:
    held.checked_on, held.checked_by = local(at).date(), member_of(by)


def _look_at(reached: Reached) -> None:
    if reached.kind not in advice.partners():
        raise ValidationError({"kind": _("Kies een soort partner uit de lijst.")})
    if not reached.day_phone and not reached.night_phone:
        raise ValidationError({"night_phone": _("Vul een nummer in. Zonder nummer is niemand bereikbaar.")})
    if reached.municipality_id and reached.kind != MUNICIPALITY:
        raise ValidationError({"municipality": _("Laat dit leeg: deze partner is geen gemeente.")})
