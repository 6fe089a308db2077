"""One registration on its way: the same bytes in the web process, in the spool and at the drain."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from nabij.kit.content import load_toml

SUSPECT = "is_suspect"
EXERCISE = "is_exercise"


@dataclass(frozen=True)
class Submission:
    """What somebody sent, with the moment by the clock of the machine that received it."""

    form_key: UUID
    incident_id: UUID
    language: str
    version: str
    sent_at: datetime
    answers: dict[str, Any]

    def as_bytes(self) -> bytes:
        """For the envelope."""
        return json.dumps({"format": 1, **asdict(self)}, default=str, ensure_ascii=False).encode()

    @property
    def reference(self) -> str:
        """How the person and the desk name this registration aloud."""
        return reference_of(self.form_key)

    @property
    def content(self) -> str:
        """All that was answered, to tell a second press of the button from a corrected form."""
        told = {name: answer for name, answer in self.answers.items() if name != SUSPECT}
        return json.dumps(told, sort_keys=True, ensure_ascii=False)

    @property
    def is_suspect(self) -> bool:
        """Whether it looks as if a program filled it in; kept all the same, for a registrar to look at."""
        return self.answers.get(SUSPECT) is True

    @property
    def is_exercise(self) -> bool:
        """Whether the sender said that it is made up, on the form of an exercise."""
        return self.answers.get(EXERCISE) is True


def from_bytes(data: bytes) -> Submission:
    """The submission of an opened envelope; raises ValueError when it is none."""
    try:
        raw = json.loads(data)
        return Submission(
            form_key=UUID(raw["form_key"]),
            incident_id=UUID(raw["incident_id"]),
            language=str(raw["language"])[:8],
            version=str(raw["version"])[:40],
            sent_at=datetime.fromisoformat(raw["sent_at"]),
            answers=dict(raw["answers"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a submission") from error


@cache
def _words() -> list[str]:
    words: list[str] = load_toml(Path(__file__).parent / "data" / "references.toml")["words"]
    return words


def reference_of(form_key: UUID) -> str:
    """Two words and four digits, the same for a form sent twice; opens nothing, so nobody needs to hide it.

    It follows from the random key of the form: the receipt can name it without asking the database.
    """
    number = int.from_bytes(hashlib.sha256(b"reference of " + form_key.bytes).digest()[:16])
    words = _words()
    number, first = divmod(number, len(words))
    number, second = divmod(number, len(words) - 1)
    others = words[:first] + words[first + 1 :]
    return f"{words[first]} {others[second]} {1000 + number % 9000}"


def as_given(said: str) -> str:
    """The reference in the form in which it was given, however somebody typed it: an index finds it then."""
    return " ".join(said.split()).title()
