"""Who sees the two hours and the years of a centre, who ticks and who decides."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.models import AdviceCentre
from nabij.centres.policies import visible_to as centre_visible_to
from nabij.openings.models import BoardSeat, ChecklistItem, ClosingPlan, Opening


def seated(at: datetime) -> Q:
    """Seats that are held at this moment."""
    return Q(starts_at__lte=at) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def works_on_openings(actor: Actor) -> bool:
    """Whose role checks centres; which ones, `visible_to` says."""
    return actor.may(Permission.CHECK_CENTRE)


def visible_to(actor: Actor, at: datetime) -> Q:
    """For who checks centres: those of incidents that one sees, and those on whose board one sits."""
    if actor.kind == ActorKind.SYSTEM:
        return Q()
    if not works_on_openings(actor):
        return Q(pk__in=[])
    mine = BoardSeat.objects.filter(seated(at), membership_id=actor.id or UUID(int=0))
    return centre_visible_to(actor, at) | Q(pk__in=mine.values("centre_id"))


def can_check(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Tick what is done, test what must work, propose to close; whoever checks this centre."""
    return AdviceCentre.objects.filter(visible_to(actor, at), pk=centre.pk).exists()


def can_decide(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Decide about phases and closing: who publishes."""
    return actor.may(Permission.PUBLISH_CENTRE) and can_check(actor, centre, at)


def can_appoint(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Fill the board: who publishes, and who coordinates, since in the first minutes nobody else is there."""
    may = actor.may(Permission.PUBLISH_CENTRE) or actor.may(Permission.COORDINATE)
    return may and can_check(actor, centre, at)


def sees_crew(actor: Actor) -> bool:
    """Names of registrars, moderators and the council: for who appoints; others read how many there are."""
    return actor.may(Permission.PUBLISH_CENTRE) or actor.may(Permission.COORDINATE)


def can_take_back(actor: Actor, item: ChecklistItem, at: datetime) -> bool:
    """Undo a tick: who ticked, or who decides."""
    centre = item.decision.centre
    is_own = item.done_by_id is not None and item.done_by_id == actor.id
    return (is_own and can_check(actor, centre, at)) or can_decide(actor, centre, at)


def can_explain(actor: Actor, opening: Opening, at: datetime) -> bool:
    """Say why it was open late: who coordinates or publishes, once."""
    return opening.needs_reason and can_appoint(actor, opening.decision.centre, at)


def can_announce(actor: Actor, plan: ClosingPlan, at: datetime) -> bool:
    """Four eyes: who decides, and did not propose it in whichever role."""
    proposer = Membership.objects.filter(pk=plan.proposed_by).values_list("user_id", flat=True).first()
    is_other = plan.proposed_by != actor.id and proposer != actor.user_id
    return is_other and can_decide(actor, plan.centre, at)


def can_open_again(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Open an archived centre again: who commissions centres, or who publishes."""
    may = actor.may(Permission.COMMISSION_CENTRE) or actor.may(Permission.PUBLISH_CENTRE)
    return may and can_check(actor, centre, at)


def can_prepare(actor: Actor) -> bool:
    """Say what is ready in peace time, for one's own organisation."""
    return actor.may(Permission.COMMISSION_CENTRE) or actor.may(Permission.PUBLISH_CENTRE)
