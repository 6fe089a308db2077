"""Entry codes: made at random, said or typed in any way, and kept as a mark of one centre."""

import re
import secrets
from uuid import UUID

from nabij.keys.blind import blind_index

# said aloud these are not mixed up: no I, O, 0 or 1, and no vowels that make a word
SIGNS = "BCDFGHJKLMNPQRSTVWXZ23456789"
LENGTH = 8


def fresh_code() -> str:
    """A new code in two groups, "BK7R-M3XT"."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def code_mark(centre_id: UUID, code: str) -> bytes:
    """What is kept of a code, however it was typed; of no use at another centre."""
    return blind_index(f"besloten:{centre_id}", "entry code", re.sub(r"[\W_]", "", code).upper())
