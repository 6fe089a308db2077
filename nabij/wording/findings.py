"""What stands in a text that may not stand there, or that somebody must look at again."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a finding asks: take it out, say why it may stay, or only know it."""

    REFUSE = "refuse"
    ASK = "ask"
    TELL = "tell"


@dataclass(frozen=True)
class Finding:
    """Something that was found in a text: what kind, the very words, and why it matters."""

    kind: str
    hit: str
    why: str
    level: Level

    @property
    def key(self) -> str:
        """A name for this finding in a form: the same words in the same text have the same one."""
        return f"{self.kind}-{hashlib.sha256(self.hit.encode()).hexdigest()[:8]}"

    def __str__(self) -> str:
        return f"“{self.hit}”: {self.why}"
