"""How a person comes back: the numbers and sentences of the login by code, as content."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from nabij.kit.content import load_toml

FILE = Path(__file__).parent / "data" / "login.toml"
LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Terms:
    """Limits of the login by code."""

    code_lasts: timedelta
    tries: int
    session_lasts: timedelta
    per_address: int
    per_network: int


def login_terms() -> Terms:
    """The limits as the content file has them."""
    found = load_toml(FILE)
    return Terms(
        timedelta(minutes=found["code_minutes"]),
        found["code_tries"],
        timedelta(minutes=found["session_minutes"]),
        found["codes_per_address_per_hour"],
        found["codes_per_network_per_hour"],
    )


def login_texts(language: str) -> dict[str, str]:
    """All sentences of one's own pages in this language, Dutch when they are not in it."""
    found = load_toml(FILE)
    tongue = language if language in LANGUAGES else "nl"
    texts = {name: each[tongue] for name, each in found["text"].items()}
    texts["code_lead"] = texts["code_lead"].format(minutes=found["code_minutes"])
    return texts
