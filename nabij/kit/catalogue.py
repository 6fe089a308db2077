"""The translation catalogue: which Dutch sentences the source holds, and which of them English has."""

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

from nabij.kit.content import load_toml

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
AROUND = Path(__file__).parent / "data" / "around.toml"
FUNCTIONS = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1,
    "ngettext": 2, "ngettext_lazy": 2, "pgettext": -1, "pgettext_lazy": -1,
}  # fmt: skip
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"(?:^|\s)(_|p?n?gettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)", re.DOTALL)


@dataclass(frozen=True, order=True)
class Message:
    """One sentence to translate: its Dutch text, plural and context, without where it stands."""

    text: str
    plural: str = ""
    context: str | None = None


class CatalogueError(ValueError):
    """A call to gettext whose text is no plain string: it could never be found in the catalogue."""


def catalogue_file(language: str) -> Path:
    """The catalogue of one language."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def messages_of_source() -> dict[Message, list[str]]:
    """Every sentence in the source with the files that hold it; tests and migrations are left out."""
    house = Path(settings.BASE_DIR) / "nabij"
    found: dict[Message, list[str]] = {}
    for path in sorted([*house.rglob("*.py"), *house.glob("*/templates/**/*.*")]):
        if {"tests", "migrations", "__pycache__"} & set(path.parts):
            continue
        text = path.read_text(encoding="utf-8")
        where = path.relative_to(settings.BASE_DIR).as_posix()
        for message in _of_python(text, where) if path.suffix == ".py" else _of_template(text, where):
            places = found.setdefault(message, [])
            if where not in places:
                places.append(where)
    return found


def _message(function: str, texts: list[str]) -> Message:
    """The message that a call to one of the gettext functions asks for."""
    if function.startswith("p"):
        return Message(texts[1], texts[2] if "n" in function[:2] else "", texts[0])
    return Message(texts[0], texts[1] if function.startswith("n") else "")


def _of_python(text: str, where: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in FUNCTIONS:
            continue
        wanted = node.args[: abs(FUNCTIONS[name]) + (FUNCTIONS[name] < 0)]
        texts = [
            each.value for each in wanted if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        if len(texts) == len(wanted) and texts:
            yield _message(name, texts)
        elif name != "_":
            raise CatalogueError(f"{where}:{node.lineno}: the text is no plain string")


def _of_template(text: str, where: str) -> Iterator[Message]:
    for function, strings in _CALL.findall(templatize(text, origin=where)):
        yield _message(function, [ast.literal_eval(each) for each in re.findall(_STRING, strings, re.DOTALL)])


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural, entry.msgctxt)


def read(language: str) -> polib.POFile:
    """The catalogue as it stands; an empty one when there is none yet."""
    path = catalogue_file(language)
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile(wrapwidth=100)
    catalogue.wrapwidth = 100
    catalogue.metadata = {
        "Project-Id-Version": "Nabij",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def collect(language: str) -> polib.POFile:
    """The catalogue brought up to date with the source: translations stay, what is gone goes."""
    known = {_key(entry): entry for entry in read(language)}
    catalogue = read(language)
    catalogue.clear()
    for message, places in sorted(messages_of_source().items(), key=lambda item: (item[1][0], item[0].text)):
        entry = known.get(message) or polib.POEntry(
            msgid=message.text, msgid_plural=message.plural, msgctxt=message.context
        )
        if message.plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.occurrences = [(place, "") for place in places]
        catalogue.append(entry)
    return catalogue


def faults(language: str) -> list[str]:
    """What is wrong with the catalogue: sentences missing, left over, empty, fuzzy or with other values."""
    source, entries = messages_of_source(), {_key(entry): entry for entry in read(language)}
    found = [
        f"missing: {message.text!r} ({source[message][0]})" for message in sorted(set(source) - set(entries))
    ]
    found += [f"no longer in the source: {message.text!r}" for message in sorted(set(entries) - set(source))]
    for message, entry in entries.items():
        texts = list(entry.msgstr_plural.values()) if message.plural else [entry.msgstr]
        if not all(texts) or not texts:
            found.append(f"empty: {message.text!r}")
        elif entry.fuzzy:
            found.append(f"fuzzy: {message.text!r}")
        elif _values(texts[-1]) != _values(message.plural or message.text):
            found.append(f"other values than the Dutch: {message.text!r}")
    return found


def _values(text: str) -> set[str]:
    """The names that are filled in when the sentence is shown."""
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}|%[sd]", text))


def around(language: str) -> polib.POFile:
    """The words around a public page in a language that only public pages have."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Language": language, "Content-Type": "text/plain; charset=UTF-8"}
    for word in load_toml(AROUND)["word"]:
        catalogue.append(polib.POEntry(msgid=word["nl"], msgstr=word[language]))
    return catalogue


def compile_all() -> list[Path]:
    """Write the compiled catalogues that Django reads; each appears whole or not at all."""
    found = {language: read(language) for language in LANGUAGES}
    found |= {language: around(language) for language in load_toml(AROUND)["languages"]}
    written = []
    for language, catalogue in found.items():
        target = catalogue_file(language).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(f".mo.{os.getpid()}")
        catalogue.save_as_mofile(str(fresh))
        fresh.replace(target)
        written.append(target)
    return written
