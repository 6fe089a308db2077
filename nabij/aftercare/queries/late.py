"""What is late, and who must hear of it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from nabij.accounts.models import Membership
from nabij.aftercare.content import MUNICIPALITY
from nabij.aftercare.models import Run, RunStep, StepState
from nabij.notify.models import KeptInside

# a step that waits for something nobody told is late as well: at its moment somebody must find out
UNDONE = (StepState.OPEN, StepState.WAITING)


def runs_with_news(at: datetime) -> list[UUID]:
    """The open runs in which a step is late and somebody was not told yet; drills have their own clock."""
    inside = KeptInside.objects.filter(thread_id=OuterRef("run__incident_id"))
    rows = RunStep.objects.filter(
        ~Exists(inside), run__closed_at__isnull=True, state__in=UNDONE, due_at__lte=at,
        coordinator_told_at__isnull=True,
    )  # fmt: skip
    return list(rows.order_by("run_id").values_list("run_id", flat=True).distinct())


def members_of(run: Run, side: str, roles: list[str], at: datetime) -> list[UUID]:
    """Who works in one of these roles for this municipality, or in the team that serves it."""
    place = run.municipality
    if side == MUNICIPALITY:
        where = Q(organisation__municipality=place)
    else:
        where = Q(team_id=place.safety_region.team_id) if place.safety_region.team_id else Q(pk__in=[])
    found = Membership.objects.current(at).filter(where, organisation__kind=side, role__in=roles)
    return list(found.order_by("pk").values_list("pk", flat=True))
