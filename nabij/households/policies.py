"""Who may write ties, approach apart and end that; a tie is shown whole only to who may open both ends."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.cases.policies import can_help, can_lead, visible_to
from nabij.households.models import Tie


def sees_both(actor: Actor, tie: Tie, at: datetime) -> bool:
    """Whether this actor may open a case of each of the two."""
    ends = Case.objects.filter(visible_to(actor, at), person_id__in=(tie.first_id, tie.second_id))
    return ends.values("person_id").distinct().count() == len((tie.first_id, tie.second_id))


def can_tie(actor: Actor, case: Case, at: datetime) -> bool:
    """Write down who belongs to this person: whoever helps in the case, and its leader."""
    return can_help(actor, case, at)


def can_change(actor: Actor, case: Case, tie: Tie, at: datetime) -> bool:
    """Approach apart, or end a tie: who helps in one case and may open the other."""
    belongs = case.person_id in (tie.first_id, tie.second_id)
    return belongs and can_help(actor, case, at) and sees_both(actor, tie, at)


def can_bring_together(actor: Actor, case: Case, tie: Tie, at: datetime) -> bool:
    """End the approach apart: the leader only, who may open both."""
    return can_lead(actor, case, at) and can_change(actor, case, tie, at)


def can_judge_guardian(actor: Actor, case: Case, at: datetime) -> bool:
    """Decide whether the guardian is the danger: the leader, about a child."""
    return case.is_minor and can_lead(actor, case, at)


def decides_ties(actor: Actor) -> bool:
    """Whether a leader's desk shows proposed ties."""
    return actor.may(Permission.LEAD_CASES)


def proposals_visible_to(actor: Actor, at: datetime) -> Q:
    """Proposals in the leader's own team, only where the leader may open both cases."""
    if not decides_ties(actor) or actor.team_id is None:
        return Q(pk__in=[])
    opened = Case.objects.filter(visible_to(actor, at))
    return Q(case__team_id=actor.team_id, case__in=opened, other__in=opened)
