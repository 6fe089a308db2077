"""Who makes exports, who is named to collect them, and who confirms that lines were deleted."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from nabij.accounts.models import Membership, OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.disclosures import content
from nabij.disclosures.models import NamedReceiver, Withdrawal
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see as can_see_incident
from nabij.incidents.policies import visible_to as incidents_visible_to
from nabij.people.models import Receiver


def leads_disclosures(actor: Actor) -> bool:
    """The lead of the registrars."""
    return actor.kind == ActorKind.MEMBERSHIP and actor.may(Permission.LEAD_REGISTRATIONS)


def may_receive(actor: Actor) -> bool:
    """Members of the kinds of organisations that can be a receiver; which exports, `visible_to` says."""
    kinds = {content.organisation_kind_of(each) for each in Receiver.values}
    return actor.kind == ActorKind.MEMBERSHIP and actor.organisation_kind in kinds


def can_disclose(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Make exports of this event and name who may collect them; the system makes them again."""
    if actor.kind == ActorKind.SYSTEM:
        return True
    return leads_disclosures(actor) and can_see_incident(actor, incident, at)


def visible_to(actor: Actor, at: datetime) -> Q:
    """Exports of the events that one leads, and those for which one is named oneself."""
    if actor.kind != ActorKind.MEMBERSHIP:
        return Q(pk__in=[])
    named = NamedReceiver.objects.filter(
        Q(membership_id=actor.id), incident=OuterRef("incident"), receiver=OuterRef("receiver"), ended_at=None
    )
    seen = Q(Exists(named))
    if leads_disclosures(actor):
        seen |= Q(incident__in=Incident.objects.filter(incidents_visible_to(actor, at)).values("pk"))
    return seen


def withdrawals_visible_to(actor: Actor, at: datetime) -> Q:
    """Requests to delete that one got oneself, and those of the events that one leads."""
    if actor.kind != ActorKind.MEMBERSHIP:
        return Q(pk__in=[])
    seen = Q(membership_id=actor.id)
    if leads_disclosures(actor):
        seen |= Q(incident__in=Incident.objects.filter(incidents_visible_to(actor, at)).values("pk"))
    return seen


def can_confirm(actor: Actor, withdrawal: Withdrawal, at: datetime) -> bool:
    """Who got it; and the lead, who heard it on the phone."""
    return Withdrawal.objects.filter(withdrawals_visible_to(actor, at), pk=withdrawal.pk).exists()


def fits(membership: Membership, incident: Incident, receiver: str) -> bool:
    """Whether this colleague works for that receiver, at the place of the event."""
    place = membership.organisation
    if place.kind != content.organisation_kind_of(receiver):
        return False
    if place.kind == OrganisationKind.MUNICIPALITY:
        return incident.municipalities.filter(pk=place.municipality_id).exists()
    if place.kind == OrganisationKind.GHOR:
        return incident.municipalities.filter(safety_region=place.safety_region).exists()
    return True
