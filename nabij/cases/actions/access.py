"""Who may open a case, as grants: the helpers by name, the leader by role, and at level 3 only by name."""

from datetime import datetime
from uuid import UUID

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.cases.models import Case, CaseHelper
from nabij.cases.policies import SCOPE, is_named_only
from nabij.people.models import AccessGrant
from nabij.people.policies import running_at
from nabij.privacy.purposes import Purpose
from nabij.vulnerability.queries import levels_of

HELPER, LEADER, EMERGENCY = "case_helper", "case_leader", "break_glass"


def open_to(
    case: Case, membership_id: UUID, source: str, *, at: datetime, until: datetime | None = None
) -> None:
    """Open this case to one member of staff; opened already on this ground, nothing is added."""
    running = AccessGrant.objects.filter(
        running_at(at), person_id=case.person_id, grantee_id=membership_id, scope=SCOPE, source=source
    )
    if not running.exists():
        AccessGrant.objects.create(
            person_id=case.person_id, grantee_id=membership_id, scope=SCOPE, source=source,
            purpose=Purpose.AFTERCARE, starts_at=at, ends_at=until,
        )  # fmt: skip


def settle_access(case: Case, *, at: datetime) -> None:
    """Let the grants follow who helps now and how high the level is; what no longer fits ends now."""
    rows = AccessGrant.objects.filter(running_at(at), person_id=case.person_id, scope=SCOPE)
    helping = set(
        CaseHelper.objects.filter(case__person_id=case.person_id, ends_at__isnull=True).values_list(
            "membership_id", flat=True
        )
    )
    rows.filter(source=HELPER).exclude(grantee_id__in=helping).update(ends_at=at)
    for membership_id in helping:
        open_to(case, membership_id, HELPER, at=at)
    if is_named_only(levels_of([case.person_id]).get(case.person_id)):
        rows.filter(team__isnull=False).update(ends_at=at)
        leader = _leader_of(case, at)
        rows.exclude(source__in=(HELPER, EMERGENCY)).exclude(grantee=leader).update(ends_at=at)
        if leader is not None:
            open_to(case, leader.pk, LEADER, at=at)
        return
    rows.filter(source=LEADER, grantee__isnull=False).update(ends_at=at)
    teams = Case.objects.filter(person_id=case.person_id).values("team_id")
    rows.filter(team__isnull=False).exclude(team_id__in=teams).update(ends_at=at)
    if not rows.filter(team_id=case.team_id).exists():
        _open_to_leaders(case, at)


def open_new(case: Case, *, at: datetime) -> None:
    """Open a case that was just made to the leader's role; somebody known already is settled as a whole."""
    if Case.objects.filter(person_id=case.person_id).exclude(pk=case.pk).exists():
        settle_access(case, at=at)
        return
    _open_to_leaders(case, at)


def _open_to_leaders(case: Case, at: datetime) -> None:
    AccessGrant.objects.create(
        person_id=case.person_id, team_id=case.team_id, grantee_role=Role.TEAM_LEADER, scope=SCOPE,
        source=LEADER, purpose=Purpose.AFTERCARE, starts_at=at,
    )  # fmt: skip


def _leader_of(case: Case, at: datetime) -> Membership | None:
    """The one leader who knows of a case at level 3: the longest in that team."""
    leaders = Membership.objects.current(at).filter(team_id=case.team_id, role=Role.TEAM_LEADER)
    return leaders.order_by("starts_at", "id").first()
