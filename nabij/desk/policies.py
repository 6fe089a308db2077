"""Who works at the desk: who registers others, who sees which need, and who may do what with it."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.accounts.roles import Permission, Role
from nabij.audit.actor import Actor, ActorKind
from nabij.desk.models import LIVE, DeskQuestion, Need
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see as can_see_incident
from nabij.incidents.policies import visible_to as incidents_visible_to
from nabij.people.models import Registration
from nabij.people.policies import registrations_visible_to

OWNING = (
    Role.IAC_REGISTRAR, Role.IAC_REGISTRAR_LEAD, Role.VOLUNTEER, Role.PAID_WORKER, Role.CASE_MANAGER,
)  # fmt: skip


def works_at_desk(actor: Actor) -> bool:
    """Registrars and their lead; at which events, `can_work` says."""
    return actor.kind == ActorKind.MEMBERSHIP and actor.may(Permission.SEE_REGISTRATIONS)


def may_hold_needs(actor: Actor) -> bool:
    """Who can have a need on their hands: the desk, helpers, and a chief editor who answered a call."""
    holds = actor.may(Permission.HELP_PEOPLE) or actor.may(Permission.PUBLISH_CENTRE)
    return works_at_desk(actor) or (actor.kind == ActorKind.MEMBERSHIP and holds)


def leads_desk(actor: Actor) -> bool:
    """The lead of the registrars."""
    return works_at_desk(actor) and actor.may(Permission.LEAD_REGISTRATIONS)


def can_work(actor: Actor, incident: Incident, at: datetime) -> bool:
    """The desk of this event, for who works at desks in its area."""
    return works_at_desk(actor) and can_see_incident(actor, incident, at)


def can_register(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Write down somebody who phones or gave a paper form, as long as the event is open."""
    return incident.is_open and can_work(actor, incident, at)


def can_lead(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Divide the work of this desk."""
    return leads_desk(actor) and can_see_incident(actor, incident, at)


def needs_visible_to(actor: Actor, at: datetime) -> Q:
    """Needs of registrations that a grant opens, and those on one's own hands: there without a name."""
    if actor.kind != ActorKind.MEMBERSHIP:
        return Q(pk__in=[])
    seen = Registration.objects.filter(registrations_visible_to(actor, at))
    return Q(registration__in=seen.values("pk")) | Q(owner_id=actor.id, state__in=LIVE)


def _sees(actor: Actor, need: Need, at: datetime) -> bool:
    return Need.objects.filter(needs_visible_to(actor, at), pk=need.pk).exists()


def can_take(actor: Actor, need: Need, at: datetime) -> bool:
    """Who works at the desk takes a need that they see."""
    return works_at_desk(actor) and _sees(actor, need, at)


def can_work_on(actor: Actor, need: Need, at: datetime) -> bool:
    """Its owner, and the lead; passing it on, ending it, giving it back."""
    is_own = need.owner_id is not None and need.owner_id == actor.id
    return (is_own or leads_desk(actor)) and _sees(actor, need, at)


def can_own(membership: Membership, need: Need, at: datetime) -> bool:
    """To whom a need can be given: registrars and helpers of the area of the event, who still work here."""
    return Membership.objects.filter(owners_of(need.incident, at), pk=membership.pk).exists()


def owners_of(incident: Incident, at: datetime) -> Q:
    """Registrars and helpers of victim support in the teams of the event."""
    teams = incident.municipalities.values("safety_region__team_id")
    now = (Q(ends_at__isnull=True) | Q(ends_at__gt=at)) & Q(starts_at__lte=at, user__is_active=True)
    return now & Q(role__in=OWNING) & (Q(team_id__in=teams) | Q(is_national=True))


def questions_visible_to(actor: Actor, at: datetime) -> Q:
    """Questions at the desks of events that the actor sees, for who works there."""
    if not works_at_desk(actor):
        return Q(pk__in=[])
    return Q(incident__in=Incident.objects.filter(incidents_visible_to(actor, at)).values("pk"))


def can_answer(actor: Actor, question: DeskQuestion, at: datetime) -> bool:
    """Who works at the desk of this event."""
    return can_work(actor, question.incident, at)
