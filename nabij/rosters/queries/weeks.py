"""One week as everybody with duties sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nabij.audit.actor import Actor
from nabij.kit.clock import AMSTERDAM, local
from nabij.rosters.queries.duties import DutyLine, duties_for
from nabij.rosters.queries.fitness import lacks_of
from nabij.rosters.queries.gaps import gaps_between


@dataclass(frozen=True)
class Day:
    """One day of the calendar: who sits where, and the chairs with too few people for some time."""

    day: date
    duties: list[DutyLine]
    gaps: list[str]


def week_of(actor: Actor, first: date, at: datetime) -> list[Day]:
    """Seven days from `first`, local dates, with the gaps of the actor's team and the national chair."""
    days = [first + timedelta(days=number) for number in range(7)]
    begin, end = _midnight(days[0]), _midnight(days[-1] + timedelta(days=1))
    duties = list(
        duties_for(actor, at).filter(starts_at__lt=end, ends_at__gt=begin).order_by("seat", "starts_at")
    )
    lacks = lacks_of(duties)
    lines = [DutyLine(duty, lacks.get(duty.pk)) for duty in duties]
    gaps = [
        gap for team in dict.fromkeys((actor.team_id, None)) for gap in gaps_between(team, days[0], days[-1])
    ]
    return [
        Day(
            day,
            [
                line
                for line in lines
                if line.duty.starts_at < _midnight(day, 1) and line.duty.ends_at > _midnight(day)
            ],
            _distinct(gap.shift.label for gap in gaps if local(gap.shift.starts_at).date() == day),
        )
        for day in days
    ]


def _midnight(day: date, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(0), AMSTERDAM)


def _distinct(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))
