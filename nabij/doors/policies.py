"""Who plans a round, who walks it, who asks for people and promises them, and who reads counts."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.doors.content import key_lasts
from nabij.doors.models import AskedPerson, Pair, Round, StreetAsk
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see
from nabij.incidents.policies import visible_to as incident_visible_to

NOBODY = UUID(int=0)


def can_plan(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Make a round and its pairs: who plans doors, for an open event in the own area."""
    return incident.is_open and may_see_plan(actor, incident, at)


def may_see_plan(actor: Actor, incident: Incident, at: datetime) -> bool:
    """See the rounds and asks of an event: who plans doors, in the own area; also after closing."""
    return actor.may(Permission.PLAN_DOORS) and can_see(actor, incident, at)


def rounds_visible_to(actor: Actor, at: datetime) -> Q:
    """Rounds of events that a planner sees, and rounds that one walks oneself."""
    own = pairs_of(actor)
    if not actor.may(Permission.PLAN_DOORS):
        return Q(pk__in=own.values("round"))
    seen = Incident.objects.filter(incident_visible_to(actor, at))
    return Q(incident__in=seen.values("pk")) | Q(pk__in=own.values("round"))


def pairs_of(actor: Actor) -> QuerySet[Pair]:
    """The pairs in which this actor walks; needs the permission to walk as long as it lasts."""
    if actor.kind != ActorKind.MEMBERSHIP or not actor.may(Permission.WALK_DOORS):
        return Pair.objects.none()
    me = actor.id or NOBODY
    return Pair.objects.filter(Q(municipal_id=me) | Q(supporter_id=me))


def can_note(actor: Actor, found: Round, at: datetime) -> bool:
    """Tell what came of a door, and hand in a wish: a pair that was briefed.

    Phones that come back late are heard until the key of the round is gone.
    """
    # a round that nobody closed counts as closed so long after it was to end
    over = found.closed_at or found.ends_at + key_lasts()
    if at > over + key_lasts():
        return False
    return pairs_of(actor).filter(round=found, briefed_at__isnull=False).exists()


def can_choose(actor: Actor, found: Round, at: datetime) -> bool:
    """Choose between two phones: a pair of this round, and who plans it."""
    return can_note(actor, found, at) or may_see_plan(actor, found.incident, at)


def can_open_wishes(actor: Actor) -> bool:
    """Only the job; nobody reads a wish by way of a round."""
    return actor.kind == ActorKind.SYSTEM


def can_ask(actor: Actor, incident: Incident, at: datetime) -> bool:
    """A municipality asks for people, for an open event in its own area."""
    is_municipal = actor.organisation_kind == OrganisationKind.MUNICIPALITY
    return is_municipal and can_plan(actor, incident, at)


def can_accept(actor: Actor, ask: StreetAsk, at: datetime) -> bool:
    """A leader of victim support, for an open event in the own area."""
    return actor.may(Permission.OFFER_STAFF) and ask.incident.is_open and can_see(actor, ask.incident, at)


def can_withdraw_ask(actor: Actor, ask: StreetAsk, at: datetime) -> bool:
    """Whoever asked, and their colleagues of the same municipality."""
    return actor.may(Permission.PLAN_DOORS) and actor.organisation_id == ask.organisation_id


def asks_visible_to(actor: Actor, at: datetime) -> Q:
    """Asks at events one sees: for the municipality itself, who promises people, and who was promised."""
    promised = AskedPerson.objects.filter(membership_id=actor.id or NOBODY).values("ask")
    seen = Q(incident__in=Incident.objects.filter(incident_visible_to(actor, at)).values("pk"))
    if actor.may(Permission.OFFER_STAFF):
        return seen | Q(pk__in=promised)
    own = Q(organisation_id=actor.organisation_id or NOBODY)
    return (seen & own if actor.may(Permission.PLAN_DOORS) else Q(pk__in=[])) | Q(pk__in=promised)


def shows_counts(actor: Actor, incident: Incident) -> bool:
    """Whether counts stand on the page of an event that this actor already sees."""
    return actor.may(Permission.SEE_INCIDENTS)


def reads_exact_counts(actor: Actor) -> bool:
    """Small numbers of people: for who helps these people; others read that there are few."""
    return actor.may(Permission.SEE_STAFF_NAMES) or actor.may(Permission.BE_PAGED)
