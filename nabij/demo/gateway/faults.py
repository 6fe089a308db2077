"""What goes wrong, how often, and when: decided by seed, so that a run repeats."""

import hashlib
from dataclasses import dataclass, fields

KINDS = ("hang", "error", "drop", "duplicate", "late", "fail")


@dataclass(frozen=True)
class Draw:
    """What happens to one request: its fault ("" for none) and whether its message comes through anyway."""

    fault: str
    kept: bool = False


@dataclass(frozen=True)
class Faults:
    """The share (0 to 1) of requests struck by each fault; together at most 1.

    hang: no answer for ``hang_seconds``, then HTTP 503. error: HTTP 500. drop: accepted, never delivered,
    no callback. duplicate: delivered twice. late: the callback comes ``late_seconds`` later. fail: accepted,
    then reported as failed. mail: a mail is put off with 451. ``kept`` is the share of hanging and refused
    requests whose message is delivered although the sender got no good answer. ``by`` says what decides: the
    "sequence" number of the request since the faults were set, or the idempotency "key" and its attempt.
    """

    seed: int = 1
    hang: float = 0.0
    error: float = 0.0
    drop: float = 0.0
    duplicate: float = 0.0
    late: float = 0.0
    fail: float = 0.0
    mail: float = 0.0
    kept: float = 0.0
    hang_seconds: float = 30.0
    late_seconds: float = 20.0
    by: str = "sequence"

    def draw(self, sequence: int, key: str, attempt: int) -> Draw:
        """Decide what happens to a request to send a text or a call."""
        turn = self._turn(sequence, key, attempt)
        left = roll(self.seed, turn, "fault")
        for kind in KINDS:
            share: float = getattr(self, kind)
            if left < share:
                return Draw(kind, kept=roll(self.seed, turn, "kept") < self.kept)
            left -= share
        return Draw("")

    def draw_mail(self, sequence: int, key: str, attempt: int) -> Draw:
        """Decide whether a mail is put off with a temporary failure."""
        struck = roll(self.seed, self._turn(sequence, key, attempt), "mail") < self.mail
        return Draw("mail" if struck else "")

    def _turn(self, sequence: int, key: str, attempt: int) -> str:
        return f"{key}/{attempt}" if self.by == "key" else str(sequence)


def roll(seed: int, turn: str, question: str) -> float:
    """Give the number from 0 up to 1 that this seed always gives for this turn and question."""
    digest = hashlib.sha256(f"{seed}:{question}:{turn}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def faults_from(data: object) -> Faults:
    """Read faults from JSON; what is not named is off. Raises ValueError with the reason."""
    if not isinstance(data, dict):
        raise ValueError("faults must be an object")
    known = {field.name: field.type for field in fields(Faults)}
    for name, value in data.items():
        if name not in known:
            raise ValueError(f"unknown fault: {name}")
        if name == "by":
            if value not in ("sequence", "key"):
                raise ValueError('by must be "sequence" or "key"')
        elif isinstance(value, bool) or not isinstance(value, int if name == "seed" else int | float):
            raise ValueError(f"{name} must be a number")
        elif name.endswith("_seconds"):
            if not 0 <= value <= 3600:
                raise ValueError(f"{name} must lie between 0 and 3600")
        elif name != "seed" and not 0 <= value <= 1:
            raise ValueError(f"{name} must lie between 0 and 1")
    faults = Faults(**data)
    if sum(getattr(faults, kind) for kind in KINDS) > 1.000001:
        raise ValueError("the faults together exceed 1")
    return faults
