"""The languages in which staff can support people; content, and a skill when somebody asks for it."""

from functools import cache
from pathlib import Path

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


def skill_in_words(skill: str) -> str:
    """What a coordinator reads of a skill that is asked, such as "Turks"."""
    return in_language(_content()[skill.removeprefix("lang:")])
