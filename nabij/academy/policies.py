"""Who sees whose certificates, who teaches, and who guides volunteers."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from nabij.academy.models import Enrolment, Session
from nabij.accounts.models import Membership, OrganisationKind, User
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor


def visible_to(actor: Actor, at: datetime) -> Q:
    """Users whose certificates one sees: oneself; the own team for who guides it; all staff for a trainer."""
    own = Q(pk=actor.user_id)
    if actor.user_id is None:
        return Q(pk__in=[])
    staff = Membership.objects.current(at).filter(
        user_id=OuterRef("pk"), organisation__kind=OrganisationKind.VICTIM_SUPPORT
    )
    if actor.may(Permission.TEACH) or (
        actor.may(Permission.GUIDE_STAFF) and actor.municipality_codes is None
    ):
        return own | Q(Exists(staff))
    if actor.may(Permission.GUIDE_STAFF) and actor.team_id is not None:
        return own | Q(Exists(staff.filter(team_id=actor.team_id)))
    return own


def can_guide(actor: Actor, user: User, at: datetime) -> bool:
    """Who leads the team of this colleague; never oneself."""
    if not actor.may(Permission.GUIDE_STAFF) or actor.user_id == user.pk:
        return False
    return User.objects.filter(visible_to(actor, at), pk=user.pk).exists()


def volunteers_visible_to(actor: Actor, at: datetime) -> Q:
    """Volunteers of one's own team, also who has not started yet or has left; national leaders see all."""
    if not actor.may(Permission.GUIDE_STAFF):
        return Q(pk__in=[])
    if actor.municipality_codes is None:
        return Q()
    return Q(team_id=actor.team_id) if actor.team_id else Q(pk__in=[])


def can_plan_session(actor: Actor, at: datetime) -> bool:
    """Trainers plan sessions."""
    return actor.may(Permission.TEACH)


def can_lead_session(actor: Actor, session: Session, at: datetime) -> bool:
    """The trainer of the session fills in who came and who passed, and cancels it."""
    return actor.may(Permission.TEACH) and session.trainer_id == actor.user_id


def can_assess(actor: Actor, enrolment: Enrolment, at: datetime) -> bool:
    """The trainer of the session; a trainer never certifies himself (handbook, people and training 1)."""
    return can_lead_session(actor, enrolment.session, at) and enrolment.user_id != actor.user_id


def can_enrol(actor: Actor, session: Session, at: datetime) -> bool:
    """Staff of victim support take a seat in a session that has not begun."""
    open_still = session.cancelled_at is None and session.starts_at > at
    return open_still and actor.may(Permission.LEARN) and session.trainer_id != actor.user_id


def can_keep_certificates(actor: Actor, at: datetime) -> bool:
    """Trainers bring in certificates from elsewhere, and withdraw what proved wrong."""
    return actor.may(Permission.TEACH)
