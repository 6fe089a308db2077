"""Reading sessions and who sits in them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from nabij.academy.models import Enrolment, Session
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor


@dataclass(frozen=True)
class SessionLine:
    """A coming session as a page shows it: whether one sits in it, and whether there is room."""

    session: Session
    taken: int
    is_enrolled: bool
    is_own: bool

    @property
    def is_full(self) -> bool:
        """Whether all seats are taken."""
        return self.taken >= self.session.seats


def coming_sessions_for(actor: Actor, at: datetime) -> list[SessionLine]:
    """What can still be attended, the first one first."""
    if not actor.may(Permission.LEARN):
        return []
    mine = Q(enrolments__user_id=actor.user_id)
    rows = (
        Session.objects.filter(starts_at__gt=at, cancelled_at__isnull=True)
        .annotate(taken=Count("enrolments"), mine=Count("enrolments", filter=mine))
        .select_related("trainer")
        .order_by("starts_at", "pk")
    )
    return [SessionLine(row, row.taken, row.mine > 0, row.trainer_id == actor.user_id) for row in rows]


def led_sessions_for(actor: Actor, at: datetime) -> QuerySet[Session]:
    """The sessions that this trainer leads, the newest first."""
    if not actor.may(Permission.TEACH):
        return Session.objects.none()
    return Session.objects.filter(trainer_id=actor.user_id).order_by("-starts_at")


def session_for(actor: Actor, pk: UUID, at: datetime) -> Session:
    """A session that has not been cancelled and that staff may take a seat in, or that the actor leads."""
    rows = Session.objects.filter(pk=pk).select_related("trainer")
    session = rows.first() if actor.may(Permission.LEARN) else None
    if session is None:
        raise Http404
    return session


def enrolments_of(session: Session) -> list[Enrolment]:
    """Everybody with a seat, by name; ask it only for the trainer of the session."""
    return list(session.enrolments.select_related("user", "session").order_by("user__name", "pk"))


def own_enrolments(actor: Actor, at: datetime) -> QuerySet[Enrolment]:
    """The actor's own seats in sessions to come, the first one first."""
    return (
        Enrolment.objects.filter(
            Q(user_id=actor.user_id), session__ends_at__gt=at, session__cancelled_at__isnull=True
        )
        .select_related("session", "session__trainer")
        .order_by(F("session__starts_at"))
    )
