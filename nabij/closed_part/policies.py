"""Who is in, who lets people in and shows them out, and who looks after what stands inside."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.models import AdviceCentre, CentreStatus
from nabij.closed_part.models import (
    ALLOWED,
    AgeClass,
    ClosedDocument,
    ClosedMeeting,
    DeskMessage,
    Side,
    Verification,
    VerificationState,
)
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see as can_see_incident
from nabij.people.models import Registration, RegistrationState
from nabij.people.policies import registrations_visible_to

YOUNG = {"0-11": AgeClass.CHILD, "12-15": AgeClass.YOUTH}
HAS_CLOSED_PART = Q(status=CentreStatus.LIVE, commission__wants_closed_part=True)


def age_class_of(age_group: str) -> str:
    """Who decides at this age, as told when registering; empty for who did not tell."""
    return YOUNG.get(age_group, AgeClass.OLDER) if age_group else ""


def wants_in() -> Q:
    """Registrations that count here: they stand, and asked for the closed part."""
    return Q(state=RegistrationState.NEW, wants_closed_part=True)


def entries_visible_to(actor: Actor, at: datetime) -> Q:
    """The verification by which this person is in now; looked at on every request, so an end works at once.

    Verified, the registration stands and still wants it, the centre is live with a closed part, and for who
    is younger than 16 a guardian said yes. Who acts for somebody is never in.
    """
    if actor.kind != ActorKind.HELPED_PERSON:
        return Q(pk__in=[])
    centres = AdviceCentre.objects.filter(HAS_CLOSED_PART)
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
        and _sees(actor, verification, at)
    )


def can_reconsider(actor: Actor, verification: Verification, at: datetime) -> bool:
    """The leader looks again at who was refused or expelled."""
    return (
        actor.may(Permission.LEAD_REGISTRATIONS)
        and verification.state == VerificationState.REFUSED
        and VerificationState.PENDING in ALLOWED[verification.state]
        and _sees(actor, verification, at)
    )


def _sees(actor: Actor, verification: Verification, at: datetime) -> bool:
    rows = Verification.objects.filter(verifications_visible_to(actor, at))
    return rows.filter(pk=verification.pk).exists()


def can_lead(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Code lists, contact persons and meetings: the leader of the registrars, for incidents that one sees."""
    return actor.may(Permission.LEAD_REGISTRATIONS) and can_see_incident(actor, incident, at)


def can_add_paper(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Bring in a document: the leader of the registrars and the editors."""
    may = actor.may(Permission.LEAD_REGISTRATIONS) or actor.may(Permission.EDIT_CENTRE)
    return may and can_see_incident(actor, incident, at)


def can_release_paper(actor: Actor, document: ClosedDocument, at: datetime) -> bool:
    """Let people read it from its moment on: another than who brought it in."""
    may = actor.may(Permission.LEAD_REGISTRATIONS) or actor.may(Permission.APPROVE_CENTRE)
    is_waiting = document.released_at is None and document.withdrawn_at is None
    is_other = actor.user_id is not None and document.added_by_id != actor.user_id
    return may and is_waiting and is_other and can_see_incident(actor, document.centre.incident, at)


def can_withdraw_paper(actor: Actor, document: ClosedDocument, at: datetime) -> bool:
    """In an emergency one person is enough: whoever may bring one in takes it away."""
    return document.withdrawn_at is None and can_add_paper(actor, document.centre.incident, at)


def side_of(actor: Actor) -> Side:
    """On which side somebody writes."""
    return Side.PERSON if actor.kind == ActorKind.HELPED_PERSON else Side.DESK


def can_write(actor: Actor, verification: Verification, at: datetime) -> bool:
    """Who is in and accepted the rules; at the desk whoever may see the registration."""
    if actor.kind == ActorKind.HELPED_PERSON:
        rows = Verification.objects.filter(entries_visible_to(actor, at), pk=verification.pk)
        return rows.filter(terms_accepted_at__isnull=False).exists()
    return _sees(actor, verification, at)


def can_take_back(actor: Actor, message: DeskMessage, at: datetime) -> bool:
    """Its writer, once."""
    is_mine = message.written_by == actor.id and message.side == side_of(actor)
    is_there = message.sent_at is not None and message.withdrawn_at is None
    return is_mine and is_there and can_write(actor, message.verification, at)


def can_come(actor: Actor, verification: Verification, meeting: ClosedMeeting, at: datetime) -> bool:
    """Sign up: who is in, for a meeting of their own relation that is still to come."""
    is_coming = meeting.cancelled_at is None and meeting.starts_at > at
    return (
        is_coming
        and verification.relation in meeting.relations
        and verification.registration.incident_id == meeting.centre.incident_id
        and Verification.objects.filter(entries_visible_to(actor, at), pk=verification.pk).exists()
    )


def papers_visible_to(verification: Verification, at: datetime) -> Q:
    """Papers for this insider now: of their relation, released, past their moment, not withdrawn."""
    return Q(
        relations__contains=[verification.relation], released_at__isnull=False, shown_from_at__lte=at,
        withdrawn_at__isnull=True, centre__incident_id=verification.registration.incident_id,
    )  # fmt: skip


def can_keep(actor: Actor, incident: Incident, at: datetime) -> bool:
    """See what stands inside: who leads, who brings documents in, and who releases them."""
    may = (
        actor.may(Permission.LEAD_REGISTRATIONS)
        or actor.may(Permission.EDIT_CENTRE)
        or actor.may(Permission.APPROVE_CENTRE)
    )
    return may and can_see_incident(actor, incident, at)
