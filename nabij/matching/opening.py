"""Registrations opened in memory, as records that can be compared."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from nabij.keys.sealing import ERASED, Opener
from nabij.matching.sought import Sought
from nabij.notify.contact_rules import rules_of
from nabij.people.models import Registration
from nabij.people.queries.registrations import UNSAFE

# read as they are: making whole records of sixty to show ten costs more than the search itself
_COLUMNS = (
    "pk", "person_id", "age_group", "municipality_sealed", "household_sealed", "person__name_sealed",
    "person__phone_sealed", "person__email_sealed", "person__safe_to_call_sealed",
)  # fmt: skip
Told = Callable[[bytes | memoryview], str]


def opened(
    rows: QuerySet[Registration], *, shows_all: bool, beside: Sought | None = None
) -> dict[UUID, Sought]:
    """What is known of each, by registration; with `beside` only what can be weighed beside that record.

    Without `shows_all` only what a registrar may see: no number or address of who made a rule about contact,
    no number that is not safe to call. What may not be shown may not steer what is shown either.
    """
    found = list(rows.order_by().values_list(*_COLUMNS, named=True))
    whose = [row.person_id for row in found]
    opener = Opener(whose)
    reaches = beside is None or bool(beside.number or beside.mailbox)
    ruled = set(rules_of(whose)) if reaches and not shows_all else set()
    return {
        row.pk: _one(row, _told(opener, row.person_id), beside, shows_all, has_rule=row.person_id in ruled)
        for row in found
    }


def _told(opener: Opener, whose: UUID) -> Told:
    def told(sealed: bytes | memoryview) -> str:
        text = opener.open(whose, sealed)
        return "" if text == ERASED else text

    return told


def _one(row: Any, told: Told, beside: Sought | None, shows_all: bool, *, has_rule: bool) -> Sought:
    wants = {name: beside is None or bool(getattr(beside, name)) for name in ("number", "mailbox", "places")}
    is_unsafe = wants["number"] and not shows_all and told(row.person__safe_to_call_sealed) == UNSAFE
    return Sought(
        name=told(row.person__name_sealed),
        phone=told(row.person__phone_sealed) if wants["number"] and not (has_rule or is_unsafe) else "",
        email=told(row.person__email_sealed) if wants["mailbox"] and not has_rule else "",
        place=told(row.municipality_sealed) if wants["places"] else "",
        household=told(row.household_sealed) if beside is None or beside.household else "",
        age_group=row.age_group,
    )
