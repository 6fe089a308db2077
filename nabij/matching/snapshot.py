"""How two registrations were before they were merged, kept as sealed text, and put back column by column."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models

from nabij.people.models import Person, Registration
from nabij.people.sealing import SEALED_OF_PERSON, SEALED_OF_REGISTRATION

PERSON = (*SEALED_OF_PERSON.values(), "language", "has_phone", "has_email")
REGISTRATION = (
    *SEALED_OF_REGISTRATION.values(), "relation", "age_group", "municipality_code", "needs", "aids",
    "is_urgent", "wants_closed_part", "wants_newsletter",
)  # fmt: skip
WISH = ("person_id", "state", "is_urgent", "consent_version")

STRICTER = ("safe_to_call_sealed",)

Columns = dict[str, Any]


def columns_of(row: models.Model, names: Iterable[str]) -> Columns:
    """These columns of a row as text can hold them."""
    return {name: _as_text(getattr(row, name)) for name in names}


def of_pair(kept: Registration, folded: Registration) -> dict[str, Columns]:
    """The answers of the one that stays, and what a merge may make stricter of the other."""
    person, other = (Person.objects.get(registrations=each) for each in (kept, folded))
    return {
        "person": columns_of(person, PERSON),
        "registration": columns_of(kept, REGISTRATION),
        "folded_person": columns_of(other, STRICTER),
    }


def _as_text(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"sealed": b64encode(bytes(value)).decode()}
    return str(value) if isinstance(value, UUID) else value


def _from_text(value: Any) -> Any:
    return b64decode(value["sealed"]) if isinstance(value, dict) else value


def put_back(row: models.Model, before: Columns, after: Columns) -> None:
    """Give a row its columns of before; what was changed since by anybody else stays as they made it."""
    now = columns_of(row, before)
    old = {name: _from_text(value) for name, value in before.items() if now[name] == after[name]}
    if old:
        type(row)._default_manager.filter(pk=row.pk).update(**old)


def as_text(content: dict[str, Any]) -> str:
    """For sealing."""
    return json.dumps(content)


def from_text(text: str) -> dict[str, Any]:
    """What `as_text` made."""
    content: dict[str, Any] = json.loads(text)
    return content
