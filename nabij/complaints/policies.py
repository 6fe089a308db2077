"""Who may complain, write a complaint down, read and answer it: never somebody whom it may be about."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.cases.models import Case, CaseHelper
from nabij.cases.policies import can_help, visible_to
from nabij.complaints.models import Complaint


def complaints_visible_to(actor: Actor, at: datetime) -> Q:
    """One's own; for a leader those of the own team, and about a leader those of the other teams.

    A leader who helps in the case is somebody whom it may be about.
    """
    if actor.kind == ActorKind.HELPED_PERSON:
        return Q(case__person_id=actor.id)
    if not actor.may(Permission.LEAD_CASES) or actor.team_id is None:
        return Q(pk__in=[])
    helped = CaseHelper.objects.filter(Q(membership_id=actor.id)).values("case_id")
    mine = Q(is_about_leader=False, case__team_id=actor.team_id)
    mine &= Q(case__in=Case.objects.filter(visible_to(actor, at)))
    others = Q(is_about_leader=True, case__team__organisation_id=actor.organisation_id)
    return (mine | (others & ~Q(case__team_id=actor.team_id))) & ~Q(case__in=helped)


def can_complain(actor: Actor, case: Case) -> bool:
    """The person of the case, also after it was closed."""
    return actor.kind == ActorKind.HELPED_PERSON and actor.id == case.person_id


def can_write_down(actor: Actor, case: Case, at: datetime) -> bool:
    """Who helps writes down what the person said; reading it again is for the leader."""
    return can_help(actor, case, at)


def can_answer(actor: Actor, complaint: Complaint, at: datetime) -> bool:
    """A leader who may read it, once."""
    if actor.kind == ActorKind.HELPED_PERSON or not complaint.is_open:
        return False
    return Complaint.objects.filter(complaints_visible_to(actor, at), pk=complaint.pk).exists()


def can_withdraw(actor: Actor, complaint: Complaint) -> bool:
    """The person, as long as it was not answered."""
    return complaint.is_open and can_complain(actor, complaint.case)


def reads_complaints(actor: Actor) -> bool:
    """Whether a leader's desk shows complaints."""
    return actor.may(Permission.LEAD_CASES)
