"""Whose protocols somebody sees, writes and agrees with."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.protocols.lists import codes, platform_kind
from nabij.protocols.models import OPEN, State, Version

READERS = (Permission.WRITE_PROTOCOL, Permission.APPROVE_PROTOCOL, Permission.RUN_AFTERCARE)
NOBODY = Q(pk__in=[])


def can_read(actor: Actor) -> bool:
    """Whether this role has to do with protocols at all."""
    return any(actor.may(each) for each in READERS)


def is_writer(actor: Actor) -> bool:
    """Municipality and victim support write protocols."""
    return actor.may(Permission.WRITE_PROTOCOL)


def is_approver(actor: Actor) -> bool:
    """Whose role may say yes or no for their organisation."""
    return actor.may(Permission.APPROVE_PROTOCOL)


def organisations_visible_to(actor: Actor, at: datetime) -> Q:
    """The municipalities whose protocols somebody sees: the own one, or those in the area of their team."""
    if not can_read(actor):
        return NOBODY
    municipalities = Q(kind=OrganisationKind.MUNICIPALITY)
    if actor.organisation_kind == OrganisationKind.MUNICIPALITY:
        return municipalities & Q(pk=actor.organisation_id)
    if actor.municipality_codes is None:
        return municipalities
    return municipalities & Q(municipality_id__in=actor.municipality_codes)


def versions_visible_to(actor: Actor, at: datetime) -> Q:
    """Versions of those municipalities; a draft that was not sent yet only for who writes."""
    area = Q(protocol__organisation__in=Organisation.objects.filter(organisations_visible_to(actor, at)))
    return area if is_writer(actor) else area & ~Q(state__in=[State.DRAFT, State.DROPPED])


def can_write_for(actor: Actor, organisation: Organisation, at: datetime) -> bool:
    """Who writes for this municipality: its own officers, and the victim-support team that serves it."""
    return is_writer(actor) and _is_in_area(actor, organisation)


def can_change(actor: Actor, version: Version, at: datetime) -> bool:
    """A draft, by who writes for this municipality."""
    return version.state == State.DRAFT and can_write_for(actor, version.protocol.organisation, at)


def can_withdraw(actor: Actor, version: Version, at: datetime) -> bool:
    """What was sent and is not decided yet goes back to draft, by who writes for this municipality."""
    return version.state == State.SENT and can_write_for(actor, version.protocol.organisation, at)


def can_renew(actor: Actor, version: Version, at: datetime) -> bool:
    """A new draft is made from any version that is not itself a draft on the way."""
    return version.state not in OPEN and can_write_for(actor, version.protocol.organisation, at)


def party_of(actor: Actor, organisation: Organisation) -> str | None:
    """For which party somebody may say yes about this municipality; None when for none."""
    if not is_approver(actor) or not _is_in_area(actor, organisation):
        return None
    return next((each for each in codes("org") if platform_kind(each) == actor.organisation_kind), None)


def can_approve(actor: Actor, version: Version, at: datetime) -> bool:
    """A party named in the plan, once it was sent; who wrote it may do so too, and the record tells it."""
    party = party_of(actor, version.protocol.organisation)
    return version.state == State.SENT and party in version.whole_plan.approved_by


def _is_in_area(actor: Actor, organisation: Organisation) -> bool:
    """The own municipality, or one in the area of one's team or region."""
    if actor.organisation_kind == OrganisationKind.MUNICIPALITY:
        return actor.organisation_id == organisation.pk
    return actor.covers(str(organisation.municipality_id))
