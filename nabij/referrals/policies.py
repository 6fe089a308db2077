"""Who refers, transfers and asks for access, and who answers."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.cases.models import Case
from nabij.cases.policies import can_create, can_help, can_lead, visible_to
from nabij.referrals.models import ALLOWED, AccessRequest, Referral, ReferralState, Transfer, TransferState


def referrals_visible_to(actor: Actor, at: datetime) -> Q:
    """Referrals of cases that this actor may open; a partner sees the one of the link."""
    if actor.kind == ActorKind.LINK:
        return Q(pk=actor.id)
    return Q(case__in=Case.objects.filter(visible_to(actor, at)))


def can_refer(actor: Actor, case: Case, at: datetime) -> bool:
    """Whoever helps in the case."""
    return can_help(actor, case, at)


def can_keep_partners(actor: Actor) -> bool:
    """The leader of a team keeps the addresses of its partners."""
    return actor.may(Permission.LEAD_CASES) and actor.team_id is not None


def can_answer(actor: Actor, referral: Referral, new: ReferralState) -> bool:
    """The partner who holds the link and typed the code, as long as that step is still open."""
    is_theirs = actor.kind == ActorKind.LINK and actor.id == referral.pk
    return is_theirs and new in ALLOWED[referral.state]


def can_revoke(actor: Actor, referral: Referral, at: datetime) -> bool:
    """Whoever helps in the case, while it runs."""
    return referral.is_open and can_help(actor, referral.case, at)


def transfers_visible_to(actor: Actor, at: datetime) -> Q:
    """Transfers offered to the team that this actor leads, and those of cases one may open."""
    mine = Q(case__in=Case.objects.filter(visible_to(actor, at)))
    if actor.may(Permission.LEAD_CASES) and actor.team_id is not None:
        mine |= Q(to_team_id=actor.team_id)
    return mine


def can_take_over(actor: Actor, transfer: Transfer) -> bool:
    """The leader of the team to which the case is offered, once."""
    leads = actor.may(Permission.LEAD_CASES) and actor.team_id == transfer.to_team_id
    return leads and transfer.state == TransferState.ASKED


def can_ask_access(actor: Actor) -> bool:
    """Staff who may search for cases, within their own organisation."""
    return can_create(actor) and actor.organisation_id is not None


def can_decide_access(actor: Actor, request: AccessRequest, at: datetime) -> bool:
    """The leader whose case it is, once."""
    return request.answered_at is None and can_lead(actor, request.case, at)
