"""Who may see a person (grants and nothing else), and who may change or withdraw a registration."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see as can_see_incident
from nabij.incidents.policies import visible_to as incident_visible_to
from nabij.people.models import ALLOWED, AccessGrant, Person, Registration, RegistrationState

REGISTRATIONS = "registrations"


def running_at(at: datetime) -> Q:
    """Grants that hold at this moment."""
    return Q(starts_at__lte=at) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def visible_to(actor: Actor, at: datetime) -> Q:
    """Persons whom a running grant opens to this actor, and oneself; nothing else opens anybody."""
    if actor.kind == ActorKind.HELPED_PERSON:
        return Q(pk=actor.id)
    if actor.kind != ActorKind.MEMBERSHIP:
        return Q(pk__in=[])
    opened = opened_to(actor, at).values("pk")
    registered = Registration.objects.filter(person_id=OuterRef("pk"), incident_id__in=opened)
    return Q(pk__in=grants_to(actor, at).values("person_id")) | Q(Exists(registered))


def opened_to(actor: Actor, at: datetime) -> QuerySet[Incident]:
    """Incidents of which a running grant opens everybody who registered to this member of staff."""
    if actor.kind != ActorKind.MEMBERSHIP:
        return Incident.objects.none()
    mine = AccessGrant.objects.filter(running_at(at), grantee_id=actor.id)
    incidents = Q(pk__in=mine.filter(incident__isnull=False).values("incident_id"))
    if actor.may(Permission.SEE_REGISTRATIONS):
        to_role = AccessGrant.objects.filter(running_at(at), grantee_role=actor.role, incident__isnull=False)
        incidents |= Q(pk__in=to_role.values("incident_id")) & incident_visible_to(actor, at)
    return Incident.objects.filter(incidents)


def grants_to(actor: Actor, at: datetime, scope: str = "") -> QuerySet[AccessGrant]:
    """Running grants that open one person: to this actor, or to the actor's role in the actor's team."""
    to_me = Q(grantee_id=actor.id)
    if actor.team_id is not None:
        to_me |= Q(team_id=actor.team_id, grantee_role=actor.role)
    found = AccessGrant.objects.filter(to_me, running_at(at), person__isnull=False)
    return found.filter(scope=scope) if scope else found


def registrations_visible_to(actor: Actor, at: datetime) -> Q:
    """Registrations of persons whom the actor may see."""
    return Q(person_id__in=Person.objects.filter(visible_to(actor, at)).values("pk"))


def can_count(actor: Actor, incident: Incident, at: datetime) -> bool:
    """How many registered: for who works on the incident; counts only, never names."""
    return actor.may(Permission.SEE_REGISTRATION_COUNTS) and can_see_incident(actor, incident, at)


def can_list(actor: Actor) -> bool:
    """Open lists of registrations at all; which persons stand in them, the grants decide."""
    return actor.may(Permission.SEE_REGISTRATIONS)


def can_believe(actor: Actor, registration: Registration, at: datetime) -> bool:
    """Decide that a person sent what looked like a program's: a registrar who sees it."""
    seen = Registration.objects.filter(registrations_visible_to(actor, at), pk=registration.pk)
    return can_list(actor) and seen.exists()


def can_change(actor: Actor, registration: Registration, at: datetime) -> bool:
    """Only the person themself, as long as it is neither withdrawn nor folded away under another."""
    is_own = actor.kind == ActorKind.HELPED_PERSON and actor.id == registration.person_id
    return is_own and registration.state not in (RegistrationState.WITHDRAWN, RegistrationState.MERGED)


def can_withdraw(actor: Actor, registration: Registration, at: datetime) -> bool:
    """Only the person themself, and only once."""
    is_own = actor.kind == ActorKind.HELPED_PERSON and actor.id == registration.person_id
    return is_own and RegistrationState.WITHDRAWN in ALLOWED[registration.state]


def shows_counts(actor: Actor, incident: Incident) -> bool:
    """Whether the panel with counts stands on the page of an incident that this actor already sees."""
    return actor.may(Permission.SEE_REGISTRATION_COUNTS)
