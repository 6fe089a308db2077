"""Registrations opened in memory, as records that can be compared."""

from collections.abc import Iterable
from uuid import UUID

from nabij.keys.sealing import ERASED, Opener
from nabij.matching.sought import Sought
from nabij.notify.contact_rules import rules_of
from nabij.people.models import Registration
from nabij.people.queries.registrations import UNSAFE


def opened(rows: Iterable[Registration], *, shows_all: bool) -> dict[UUID, Sought]:
    """What is known of each, by registration; needs `person` along.

    Without `shows_all` only what a registrar may see: no number or address of who made a rule about contact,
    no number that is not safe to call. What may not be shown may not steer what is shown either.
    """
    found = list(rows)
    whose = [row.person_id for row in found]
    opener = Opener(whose)
    ruled = set() if shows_all else set(rules_of(whose))
    return {row.pk: _one(row, opener, shows_all, has_rule=row.person_id in ruled) for row in found}


def _one(row: Registration, opener: Opener, shows_all: bool, *, has_rule: bool) -> Sought:
    def told(sealed: bytes | memoryview) -> str:
        text = opener.open(row.person_id, sealed)
        return "" if text == ERASED else text

    person = row.person
    is_unsafe = not shows_all and told(person.safe_to_call_sealed) == UNSAFE
    return Sought(
        name=told(person.name_sealed),
        phone="" if has_rule or is_unsafe else told(person.phone_sealed),
        email="" if has_rule else told(person.email_sealed),
        place=told(row.municipality_sealed),
        household=told(row.household_sealed),
        age_group=row.age_group,
    )
