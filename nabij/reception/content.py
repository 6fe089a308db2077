"""What is asked and counted at a reception: content, in data/reception.toml."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "reception.toml"


def _content() -> dict[str, Any]:
    return load_toml(_FILE)


def needs() -> dict[str, str]:
    """What people may need at once, by code, in the reader's language."""
    return {code: in_language(names) for code, names in _content()["need"].items()}


def talk_topics() -> dict[str, str]:
    """What a group talk may be about, by code, in the reader's language."""
    return {code: in_language(names) for code, names in _content()["topic"].items()}


def consent_text() -> str:
    """What is read aloud before anything is written down."""
    return in_language(_content()["consent"])


def consent_version() -> str:
    """The version of that text, kept with each card."""
    return str(_content()["consent"]["version"])


def child_below_age() -> int:
    """Who is younger is a child: counted, never written down."""
    return int(_content()["child_below_age"])


def counted(number: int, *, exact: bool) -> str:
    """The number; for who does not help these people a small one is hidden, and nought is nought."""
    limit = int(_content()["hidden_below"])
    if exact or number == 0 or number >= limit:
        return str(number)
    return gettext("minder dan %(limit)s") % {"limit": limit}
