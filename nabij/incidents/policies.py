"""Who sees which incidents, and who may do what with them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.incidents.models import HelpRequest, Incident, Status, TimelineNote

_LEADS_GRIP = frozenset({OrganisationKind.GHOR.value, OrganisationKind.SAFETY_REGION.value})


def _organisation_of(actor: Actor) -> UUID:
    """The actor's organisation; for who has none an id that nobody has, never "is null"."""
    return actor.organisation_id or UUID(int=0)


def _own_requests(actor: Actor) -> Q:
    """What the actor's organisation asked.

    Victim support is one organisation for the whole country: there it is what one entered oneself.
    """
    if actor.organisation_kind == OrganisationKind.VICTIM_SUPPORT:
        return Q(asked_by_id=actor.id)
    return Q(organisation_id=_organisation_of(actor))


def visible_to(actor: Actor, at: datetime) -> Q:
    """Incidents in the actor's own area, and those for which the actor's organisation asked help itself."""
    if actor.kind == ActorKind.SYSTEM:
        return Q()
    if actor.kind != ActorKind.MEMBERSHIP or not actor.may(Permission.SEE_INCIDENTS):
        return Q(pk__in=[])
    if actor.municipality_codes is None:
        return Q()
    places = Incident.municipalities.through.objects.filter(
        incident_id=OuterRef("pk"), municipality_id__in=actor.municipality_codes
    )
    own = HelpRequest.objects.filter(_own_requests(actor), incident_id=OuterRef("pk"))
    return Q(Exists(places)) | Q(Exists(own))


def notes_visible_to(actor: Actor) -> Q:
    """Notes shared with everybody at the incident, and those of the actor's own organisation."""
    if actor.kind == ActorKind.SYSTEM:
        return Q()
    return Q(is_shared=True) | Q(organisation_id=_organisation_of(actor))


def can_see(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Whether this incident exists for the actor; looked up once for all rules of one page.

    A yes is remembered on the row in hand, for this very actor at this very moment: that is one request.
    """
    known = incident.seen_by
    if known is not None and known[0] is actor and known[1] == at:
        return True
    sees = Incident.objects.filter(visible_to(actor, at), pk=incident.pk).exists()
    incident.seen_by = (actor, at) if sees else None
    return sees


def can_report(actor: Actor, at: datetime) -> bool:
    """Staff who may ask for help; and anybody without a login, whose request is then unverified."""
    return actor.kind in (ActorKind.ANONYMOUS, ActorKind.SYSTEM) or actor.may(Permission.ASK_FOR_HELP)


def can_join(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Add a request to an open incident that one sees; never without a login."""
    return incident.is_open and actor.may(Permission.ASK_FOR_HELP) and can_see(actor, incident, at)


def can_change_facts(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who manages incidents, and an organisation that asked help here itself; only while it is open."""
    if not incident.is_open or not can_see(actor, incident, at):
        return False
    if actor.may(Permission.MANAGE_INCIDENT):
        return True
    own = incident.requests.filter(_own_requests(actor))
    return actor.may(Permission.ASK_FOR_HELP) and own.exists()


def can_set_grip(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who manages incidents, the control room, GHOR and the safety region; only while it is open."""
    may = (
        actor.may(Permission.MANAGE_INCIDENT)
        or actor.may(Permission.CONFIRM_REQUEST)
        or actor.organisation_kind in _LEADS_GRIP
    )
    return may and incident.is_open and can_see(actor, incident, at)


def can_activate(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Take a reported incident in hand: the system when somebody accepts, or who coordinates."""
    may = actor.kind in (ActorKind.SYSTEM, ActorKind.LINK) or actor.may(Permission.COORDINATE)
    return may and (actor.kind == ActorKind.LINK or can_see(actor, incident, at))


def can_close(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who coordinates closes an incident that is open."""
    return incident.is_open and actor.may(Permission.COORDINATE) and can_see(actor, incident, at)


def can_reopen(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who coordinates takes a closing back."""
    closed = incident.status == Status.CLOSED
    return closed and actor.may(Permission.COORDINATE) and can_see(actor, incident, at)


def can_link_earlier(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who manages incidents says that one is a repeat; also afterwards."""
    return actor.may(Permission.MANAGE_INCIDENT) and can_see(actor, incident, at)


def can_confirm(actor: Actor, request: HelpRequest, at: datetime) -> bool:
    """The operator of the control room, for requests in the own region."""
    return actor.may(Permission.CONFIRM_REQUEST) and can_see(actor, request.incident, at)


def can_arrange(actor: Actor, request: HelpRequest, at: datetime) -> bool:
    """Who coordinates answers, merges and moves requests, and takes that back."""
    return actor.may(Permission.COORDINATE) and can_see(actor, request.incident, at)


def can_withdraw(actor: Actor, request: HelpRequest, at: datetime) -> bool:
    """The organisation that asked, and who coordinates."""
    return may_withdraw_seen(actor, request) and can_see(actor, request.incident, at)


def may_withdraw_seen(actor: Actor, request: HelpRequest) -> bool:
    """The same for a request that came from a filtered query, so that a list asks nothing per row."""
    return actor.may(Permission.COORDINATE) or (_asked(actor, request) and actor.may(Permission.ASK_FOR_HELP))


def _asked(actor: Actor, request: HelpRequest) -> bool:
    """Whether this is one of `_own_requests`."""
    if actor.organisation_kind == OrganisationKind.VICTIM_SUPPORT:
        return actor.id is not None and request.asked_by_id == actor.id
    return request.organisation_id is not None and request.organisation_id == actor.organisation_id


def can_see_contact(actor: Actor, request: HelpRequest, at: datetime) -> bool:
    """Name and phone of who asked: for who calls back, the control room, and the organisation itself.

    Says nothing of the incident: only ask it of requests that came from a filtered query.
    """
    return _asked(actor, request) or actor.may(Permission.COORDINATE) or actor.may(Permission.CONFIRM_REQUEST)


def can_write_note(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who may write in the timeline of incidents that one sees; also after closing."""
    return actor.may(Permission.WRITE_TIMELINE) and can_see(actor, incident, at)


def can_erase_note(actor: Actor, note: TimelineNote, at: datetime) -> bool:
    """The writer, and who coordinates for the same organisation."""
    return may_erase_seen(actor, note) and can_see(actor, note.incident, at)


def may_erase_seen(actor: Actor, note: TimelineNote) -> bool:
    """The same for a note that came from a filtered query, so that a timeline asks nothing per line."""
    same = note.organisation_id == actor.organisation_id
    return note.written_by_id == actor.id or (same and actor.may(Permission.COORDINATE))
