"""Who is in, who lets people in and shows them out, and who looks after what stands inside."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.models import AdviceCentre, CentreStatus
from nabij.closed_part.models import ALLOWED, AgeClass, Verification, VerificationState
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see as can_see_incident
from nabij.people.models import Registration, RegistrationState
from nabij.people.policies import registrations_visible_to, shows_counts

YOUNG = {"0-11": AgeClass.CHILD, "12-15": AgeClass.YOUTH}
CAN_BE_READ = Q(status=CentreStatus.LIVE, commission__wants_closed_part=True)
HAS_CLOSED_PART = CAN_BE_READ & Q(archived_at=None)  # one that lets people in


def age_class_of(age_group: str) -> str:
    """Who decides at this age, as told when registering; empty for who did not tell."""
    return YOUNG.get(age_group, AgeClass.OLDER) if age_group else ""


def wants_in() -> Q:
    """Registrations that count here: they stand, and asked for the closed part."""
    return Q(state=RegistrationState.NEW, wants_closed_part=True)


def entries_visible_to(actor: Actor, at: datetime) -> Q:
    """The verification by which this person is in now; looked at on every request, so an end works at once.

    Verified, the registration stands and still wants it, the centre is live with a closed part (once archived
    who is in goes on reading), and for who is younger than 16 a guardian said yes. Who acts for somebody is
    never in.
    """
    if actor.kind != ActorKind.HELPED_PERSON:
        return Q(pk__in=[])
    centres = AdviceCentre.objects.filter(CAN_BE_READ)
    is_old_enough = Q(age_class=AgeClass.OLDER) & ~Q(registration__age_group__in=YOUNG)
    return (is_old_enough | Q(guardian_said_yes_at__isnull=False)) & Q(
        state=VerificationState.VERIFIED,
        registration__person_id=actor.id,
        registration__state=RegistrationState.NEW,
        registration__wants_closed_part=True,
        registration__incident_id__in=centres.values("incident_id"),
    )


def verifications_visible_to(actor: Actor, at: datetime) -> Q:
    """Verifications of the registrations that a grant opens to a registrar."""
    if not actor.may(Permission.SEE_REGISTRATIONS):
        return Q(pk__in=[])
    rows = Registration.objects.filter(registrations_visible_to(actor, at))
    return Q(registration__in=rows.values("pk"))


def works_at_door(actor: Actor) -> bool:
    """Who verifies at all; whom, the grants decide."""
    return actor.may(Permission.SEE_REGISTRATIONS)


def shows_panel(actor: Actor, incident: Incident) -> bool:
    """Whether counts stand in the room of an incident that one sees: where there is a closed part."""
    centres = AdviceCentre.objects.filter(incident=incident, commission__wants_closed_part=True)
    return shows_counts(actor, incident) and centres.exists()


def is_own(actor: Actor, registration: Registration) -> bool:
    """The person who registered."""
    return actor.kind == ActorKind.HELPED_PERSON and actor.id == registration.person_id


def can_verify(actor: Actor, registration: Registration, at: datetime) -> bool:
    """Call back, propose, refuse: a registrar to whom this registration is open, while it asks for entry."""
    if not actor.may(Permission.SEE_REGISTRATIONS):
        return False
    rows = Registration.objects.filter(registrations_visible_to(actor, at), wants_in())
    return rows.filter(pk=registration.pk).exists()


def can_confirm(actor: Actor, verification: Verification, at: datetime) -> bool:
    """The second of two people: the leader of the registrars, and never who proposed it."""
    return (
        actor.may(Permission.LEAD_REGISTRATIONS)
        and verification.is_proposed
        and verification.proposed_by_id != actor.user_id
        and can_verify(actor, verification.registration, at)
    )


def can_expel(actor: Actor, verification: Verification, at: datetime) -> bool:
    """The leader of the registrars, as long as somebody is in."""
    return (
        actor.may(Permission.LEAD_REGISTRATIONS)
        and verification.state == VerificationState.VERIFIED
        and can_see(actor, verification, at)
    )


def can_reconsider(actor: Actor, verification: Verification, at: datetime) -> bool:
    """The leader looks again at who was refused or expelled."""
    return (
        actor.may(Permission.LEAD_REGISTRATIONS)
        and verification.state == VerificationState.REFUSED
        and VerificationState.PENDING in ALLOWED[verification.state]
        and can_see(actor, verification, at)
    )


def can_see(actor: Actor, verification: Verification, at: datetime) -> bool:
    """Whether this verification exists for a registrar."""
    rows = Verification.objects.filter(verifications_visible_to(actor, at))
    return rows.filter(pk=verification.pk).exists()


def can_lead(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Code lists, contact persons and meetings: the leader of the registrars, for incidents that one sees."""
    return actor.may(Permission.LEAD_REGISTRATIONS) and can_see_incident(actor, incident, at)
