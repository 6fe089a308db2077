"""A team's own ladder: written, and given up again."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.paging.ladders import Ladder, own_kinds, own_limits
from nabij.paging.models import TeamLadder
from nabij.paging.policies import can_write_ladder

Steps = list[tuple[str, int]]


@transaction.atomic
def write_ladder(
    kind: str, *, steps: Steps, repeat_minutes: int, repeat_until_hours: int, by: Actor, at: datetime
) -> TeamLadder:
    """Call the actor's team by these steps from now on: per step a chair, and minutes since the start.

    ValidationError when somebody could be forgotten: see `objection_to`. Pages that run keep their steps.
    """
    team, writer = _team_held(by, at)
    if objection := objection_to(own_kinds()[kind], steps):
        raise ValidationError(objection)
    _end(team, kind, at)
    own = TeamLadder.objects.create(
        team=team, kind=kind, steps=steps, repeat_minutes=repeat_minutes,
        repeat_until_hours=repeat_until_hours, entered_at=at, entered_by=writer,
    )  # fmt: skip
    trail.record("ladder.written", by=by, at=at, subject=own, facts={"kind": kind, "steps": len(steps)})
    return own


@transaction.atomic
def give_up_ladder(kind: str, *, by: Actor, at: datetime) -> None:
    """Call the actor's team by the national steps again; nothing happens when they hold already."""
    team, _writer = _team_held(by, at)
    if _end(team, kind, at):
        trail.record("ladder.given_up", by=by, at=at, subject=team, facts={"kind": kind})


def objection_to(national: Ladder, steps: Steps) -> str:
    """Why these steps will not do, in Dutch; empty when they will.

    The first chair is asked at once, each next one later, none twice; the last is the national safety net.
    """
    limits, minutes = own_limits(), [after for _seat, after in steps]
    if not steps or minutes[0] != 0:
        return _("De eerste wordt meteen opgeroepen: vul daar 0 minuten in.")
    if any(later <= earlier for earlier, later in zip(minutes, minutes[1:], strict=False)):
        return _("Elke volgende stap komt later dan de vorige.")
    seats = [seat for seat, _after in steps]
    if len(set(seats)) < len(seats) or not set(seats) <= set(national.seats):
        return _("Kies elke plek hooguit één keer.")
    if seats[-1] != national.seats[-1]:
        return _("De laatste stap blijft dezelfde: anders antwoordt er misschien niemand.")
    if minutes[-1] > limits.last_within_minutes:
        return _("De laatste stap komt binnen %(minutes)s minuten.") % {"minutes": limits.last_within_minutes}
    return ""


def _team_held(by: Actor, at: datetime) -> tuple[Team, UUID]:
    """The actor's team, held so that two who write at once wait in line, and who writes; others may not."""
    if not can_write_ladder(by, at) or by.id is None or by.team_id is None:
        raise PermissionDenied("Dit oproepschema mag u niet wijzigen.")
    return Team.objects.select_for_update().get(pk=by.team_id), by.id


def _end(team: Team, kind: str, at: datetime) -> int:
    return TeamLadder.objects.filter(team=team, kind=kind, ended_at__isnull=True).update(ended_at=at)
