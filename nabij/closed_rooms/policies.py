"""Who looks after what stands inside, who comes, and who writes with the desk."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.models import AdviceCentre
from nabij.closed_part.models import Verification
from nabij.closed_part.policies import HAS_CLOSED_PART, can_see, entries_visible_to, verifications_visible_to
from nabij.closed_rooms.models import ClosedDocument, ClosedMeeting, DeskMessage, Side
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see as can_see_incident
from nabij.peers.models import Hold
from nabij.peers.policies import can_follow_up
from nabij.people.models import Registration


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
    return can_see(actor, verification, at)


def is_desk_there(verification: Verification) -> bool:
    """Whether somebody at the desk reads what comes in: not at a centre that was archived."""
    here = AdviceCentre.objects.filter(Q(incident_id=verification.registration.incident_id))
    return not here.filter(archived_at__isnull=False).exists()


def can_send(actor: Actor, verification: Verification, at: datetime) -> bool:
    """Begin or go on with a conversation: a person only as long as the desk is there."""
    is_person = actor.kind == ActorKind.HELPED_PERSON
    return can_write(actor, verification, at) and (not is_person or is_desk_there(verification))


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


def centres_for_groups(actor: Actor, at: datetime) -> Q:
    """Live centres with a closed part, for who leads groups: what is public about them, and nothing else."""
    return HAS_CLOSED_PART if actor.may(Permission.LEAD_GROUPS) else Q(pk__in=[])


def can_open_groups(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Who leads groups, at a live centre with a closed part."""
    return AdviceCentre.objects.filter(centres_for_groups(actor, at), pk=centre.pk).exists()


def can_phone(actor: Actor, member_id: UUID, at: datetime) -> bool:
    """Who must deal with a post of this member that tells of danger: until that is done, and nobody else."""
    holds = Hold.objects.filter(member_id=member_id, is_danger=True).select_related(
        "post__talk__group__space"
    )
    return any(can_follow_up(actor, each, at) for each in holds)


def may_answer(actor: Actor, registration: Registration, at: datetime) -> bool:
    """Whether there can be a conversation with who registered, for this registrar."""
    rows = Verification.objects.filter(verifications_visible_to(actor, at), registration=registration)
    return rows.exists()
