"""Pairs of both organisations, the doors divided among them, and the briefing before they go."""

from collections.abc import Collection
from datetime import datetime
from string import ascii_uppercase
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.doors.content import briefing_points
from nabij.doors.models import Door, Outcome, Pair, Round
from nabij.doors.policies import can_plan, pairs_of
from nabij.doors.queries import lacking_of, municipal_people, promised_people
from nabij.kit.clock import local

NOT_YOURS = "Van deze ronde maakt u geen koppels."


@transaction.atomic
def make_pair(found: Round, municipal_id: UUID, supporter_id: UUID, *, by: Actor, at: datetime) -> Pair:
    """Two people walk together: a municipal one, and one promised by victim support, certified that day.

    ValidationError beside `municipal` or `supporter`. The open doors are divided anew. Source: EXP-11.
    """
    held = _held(found, by, at)
    municipal = municipal_people(held.incident, at).filter(pk=municipal_id).first()
    if municipal is None:
        raise ValidationError({"municipal": "Kies iemand van de gemeente."})
    supporter = promised_people(held.incident, at).filter(pk=supporter_id).first()
    if supporter is None:
        raise ValidationError({"supporter": "Kies iemand die Slachtofferhulp heeft toegezegd."})
    lacks = lacking_of([supporter.user_id], local(held.starts_at).date())
    if lacks:
        raise ValidationError({"supporter": f"Deze persoon mag die dag niet mee: {lacks[supporter.user_id]}"})
    taken = list(held.pairs.all())
    if any(each.municipal_id == municipal.pk for each in taken):
        raise ValidationError({"municipal": "Deze persoon loopt al in een koppel."})
    if any(each.supporter_id == supporter.pk for each in taken):
        raise ValidationError({"supporter": "Deze persoon loopt al in een koppel."})
    free = [each for each in ascii_uppercase if each not in {pair.letter for pair in taken}]
    if not free:
        raise ValidationError("Meer koppels passen niet in één ronde.")
    pair = Pair.objects.create(round=held, letter=free[0], municipal=municipal, supporter=supporter)
    _divide(held)
    facts: dict[str, trail.Fact] = {"letter": pair.letter}
    trail.record("doors.paired", by=by, at=at, subject=pair, thread_id=held.incident_id, facts=facts)
    return pair


@transaction.atomic
def drop_pair(pair: Pair, *, by: Actor, at: datetime) -> None:
    """This pair does not walk after all; its doors go to the others.

    Dropped twice it falls out once. ValidationError once it was briefed: its phones may be on their way
    and still have something to tell.
    """
    held = _held(pair.round, by, at)
    # held, so that a briefing of this very moment is not lost with it
    now = held.pairs.select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if now is None:
        return
    if now.briefed_at is not None:
        raise ValidationError("Dit koppel is al op pad.")
    facts: dict[str, trail.Fact] = {"letter": pair.letter}
    trail.record("doors.unpaired", by=by, at=at, subject=pair, thread_id=held.incident_id, facts=facts)
    Pair.objects.filter(pk=pair.pk).delete()
    _divide(held)


@transaction.atomic
def brief_pair(pair: Pair, points: Collection[str], *, by: Actor, at: datetime) -> Pair:
    """The pair knows what it must know, and may go; by who plans, or by one of the two. Source: EXP-10.

    ValidationError when a point was not ticked.
    """
    held = Pair.objects.select_for_update(of=("self",)).select_related("round__incident").get(pk=pair.pk)
    incident = held.round.incident
    own = pairs_of(by).filter(pk=held.pk).exists()
    if by.id is None or not (own or can_plan(by, incident, at)):
        raise PermissionDenied(NOT_YOURS)
    if set(briefing_points()) - set(points):
        raise ValidationError("Loop alle punten na voordat u gaat.")
    if held.briefed_at is None:
        held.briefed_at, held.briefed_by = at, by.id
        held.save(update_fields=["briefed_at", "briefed_by"])
        facts: dict[str, trail.Fact] = {"letter": held.letter}
        trail.record("doors.briefed", by=by, at=at, subject=held, thread_id=incident.pk, facts=facts)
    return held


def _divide(found: Round) -> None:
    """Each pair a stretch of the route of about the same length; what was already walked stays as it is."""
    pairs = list(found.pairs.order_by("letter"))
    doors = list(found.doors.filter(outcome=Outcome.OPEN).order_by("position"))
    for place, door in enumerate(doors):
        door.pair = pairs[place * len(pairs) // len(doors)] if pairs else None
    Door.objects.bulk_update(doors, ["pair"])


def _held(found: Round, by: Actor, at: datetime) -> Round:
    held = Round.objects.select_for_update(of=("self",)).select_related("incident").get(pk=found.pk)
    if not can_plan(by, held.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if held.closed_at is not None:
        raise ValidationError("Deze ronde is gesloten.")
    return held
