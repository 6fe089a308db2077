"""A round is planned, followed by a second one for who was not reached, and closed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.doors.actions.proving import tell_door_list
from nabij.doors.addresses import Address, in_route
from nabij.doors.content import number_of
from nabij.doors.models import Door, Outcome, Round, RoundKey
from nabij.doors.policies import can_plan, may_see_plan
from nabij.doors.queries import left_to_others, not_reached, sums_of
from nabij.doors.sealing import new_pair
from nabij.incidents.models import Incident
from nabij.keys.sealing import seal_bytes
from nabij.kit.clock import local

NOT_YOURS = "Voor deze gebeurtenis kunt u geen deurronde maken."


@dataclass(frozen=True)
class Plan:
    """Which addresses, which of those others take care of, when, and with which languages."""

    addresses: Sequence[Address]
    starts_at: datetime
    ends_at: datetime
    elsewhere: Sequence[Address] = ()
    languages: tuple[str, ...] = ()


@transaction.atomic
def plan_round(incident: Incident, plan: Plan, *, by: Actor, at: datetime) -> Round:
    """Make a round; each address once, in the order of the route. Source: EXP-09.

    ValidationError beside `addresses`, `elsewhere` or `ends_at`. Some addresses others take care of: those
    that were named here, and those of `left_to_others`. Which is which is kept nowhere: decision 0028.
    """
    if not can_plan(by, incident, at):
        raise PermissionDenied(NOT_YOURS)
    _check_hours(plan.starts_at, plan.ends_at)
    route, elsewhere = _listed(plan), {each.key for each in plan.elsewhere}
    elsewhere |= left_to_others(incident, route)
    if all(each.key in elsewhere for each in route):
        raise ValidationError({"addresses": "Zo blijft er geen deur over om langs te gaan."})
    return _make(incident, route, plan, by, at, elsewhere=elsewhere)


@transaction.atomic
def second_round(first: Round, *, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> Round:
    """Go once more to the doors where nobody was reached. Source: EXP-19.

    ValidationError when the first round still runs, had a second one already, or reached everybody.
    """
    held = _held(first)
    if not can_plan(by, held.incident, at):
        raise PermissionDenied(NOT_YOURS)
    _check_hours(starts_at, ends_at)
    if held.closed_at is None:
        raise ValidationError("Sluit eerst deze ronde.")
    if Round.objects.filter(follows=held).exists():
        raise ValidationError("Er is al een tweede ronde.")
    doors = [Address(each.street, each.number, each.addition) for each in not_reached(held)]
    if not doors:
        raise ValidationError("Bij elke deur is iemand bereikt. Een tweede ronde is niet nodig.")
    plan = Plan(doors, starts_at, ends_at, languages=tuple(held.languages))
    return _make(held.incident, in_route(doors), plan, by, at, follows=held)


@transaction.atomic
def close_round(found: Round, *, by: Actor, at: datetime) -> Round:
    """Nobody walks any more; closed twice it stays as it was.

    ValidationError while two phones still say something different of a door.
    """
    held = _held(found)
    if not may_see_plan(by, held.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if held.closed_at is not None:
        return held
    sums = sums_of(held)
    if sums.disputed:
        raise ValidationError("Bij een deur zeggen twee telefoons iets anders. Kies eerst wat klopt.")
    held.closed_at = at
    held.save(update_fields=["closed_at"])
    facts: dict[str, trail.Fact] = {"doors": sums.doors}
    trail.record("doors.closed", by=by, at=at, subject=held, thread_id=held.incident_id, facts=facts)
    tell_door_list(held, sums, by=by, at=at)
    return held


def _listed(plan: Plan) -> list[Address]:
    """The addresses of the list, in the order of the route."""
    found = {each.key: each for each in plan.addresses}
    if not found:
        raise ValidationError({"addresses": "Schrijf op welke adressen u langsgaat."})
    if len(found) > number_of("most_doors"):
        raise ValidationError(
            {"addresses": f"Een ronde heeft hooguit {number_of('most_doors')} deuren. Maak er meer van."}
        )
    if {each.key for each in plan.elsewhere} - found.keys():
        raise ValidationError({"elsewhere": "Een van deze adressen staat niet op de lijst hierboven."})
    return in_route(found.values())


def _check_hours(starts_at: datetime, ends_at: datetime) -> None:
    """On one day, not before eight and not after nine; source: EXP-09."""
    start, end = local(starts_at), local(ends_at)
    if end <= start or end.date() != start.date():
        raise ValidationError({"ends_at": "Het einde ligt later op dezelfde dag."})
    last = end.hour + (end.minute > 0)
    if start.hour < number_of("from_hour") or last > number_of("until_hour"):
        raise ValidationError(
            {"starts_at": f"Bel alleen aan tussen {number_of('from_hour')} en {number_of('until_hour')} uur."}
        )


def _make(
    incident: Incident,
    route: Sequence[Address],
    plan: Plan,
    by: Actor,
    at: datetime,
    follows: Round | None = None,
    elsewhere: Collection[tuple[str, int, str]] = (),
) -> Round:
    if by.id is None:
        raise PermissionDenied(NOT_YOURS)
    made = Round.objects.create(
        incident=incident, follows=follows, starts_at=plan.starts_at, ends_at=plan.ends_at,
        languages=list(plan.languages), planned_at=at, planned_by=by.id,
    )  # fmt: skip
    public, private = new_pair()
    key = RoundKey(round=made, public=public, made_at=at)
    key.private_sealed = seal_bytes(key.pk, private)
    key.save(force_insert=True)
    Door.objects.bulk_create(
        Door(
            round=made, street=each.street, number=each.number, addition=each.addition, position=place,
            outcome=Outcome.ELSEWHERE if each.key in elsewhere else Outcome.OPEN,
        )
        for place, each in enumerate(route)
    )  # fmt: skip
    facts: dict[str, trail.Fact] = {"doors": len(route)}
    trail.record("doors.planned", by=by, at=at, subject=made, thread_id=incident.pk, facts=facts)
    return made


def _held(found: Round) -> Round:
    return Round.objects.select_for_update(of=("self",)).select_related("incident").get(pk=found.pk)
