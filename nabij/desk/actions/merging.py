"""Needs at a merge: what somebody took stays taken, a clock that runs goes on, and all of it can go back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from nabij.audit.actor import Actor
from nabij.desk.actions.needs_made import drop_needs
from nabij.desk.models import LIVE, Need, NeedState
from nabij.keys.sealing import Opener, seal
from nabij.people.models import Registration

# what stands or falls together: half a state would be none
STATE = ("state", "owner_id", "page_id", "partner", "outcome", "taken_at", "passed_at", "ended_at")
KEPT = {NeedState.TAKEN: 4, NeedState.PASSED: 4, NeedState.DONE: 3, NeedState.OPEN: 1, NeedState.DROPPED: 0}


@transaction.atomic
def take_needs_along(folded: Registration, kept: Registration, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The needs of the one folded away go to the one that stays; tells how all of them were.

    Of two of one kind the one that somebody took stays, then the urgent one; the other lapses.
    """
    old, new = _root(folded), _root(kept)
    rows = list(Need.objects.select_for_update().filter(registration__in=(old, new)).order_by("pk"))
    before = {str(each.pk): _told(each) for each in rows}
    theirs = {each.kind: each for each in rows if each.registration_id == old}
    mine = {each.kind: each for each in rows if each.registration_id == new}
    places: dict[UUID, UUID] = {}
    for kind, need in theirs.items():
        other = mine.get(kind)
        if need.state == NeedState.DROPPED or (other and _weight(other) >= _weight(need)):
            continue
        places[need.pk] = new
        if other:
            places[other.pk] = old
    _move(rows, places)
    left = Need.objects.filter(registration=old, state__in=LIVE)
    drop_needs(list(left.order_by("pk")), by=by, at=at)
    after = {str(each.pk): _told(each) for each in Need.objects.filter(pk__in=[row.pk for row in rows])}
    return {pk: {"before": before[pk], "after": after[pk]} for pk in before if before[pk] != after[pk]}


@transaction.atomic
def give_needs_back(
    told: dict[str, Any], folded: Registration, kept: Registration, *, by: Actor, at: datetime
) -> None:
    """Each need stands again where it stood; what was done with one since the merge stays done."""
    found = list(Need.objects.select_for_update().filter(pk__in=[*told]).order_by("pk"))
    rows = [each for each in found if each.registration_id in (_root(folded), _root(kept))]
    _move(rows, {each.pk: UUID(told[str(each.pk)]["before"]["registration_id"]) for each in rows})
    for row in Need.objects.filter(pk__in=[each.pk for each in rows]):
        then = told[str(row.pk)]
        if {name: _as_text(getattr(row, name)) for name in STATE} == _state(then["after"]):
            Need.objects.filter(pk=row.pk).update(**_state(then["before"]), due_at=then["before"]["due_at"])


def _root(row: Registration) -> UUID:
    return row.corrects_id or row.pk


def _weight(need: Need) -> int:
    """Which of two of one kind goes on: taken, done, urgent, open, lapsed."""
    return KEPT[NeedState(need.state)] + (need.state == NeedState.OPEN and need.is_urgent)


def _move(rows: list[Need], places: dict[UUID, UUID]) -> None:
    """Point needs to other registrations, two of one kind may change places; what was told is sealed anew."""
    moving = [each for each in rows if places.get(each.pk, each.registration_id) != each.registration_id]
    to = Registration.objects.in_bulk({places[each.pk] for each in moving})
    was = Registration.objects.in_bulk({each.registration_id for each in moving})
    opener = Opener([each.person_id for each in was.values()])
    for number, need in enumerate(moving):  # out of the way first: one of a kind for each registration
        Need.objects.filter(pk=need.pk).update(kind=f"~{number}")
    for need in moving:
        told = opener.open(was[need.registration_id].person_id, need.told_sealed)
        place = to[places[need.pk]]
        sealed = seal(place.person_id, told) if told else b""
        Need.objects.filter(pk=need.pk).update(registration=place, kind=need.kind, told_sealed=sealed)


def _told(need: Need) -> dict[str, Any]:
    names = ("registration_id", "due_at", *STATE)
    return {name: _as_text(getattr(need, name)) for name in names}


def _as_text(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else str(value)


def _state(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in STATE}
