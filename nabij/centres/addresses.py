"""Short addresses of centres: two words that people can say aloud, telling nothing about anybody."""

import secrets
from collections.abc import Callable
from pathlib import Path

from nabij.kit.content import load_toml
from nabij.kit.references import ATTEMPTS, words


def fresh_slug(is_taken: Callable[[str], bool]) -> str:
    """A random address that is not taken, "zilver-linde"; with a number when the words run out."""
    first, _ = words("animals")
    second = load_toml(Path(__file__).parent / "data" / "slugs.toml")["words"]
    for _attempt in range(ATTEMPTS):
        slug = f"{secrets.choice(first)}-{secrets.choice(second)}"
        if not is_taken(slug):
            return slug
    return f"{secrets.choice(first)}-{secrets.choice(second)}-{secrets.randbelow(9000) + 1000}"
