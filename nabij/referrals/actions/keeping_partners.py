"""Where the partners of a team are reached: kept by its leader, with the moment it was checked."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify.addresses import normal_email, normal_phone
from nabij.referrals import content
from nabij.referrals.models import PartnerAddress
from nabij.referrals.policies import can_keep_partners


@transaction.atomic
def keep_partner(key: str, email: str, phone: str, *, by: Actor, at: datetime) -> PartnerAddress:
    """Write down or check again where this partner is reached for one's own team.

    ValidationError for an unknown partner, and for an address or number that cannot be one.
    """
    if not can_keep_partners(by) or by.team_id is None:
        raise PermissionDenied("Adressen van partners houdt de teamleider bij.")
    if key not in content.partners():
        raise ValidationError("Kies een partner.")
    address, number = normal_email(email), normal_phone(phone) if phone else ""
    if address is None:
        raise ValidationError({"email": "Dit is geen e-mailadres."})
    if number is None:
        raise ValidationError({"phone": "Dit is geen telefoonnummer."})
    team: UUID = by.team_id
    row, _ = PartnerAddress.objects.update_or_create(
        team_id=team,
        partner=key,
        defaults={"email": address, "phone": number, "checked_at": at, "checked_by": by.id},
    )
    trail.record("partner.checked", by=by, at=at, subject=row, facts={"partner": key})
    return row
