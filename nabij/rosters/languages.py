"""What a page can ask of people besides their number: a language (content), or that one can coordinate."""

from functools import cache
from pathlib import Path

from django.utils.translation import gettext

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "languages.toml"


@cache
def _content() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = load_toml(_FILE)["language"]
    return found


def language_choices() -> list[tuple[str, str]]:
    """Code and name, in the language of who reads it now."""
    return [(code, in_language(names)) for code, names in _content().items()]


def skill_of(language: str) -> str:
    """The code by which a page asks for this language."""
    return f"lang:{language}"


COORDINATOR_SKILL = "role:coordinator"


def skill_in_words(skill: str) -> str:
    """Who is still needed, such as "iemand die Turks spreekt"."""
    if skill == COORDINATOR_SKILL:
        return gettext("een coördinator")
    return gettext("iemand die %(language)s spreekt") % {"language": _language(skill)}


def _language(skill: str) -> str:
    return in_language(_content()[skill.removeprefix("lang:")])
