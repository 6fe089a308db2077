"""Texts of messages as content: each app registers its own file."""

import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nabij.kit.content import ContentError, load_toml
from nabij.notify.models import Channel
from nabij.notify.terms import delivery_terms

EXERCISE = {"nl": "OEFENING", "en": "OEFENING (EXERCISE)"}
EXERCISE_NOTE = {
    "nl": "OEFENING – dit is niet echt gebeurd.",
    "en": "OEFENING (EXERCISE) – this is not real.",
}
SOURCE_LANGUAGE = "nl"


@dataclass(frozen=True)
class Text:
    """One message in one language: subject, full text, short text and what a voice reads (may be empty)."""

    subject: str
    text: str
    short: str
    spoken: str = ""


@dataclass(frozen=True)
class Template:
    """A message as content; only the values named here can ever stand in it.

    A value named in `whole` keeps its lines and its length: a text that was approved as it is.
    """

    key: str
    title: str
    values: tuple[str, ...]
    answers: bool
    needs_approval: bool
    texts: dict[str, Text]
    whole: frozenset[str] = frozenset()

    def language(self, wanted: str) -> str:
        """The wanted language, or Dutch when nobody wrote it."""
        return wanted if wanted in self.texts else SOURCE_LANGUAGE


class MissingValue(ValueError):
    """A value that the text needs was not given."""


_files: list[Path] = [Path(__file__).parent / "data" / "templates.toml"]


def register(path: Path) -> None:
    """Add an app's file of templates (called from its hooks); raises ContentError when one is unfit."""
    if path not in _files:
        _files.append(path)
        all_templates.cache_clear()
        all_templates()


@cache
def all_templates() -> dict[str, Template]:
    """Every template by its key; raises ContentError for a key used twice or an unfit text."""
    found: dict[str, Template] = {}
    for path in _files:
        for key, content in load_toml(path)["template"].items():
            if key in found:
                raise ContentError(f"{path.name}: template `{key}` stands in two files")
            found[key] = _read(path, key, content)
    return found


def template(key: str) -> Template:
    """The template of this key; raises ContentError when there is none."""
    try:
        return all_templates()[key]
    except KeyError:
        raise ContentError(f"no file has a template `{key}`") from None


def _read(path: Path, key: str, content: dict[str, Any]) -> Template:
    texts = {language: Text(**each) for language, each in content.items() if isinstance(each, dict)}
    if SOURCE_LANGUAGE not in texts:
        raise ContentError(f"{path.name}: template `{key}` has no Dutch text")
    values = tuple(content["values"])
    for language, text in texts.items():
        if _names(text.subject):
            raise ContentError(f"{path.name}: the subject of `{key}` ({language}) may hold no values")
        unknown = (_names(text.text) | _names(text.short) | _names(text.spoken)) - set(values)
        if unknown:
            raise ContentError(
                f"{path.name}: `{key}` ({language}) uses {sorted(unknown)}, not among its values"
            )
    whole = frozenset(content.get("whole", []))
    return Template(
        key, content["title"], values, content["answers"], content["needs_approval"], texts, whole
    )


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@dataclass(frozen=True)
class Written:
    """A message written out: its subject, and its text for each channel that it has one for."""

    subject: str
    bodies: dict[str, str]


def check_values(key: str, given: set[str]) -> None:
    """Say now, not at night, that a value is missing; raises MissingValue."""
    missing = set(template(key).values) - given
    if missing:
        raise MissingValue(f"template `{key}` needs {sorted(missing)}")


def write(key: str, *, language: str, exercise: bool, values: dict[str, str]) -> Written:
    """Write a message out; values become one line of bearable length unless the template takes them whole.

    Only the values that the template names are used.
    """
    found = template(key)
    check_values(key, set(values))
    spoken_language = found.language(language)
    text = found.texts[spoken_language]
    clean = {
        name: _lines(values[name]) if name in found.whole else _one_line(name, values[name])
        for name in found.values
    }
    parts = {
        Channel.EMAIL: text.text,
        Channel.SMS: text.short,
        Channel.APPRISE: text.short,
        Channel.VOICE: text.spoken,
    }
    note = f"{EXERCISE_NOTE.get(spoken_language, EXERCISE_NOTE[SOURCE_LANGUAGE])} " if exercise else ""
    mark = f"{EXERCISE.get(spoken_language, EXERCISE[SOURCE_LANGUAGE])} – " if exercise else ""
    bodies = {str(channel): note + part.format_map(clean) for channel, part in parts.items() if part}
    return Written(mark + text.subject, bodies)


def _one_line(name: str, value: str) -> str:
    longest = delivery_terms().longest_value
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in value[: 4 * longest]).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _lines(value: str) -> str:
    """The text line by line, without signs that cannot be printed."""
    return "\n".join("".join(sign for sign in line if sign.isprintable()) for line in value.splitlines())
