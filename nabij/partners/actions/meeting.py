"""Moments together with partners: a talk, a network meeting, an exercise, an evaluation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.partners.actions.holding import member_of, refuse_outside
from nabij.partners.content import meeting_kinds
from nabij.partners.models import PartnerMeeting
from nabij.partners.queries import partners_for


@dataclass(frozen=True)
class Met:
    """What kind of moment, on which day, and what it was or will be about."""

    kind: str
    held_on: date
    subject: str = ""


@transaction.atomic
def meet_partners(partners: Iterable[UUID], met: Met, *, by: Actor, at: datetime) -> PartnerMeeting:
    """Write down a moment together; a day to come is one that was planned.

    PermissionDenied for a partner outside the area; ValidationError for none, and for an unknown kind.
    """
    wanted = set(partners)
    found = list(partners_for(by).filter(pk__in=wanted))
    refuse_outside(by, len(found) == len(wanted))
    if not found:
        raise ValidationError({"partners": _("Kies met wie u sprak of spreekt.")})
    if met.kind not in dict(meeting_kinds()):
        raise ValidationError({"kind": _("Kies wat het was uit de lijst.")})
    writer = member_of(by)
    meeting = PartnerMeeting.objects.create(
        organisation_id=writer.organisation_id,
        kind=met.kind,
        held_on=met.held_on,
        subject=met.subject,
        written_by=writer,
    )
    meeting.partners.set(found)
    trail.record("partner.met", by=by, at=at, subject=meeting, facts={"partners": len(found)})
    return meeting
