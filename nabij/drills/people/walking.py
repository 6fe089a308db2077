"""Residents at their doors: a round is planned, people are promised, pairs walk, and somebody opens or not.

The game only walks when no living people play one of the two sides: who practises walks themselves.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.audit.actor import Actor
from nabij.doors.actions import (
    Asked,
    Plan,
    Told,
    accept_ask,
    ask_people,
    brief_pair,
    close_round,
    make_pair,
    note_door,
    plan_round,
)
from nabij.doors.addresses import Address
from nabij.doors.content import briefing_points
from nabij.doors.models import AskedFor, Door, Outcome, Pair, Round
from nabij.doors.queries import candidates_for, municipal_people, promised_people
from nabij.drills.chance import Chance
from nabij.drills.content import scenes
from nabij.drills.events import Event, bind
from nabij.drills.models import Drill
from nabij.drills.people.acting import leader, mark, municipality, own_key
from nabij.drills.people.content import doors
from nabij.incidents.models import Incident
from nabij.kit.clock import AMSTERDAM, local

PLANNED, CLOSED, STREET = "doors planned", "doors closed", "Oefenstraat"


def walks(drill: Drill) -> Iterator[Event]:
    """The next thing of the round: planning it, the briefing of a pair, each door, and closing it."""
    if drill.played or CLOSED in drill.acted or not scenes()[drill.scene].homes:
        return
    if PLANNED not in drill.acted:
        moment = drill.starts_at + Chance(drill.seed).hours(doors().hours_before_plan, "plan doors")
        yield Event(moment, "doors plan", bind(_plan, drill, moment))
        return
    for each in Round.objects.filter(incident_id=drill.event_id, closed_at__isnull=True):
        yield from _steps(drill, each)


def _steps(drill: Drill, found: Round) -> Iterator[Event]:
    pairs = list(found.pairs.order_by("letter"))
    if not pairs:
        return
    unbriefed = [each for each in pairs if each.briefed_at is None]
    if unbriefed:
        moment = found.starts_at - timedelta(minutes=doors().briefing_minutes)
        yield Event(moment, "doors brief", bind(_brief, drill, unbriefed, moment))
        return
    every = list(found.doors.order_by("position"))
    left = [each for each in every if each.outcome == Outcome.OPEN]
    for door, moment in _moments(drill, found, every):
        if door.outcome == Outcome.OPEN:
            yield Event(moment, f"door {door.position:04}", bind(_ring_at, drill, found, door, moment))
    if not left:
        yield Event(found.ends_at, "doors close", bind(_close, drill, found))


def _moments(drill: Drill, found: Round, every: list[Door]) -> Iterator[tuple[Door, datetime]]:
    """When each door is rung: some minutes after the one before it on the stretch of the same pair."""
    chance, reached = Chance(drill.seed), dict.fromkeys((each.pair_id for each in every), found.starts_at)
    for door in every:
        reached[door.pair_id] += chance.minutes(doors().minutes_a_door, "door", door.position)
        yield door, reached[door.pair_id]


def _plan(drill: Drill, at: datetime) -> None:
    """Plan the round, ask and promise people, and make the pairs; without people there is no round."""
    mark(drill, PLANNED)
    planner, incident = municipality(drill), Incident.objects.get(pk=drill.event_id)
    if planner is None or not incident.is_open:
        return
    starts_at = _starts(at)
    ends_at = starts_at + timedelta(hours=doors().lasts_hours)
    walkers = list(municipal_people(incident, at)[: doors().pairs])
    if not walkers or not _promise(drill, incident, len(walkers), planner, starts_at, ends_at, at):
        return
    number = round(Chance(drill.seed).between(doors().number, "doors"))
    addresses = [Address(STREET, each) for each in range(1, number + 1)]
    found = plan_round(incident, Plan(addresses, starts_at, ends_at), by=planner, at=at)
    for municipal, supporter in zip(walkers, promised_people(incident, at), strict=False):
        make_pair(found, municipal.pk, supporter.pk, by=planner, at=at)


def _promise(
    drill: Drill, incident: Incident, number: int, planner: Actor, starts_at: datetime, ends_at: datetime,
    at: datetime,
) -> bool:  # fmt: skip
    """Ask for people and promise who may go that day; False when nobody may."""
    asked = Asked(AskedFor.DOORS, number, (), STREET, starts_at, ends_at)
    ask = ask_people(incident, asked, by=planner, at=at)
    able = [each.membership.pk for each in candidates_for(ask, leader(drill), at) if not each.lacking]
    if able:
        accept_ask(ask, able[:number], by=leader(drill), at=at)
    return bool(able)


def _starts(at: datetime) -> datetime:
    """The next time the clock in Amsterdam says the hour at which a round begins, and not within the hour."""
    hour = doors().from_hour
    day = local(at + timedelta(hours=1))
    days = 1 if day.hour >= hour else 0
    first = day.date() + timedelta(days=days)
    return datetime(first.year, first.month, first.day, hour, tzinfo=AMSTERDAM)


def _brief(drill: Drill, pairs: list[Pair], at: datetime) -> None:
    for pair in pairs:
        brief_pair(pair, list(briefing_points()), by=_walker(pair), at=at)
        mark(drill, f"briefed {pair.letter}")


def _ring_at(drill: Drill, found: Round, door: Door, at: datetime) -> None:
    """Somebody opens, or nobody does."""
    pair = Pair.objects.get(doors=door)
    outcomes = [name for name, parts in doors().outcome.items() for _part in range(parts)]
    outcome = Outcome(Chance(drill.seed).one_of(outcomes, "outcome", door.position))
    told = Told(own_key(drill, f"door {found.pk} {door.position}"), door.pk, outcome, None, at)
    note_door(found, told, by=_walker(pair), at=at)
    mark(drill, f"door {door.position}")


def _close(drill: Drill, found: Round) -> None:
    planner = municipality(drill)
    if planner is not None:
        close_round(found, by=planner, at=found.ends_at)
        mark(drill, CLOSED)


def _walker(pair: Pair) -> Actor:
    return actor_for(Membership.objects.select_related("organisation", "user").get(pk=pair.municipal_id))
