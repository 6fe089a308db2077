"""What goes along when a registration is folded away: rows that apps above name; all else forbids it.

Whoever is helped apart (an app above says who) goes on as they are: all that hangs on their person stays, and
so does how they are reached. Whatever else hangs on the one to be folded away is too important to move
silently: then the other one must be folded away, or nobody. The words for a registrar never say what it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor
from nabij.matching.models import Comparison, MatchKey, Merge, PossibleDouble
from nabij.notify.models import ContactRule
from nabij.people.models import BlindIndex, Consent, ContactWish, Person, Registration

Rows = type[models.Model]
_OWN: frozenset[Rows] = frozenset(
    {BlindIndex, Comparison, Consent, ContactWish, MatchKey, Merge, PossibleDouble, Registration}
)
_following: dict[Rows, str] = {}
_staying: set[Rows] = set()


@dataclass(frozen=True)
class Carrier:
    """What an app above does with its own rows at a merge; what `take` tells comes back to `give_back`."""

    take: Callable[..., dict[str, Any]]  # (old, new, *, by, at)
    give_back: Callable[..., None]  # (told, old, new, *, by, at)


_carriers: dict[str, Carrier] = {}
# in words why the first of two may not be folded away under the second; empty when it may
Check = Callable[[Registration, Registration], str]
_refusals: list[Check] = []
_preferences: list[Check] = []
_helped_apart: list[Callable[[UUID], bool]] = []


def follow(rows: Rows, field: str) -> None:
    """Let these rows, that point with `field` to a registration or a person, move along (from hooks)."""
    _following[rows] = field


def stay(rows: Rows) -> None:
    """Let these rows stay with who is folded away: their app sees to it that nothing is lost (from hooks)."""
    _staying.add(rows)


def carry(name: str, carrier: Carrier) -> None:
    """Let an app above take along its own rows in the transaction of the merge (from hooks)."""
    _carriers[name] = carrier


def refuse(check: Check) -> None:
    """Let an app above forbid folding one of two away, in words that say what to do (from hooks)."""
    _refusals.append(check)


def prefer(check: Check) -> None:
    """Let an app above say that the other one had better stay, as long as that is possible (from hooks)."""
    _preferences.append(check)


def let_stand(is_helped: Callable[[UUID], bool]) -> None:
    """Let an app above say which persons are helped apart, and so go on beside a merge (from hooks)."""
    _helped_apart.append(is_helped)


def is_helped_apart(person_id: UUID) -> bool:
    """Whether this person goes on, with all that hangs on them, when their registration is folded away."""
    return any(is_helped(person_id) for is_helped in _helped_apart)


def objection(folded: Registration, kept: Registration) -> str:
    """Why this one cannot be folded away under that one, in words that say what to do; empty when it can."""
    said, other = _first(_refusals, folded, kept), _first(_refusals, kept, folded)
    is_free = not other and not holds_back(kept) and folded.corrects_id != kept.pk
    stuck = _("Deze twee kunnen nu niet samen: bij allebei loopt nog iets. Vraag uw leider registratie.")
    if said:
        return said if is_free or said == other else stuck
    if holds_back(folded):
        return _('Deze aanmelding kan niet wegvallen. Kies "Laat de andere staan".') if is_free else stuck
    return _first(_preferences, folded, kept) if is_free else ""


def _first(checks: Iterable[Check], folded: Registration, kept: Registration) -> str:
    return next((said for check in checks if (said := check(folded, kept))), "")


def take_along(old: Registration, new: Registration, by: Actor, at: datetime) -> dict[str, Any]:
    """Every carrier takes along what it has of the one folded away; told so that it can go back."""
    return {name: carrier.take(old, new, by=by, at=at) for name, carrier in _carriers.items()}


def bring_back(
    carried: dict[str, Any], old: Registration, new: Registration, by: Actor, at: datetime
) -> None:
    """Every carrier gives back what it took."""
    for name, told in carried.items():
        if name in _carriers:
            _carriers[name].give_back(told, old, new, by=by, at=at)


def move(old: Registration, new: Registration) -> dict[str, list[str]]:
    """Point what follows to the other one; which rows moved, to be put back by `move_back`."""
    moved: dict[str, list[str]] = {}
    for rows, field in _following.items():
        before, after = _ends(rows, field, old, new)
        found = rows._default_manager.filter(**{field: before})
        ids = [str(pk) for pk in found.values_list("pk", flat=True)]
        found.update(**{field: after})
        if ids:
            moved[rows._meta.label] = ids
    return moved


def move_back(moved: dict[str, list[str]], old: Registration, new: Registration) -> None:
    """Point what moved to where it was, as far as it still is where it went."""
    for rows, field in _following.items():
        before, after = _ends(rows, field, old, new)
        ids = moved.get(rows._meta.label, [])
        rows._default_manager.filter(**{"pk__in": ids, field: after}).update(**{field: before})


def holds_back(registration: Registration) -> bool:
    """Whether something hangs on this registration or its person that can neither move nor stay."""
    ends: list[tuple[Rows, UUID]] = [(Registration, registration.pk)]
    if not is_helped_apart(registration.person_id):
        ends.append((Person, registration.person_id))
        if ContactRule.objects.filter(subject_id=registration.person_id).exists():
            return True
    return any(
        rows._default_manager.filter(**{field: pk}).exists()
        for target, pk in ends
        for rows, field in _pointing_to(target)
    )


def _ends(rows: Rows, field: str, old: Registration, new: Registration) -> tuple[UUID, UUID]:
    is_person = rows._meta.get_field(field).related_model is Person
    return (old.person_id, new.person_id) if is_person else (old.pk, new.pk)


def _pointing_to(target: Rows) -> Iterable[tuple[Rows, str]]:
    """Every relation in the house to this model, but for what is dealt with here or follows."""
    for relation in target._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            rows = relation.related_model
            if rows not in _OWN | _staying and rows not in _following:
                yield rows, relation.field.name
