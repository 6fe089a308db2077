"""One wish for the news on its way: the same bytes in the web process, in the spool and at the drain."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class NewsAsk:
    """An address that wants the news of a centre, with the moment by the clock of the web machine."""

    centre_id: UUID
    email: str
    language: str
    sent_at: datetime
    is_flooded: bool = False

    def as_bytes(self) -> bytes:
        """For the envelope."""
        return json.dumps({"news": 1, **asdict(self)}, default=str).encode()


def from_bytes(data: bytes) -> NewsAsk:
    """The wish in an opened envelope; raises ValueError when it is none."""
    try:
        raw = json.loads(data)
        return NewsAsk(
            centre_id=UUID(raw["centre_id"]),
            email=str(raw["email"]),
            language=str(raw["language"]),
            sent_at=datetime.fromisoformat(raw["sent_at"]),
            is_flooded=raw["is_flooded"] is True,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no wish for news") from error
