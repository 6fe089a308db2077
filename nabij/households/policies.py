"""Who may write ties, approach apart and end that; a tie is shown whole only to who may open both ends."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from nabij.accounts.queries import actor_for, memberships_of
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.cases.policies import can_help, can_lead, is_named_only, visible_to
from nabij.households.models import Assent, Tie
from nabij.vulnerability.models import Level, LevelChange
from nabij.vulnerability.queries import levels_of


def sees_both(actor: Actor, tie: Tie, at: datetime) -> bool:
    """Whether this actor may open a case of each of the two."""
    ends = Case.objects.filter(visible_to(actor, at), person_id__in=(tie.first_id, tie.second_id))
    return ends.values("person_id").distinct().count() == len((tie.first_id, tie.second_id))


def can_tie(actor: Actor, case: Case, at: datetime) -> bool:
    """Write down who belongs to this person: whoever helps in the case, and its leader."""
    return can_help(actor, case, at)


def can_change(actor: Actor, case: Case, tie: Tie, at: datetime) -> bool:
    """Approach apart, or end a tie: who helps in one case and may open the other."""
    return tie.has(case.person_id) and can_help(actor, case, at) and sees_both(actor, tie, at)


def can_separate(actor: Actor, case: Case, tie: Tie, at: datetime) -> bool:
    """Begin to approach apart: who may change the tie, and the leader of either of the two."""
    return can_change(actor, case, tie, at) or (case.is_open and can_assent(actor, case, tie, at))


def can_assent(actor: Actor, case: Case, tie: Tie, at: datetime) -> bool:
    """Say yes for one of the two to ending it: the leader of that one's team, who never opens the other."""
    return tie.has(case.person_id) and can_lead(actor, case, at) and knows_of(actor, case, tie, at)


def knows_of(actor: Actor, case: Case, tie: Tie, at: datetime) -> bool:
    """Whether a leader may know that there is another: at level 3 only once that one's leader asks."""
    other_id = tie.other_than(case.person_id)
    if not is_named_only(levels_of([other_id]).get(other_id)) or sees_both(actor, tie, at):
        return True
    return Assent.objects.filter(apart__tie=tie, apart__ended_at__isnull=True, person_id=other_id).exists()


def sides_led(actor: Actor, person_ids: Iterable[UUID], at: datetime) -> set[UUID]:
    """For whom of these people this leader says yes, counting every team that they lead now."""
    leading = [actor, *(actor_for(each) for each in memberships_of(actor, at) if each.pk != actor.id)]
    cases = list(Case.objects.filter(person_id__in=person_ids))
    return {case.person_id for case in cases for each in leading if can_lead(each, case, at)}


def can_judge_guardian(actor: Actor, case: Case, at: datetime) -> bool:
    """Decide whether the guardian is the danger: the leader, about a child."""
    return case.is_minor and can_lead(actor, case, at)


def decides_ties(actor: Actor) -> bool:
    """Whether a leader's desk shows proposed ties."""
    return actor.may(Permission.LEAD_CASES)


def proposals_visible_to(actor: Actor, at: datetime) -> Q:
    """Proposals about a case of the leader's own team, whichever of the two it is.

    About somebody at level 3 it comes to the proposing team only after that one's own leader said yes.
    """
    if not decides_ties(actor) or actor.team_id is None:
        return Q(pk__in=[])
    opened = Case.objects.filter(visible_to(actor, at))
    mine = opened.filter(team_id=actor.team_id)
    raised = LevelChange.objects.filter(person_id=OuterRef("other__person_id"), level=Level.HIGH)
    asked = Assent.objects.filter(proposal=OuterRef("pk"), person_id=OuterRef("other__person_id"))
    may_know = Q(other__in=opened) | ~Exists(raised) | Exists(asked)
    return Q(other__in=mine) | (Q(case__in=mine) & may_know)
