"""Reading volunteers and who could be their mentor."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from nabij.academy.models import Volunteer
from nabij.academy.policies import volunteers_visible_to
from nabij.accounts.models import Membership, Team, User
from nabij.audit.actor import Actor


def volunteers_for(actor: Actor, at: datetime) -> QuerySet[Volunteer]:
    """The volunteers whose way this actor guides, by name."""
    return (
        Volunteer.objects.filter(volunteers_visible_to(actor, at))
        .select_related("user", "team", "mentor")
        .order_by("user__name", "pk")
    )


def mentors_for(volunteer: Volunteer, at: datetime) -> QuerySet[User]:
    """Colleagues in the same team who could be the mentor: anybody but the volunteer."""
    team = Membership.objects.current(at).filter(team_id=volunteer.team_id).values("user_id")
    return User.objects.filter(pk__in=team).exclude(pk=volunteer.user_id).order_by("name", "pk")


def teams_for(actor: Actor) -> QuerySet[Team]:
    """The teams for which this actor brings in volunteers."""
    teams = Team.objects.order_by("name")
    return teams if actor.municipality_codes is None else teams.filter(pk=actor.team_id or UUID(int=0))
