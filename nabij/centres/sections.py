"""The sections of a centre, in order, and the first text of each; content, in data/template.toml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nabij.contact.doors import DoorKey, phone_of
from nabij.kit.content import load_toml

NEWS = "news"


@dataclass(frozen=True)
class Section:
    """A section of the page: its code and its title by language."""

    code: str
    titles: dict[str, str]

    def title(self, language: str) -> str:
        """The heading in this language; Dutch when there is none."""
        return self.titles.get(language, self.titles["nl"])


def _content() -> dict[str, Any]:
    return load_toml(Path(__file__).parent / "data" / "template.toml")


def sections() -> list[Section]:
    """All sections in the order of the page; news stands apart, right after the first."""
    return [
        Section(row["code"], {code: row[code]["title"] for code in row if code != "code"})
        for row in _content()["section"]
    ]


def section_title(code: str, language: str) -> str:
    """The heading of a section; news is not in the template."""
    if code == NEWS:
        return {"nl": "Nieuws"}.get(language, "News")
    return next((each.title(language) for each in sections() if each.code == code), code)


def words(language: str) -> dict[str, str]:
    """The fixed words of the public page in this language."""
    found: dict[str, str] = _content()["words"].get(language, _content()["words"]["nl"])
    return found


def needed_sections(language: str) -> list[str]:
    """The sections that the template has in this language: the first needed ones in an added language."""
    return [row["code"] for row in _content()["section"] if language in row]


def first_texts(
    values: dict[str, str], languages: tuple[str, ...] = ("nl", "en")
) -> list[tuple[str, str, str]]:
    """(section, language, text) of what a centre starts with in these languages, the values filled in."""
    content = _content()
    known = {
        "phone": phone_of(DoorKey.PUBLIC_LINE), **content["numbers"], **values,
    }  # fmt: skip
    return [
        (row["code"], language, _filled(text["body"], known))
        for row in content["section"]
        for language, text in row.items()
        if language in languages
    ]


def _filled(body: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        body = body.replace(f"{{{name}}}", value)
    return body.strip()
