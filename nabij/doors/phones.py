"""What a phone sends when it has a signal again, and what it gets back: codes, never a name."""

import base64
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

from nabij.doors.models import VISITED, Door
from nabij.doors.queries import Sums

LONGEST_AGO = 14 * 24 * 3600
Code = Literal["open", "talked", "flyer", "refused", "nobody", "empty"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tap(_Strict):
    """One tap at a door, so many seconds ago: a phone's clock may be wrong. No field for anything else."""

    id: UUID
    door: UUID
    outcome: Code
    previous: UUID | None
    ago: Annotated[int, Field(ge=0, le=LONGEST_AGO)]


class Card(_Strict):
    """One sealed wish."""

    id: UUID
    envelope: Annotated[Base64Bytes, Field(max_length=4096)]


class Sent(_Strict):
    """Everything that waited on one phone, in the order in which it was pressed."""

    taps: Annotated[list[Tap], Field(max_length=2000)] = []
    cards: Annotated[list[Card], Field(max_length=500)] = []


def standing(
    doors: list[Door], sums: Sums, *, is_closed: bool, token: str, made_at: datetime
) -> dict[str, Any]:
    """How the doors of a phone stand now."""
    return {
        "closed": is_closed,
        "token": token,
        "made": made_at.timestamp(),
        "sums": {code: sums.numbers[code] for code in VISITED},
        "doors": [
            {
                "id": str(each.pk), "outcome": each.outcome, "disputed": each.is_disputed,
                "note": str(each.counted_id) if each.counted_id else None,
            }
            for each in doors
        ],
    }  # fmt: skip


def in_letters(content: bytes) -> str:
    """Bytes for an attribute of a page."""
    return base64.b64encode(content).decode()
