"""What somebody answered, as columns: sealed where it names or reaches anybody."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from nabij.keys.sealing import Sealer

SEALED_OF_PERSON = {
    "name": "name_sealed", "phone": "phone_sealed", "email": "email_sealed",
    "preferred_way": "preferred_way_sealed", "preferred_time": "preferred_time_sealed",
    "safe_to_call": "safe_to_call_sealed",
}  # fmt: skip
SEALED_OF_REGISTRATION = {
    "zone": "zone_sealed", "municipality": "municipality_sealed", "household": "household_sealed",
    "guardian": "guardian_sealed",
}  # fmt: skip
CODE = 20


def text_of(answers: Mapping[str, Any], name: str) -> str:
    """An answer as text; nothing for an answer that an older form did not ask."""
    return str(answers.get(name) or "")


def codes_of(answers: Mapping[str, Any], name: str) -> list[str]:
    """The chosen codes of a question with several answers."""
    return [str(code)[:CODE] for code in answers.get(name) or []]


def sealed_columns(sealer: Sealer, person_id: UUID, answers: Mapping[str, Any]) -> dict[str, bytes]:
    """Every answer that names or reaches somebody, sealed with that person's key, by column."""
    columns = SEALED_OF_PERSON | SEALED_OF_REGISTRATION
    return sealer.seal_all(person_id, {column: text_of(answers, name) for name, column in columns.items()})


def person_columns(sealed: Mapping[str, bytes], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the person."""
    return {
        **{column: sealed[column] for column in SEALED_OF_PERSON.values()},
        "language": text_of(answers, "language")[:8] or "nl",
        "has_phone": bool(text_of(answers, "phone")),
        "has_email": bool(text_of(answers, "email")),
    }


def registration_columns(
    sealed: Mapping[str, bytes], answers: Mapping[str, Any], municipality_code: str
) -> dict[str, Any]:
    """The columns of the registration that follow from its answers."""
    return {
        **{column: sealed[column] for column in SEALED_OF_REGISTRATION.values()},
        "relation": text_of(answers, "relation")[:CODE] or "other",
        "age_group": text_of(answers, "age_group")[:8],
        "municipality_code": municipality_code,
        "needs": codes_of(answers, "needs"),
        "aids": codes_of(answers, "aids"),
        "is_urgent": text_of(answers, "urgent") == "yes",
        "wants_closed_part": bool(answers.get("wants_closed_part")),
        "wants_newsletter": bool(answers.get("wants_newsletter")),
    }
