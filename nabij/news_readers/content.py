"""Terms, limits and words of asking the news by e-mail; content, in data/."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from nabij.kit.content import load_toml

DATA = Path(__file__).parent / "data"


@cache
def _content() -> dict[str, Any]:
    found: dict[str, Any] = load_toml(DATA / "asking.toml")
    return found


def known(language: str) -> str:
    """This language when the words exist in it, otherwise Dutch."""
    return language if language in _content()["words"] else "nl"


def words(language: str) -> dict[str, str]:
    """What a reader sees in this language, with the term filled in."""
    hours = _content()["confirm_hours"]
    return {name: text.replace("{hours}", str(hours)) for name, text in _content()["words"][language].items()}


def confirm_within() -> timedelta:
    """So long an address waits for its confirmation; then it is erased."""
    return timedelta(hours=_content()["confirm_hours"])


def most_asks() -> int:
    """So many mails with a link one address gets at most within that term."""
    return int(_content()["most_asks"])


def flood() -> dict[str, int]:
    """From one network: more forms than this many in so many seconds are answered slowly."""
    found: dict[str, int] = _content()["flood"]
    return found


def slow_mails() -> int:
    """So many mails leave each minute for what came in a flood."""
    return int(_content()["slow_mails"])


def mail_batch() -> int:
    """How many mails with a link are written in one transaction."""
    return int(_content()["mail_batch"])
