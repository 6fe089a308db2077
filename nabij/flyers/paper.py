"""A text on paper: PDF/UA-1 that can be read aloud, with both names, a QR code and its numbers in order."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from nabij.flyers.addresses import Address
from nabij.flyers.content import RIGHT_TO_LEFT, Template, Words, support_site, word
from nabij.flyers.filling import filled, values_of
from nabij.flyers.markup import blocks

COLOUR = "#0b5560"
_FOLDER = Path(__file__).parent / "templates" / "flyers"
_PICTURE = Path(__file__).parents[1] / "kit" / "static" / "kit" / "nabij.svg"
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_TOKENS = ("--nabij-color-primary", "nabij-color-primary")
_REFUSED = re.compile(r"text (?:contains the disallowed codepoint )?`\".+?\"`")
_READABLE = 4.5  # contrast of white on the colour (WCAG 2.2 AA)


class Unprintable(ValueError):
    """The text holds a sign that no font here can draw, such as an emoji."""


@dataclass(frozen=True)
class Senders:
    """Both organisations as they stand on the paper, and the colours of the municipality."""

    municipality: str
    support: str
    theme: Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """What is printed: a text in each language, what is filled in, and which version it is."""

    template: Template
    texts: Mapping[str, Words]
    fields: Mapping[str, str]
    number: int = 0
    is_draft: bool = False
    is_exercise: bool = False


def as_pdf(sheet: Sheet, senders: Senders, to: Sequence[Address] = ()) -> bytes:
    """The sheet as PDF, each language from a new page, for each address; raises Unprintable."""
    told = _told(sheet, senders, to)
    try:
        made: bytes = typst.compile(
            _source(sheet.template.kind), format="pdf", ignore_system_fonts=True, pdf_standards="ua-1",
            sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        )  # fmt: skip
    except typst.TypstError as error:
        if _REFUSED.search(error.diagnostic):
            raise Unprintable from error
        raise
    return made


@cache
def _source(kind: str) -> bytes:
    """The lines of typst for a kind of paper."""
    name = kind if kind in ("flyer", "letter") else "page"
    return b"".join((_FOLDER / f"{each}.typ").read_bytes() for each in ("base", name))


def _told(sheet: Sheet, senders: Senders, to: Sequence[Address]) -> dict[str, Any]:
    web = sheet.fields.get("web") or support_site()
    papers = [_paper(sheet, senders, language, words, web) for language, words in sheet.texts.items()]
    return {
        "title": papers[0]["title"],
        "author": [senders.municipality, senders.support],
        "municipality": senders.municipality,
        "support": senders.support,
        "colour": colour_of(senders.theme),
        "paper": sheet.template.paper,
        "web": web,
        "qr": _qr(web),
        "picture": _PICTURE.read_text(encoding="utf-8"),
        "picture_alt": "Nabij",
        "is_draft": sheet.is_draft,
        "is_exercise": sheet.is_exercise,
        "papers": papers,
        "to": [each.lines() for each in to] or [[]],
    }


def _paper(sheet: Sheet, senders: Senders, language: str, words: Words, web: str) -> dict[str, Any]:
    shown = filled(words, values_of(sheet.fields, senders.municipality, language))
    version = f" · {word('version', language)} {sheet.number}" if sheet.number else ""
    return {
        "language": language,
        "rtl": language in RIGHT_TO_LEFT,
        "title": shown.title,
        "blocks": blocks(shown.body),
        "more": word("more", language),
        "qr_alt": f"{word('qr', language)} {web}",
        "residents": word("residents", language),
        "draft": word("draft", language),
        "exercise": word("exercise", language),
        "footer": f"{senders.municipality} · {senders.support}{version}",
    }


@cache
def _qr(address: str) -> str:
    """The QR code as SVG, dark on white."""
    drawn = BytesIO()
    segno.make(address, micro=False, error="m").save(
        drawn, kind="svg", xmldecl=False, border=2, light="#ffffff", dark="#000000"
    )
    return drawn.getvalue().decode()


def colour_of(theme: Mapping[str, Any]) -> str:
    """The colour of the municipality when white can be read on it; that of Nabij when not."""
    for token in _TOKENS:
        colour = str(theme.get(token, ""))
        if _HEX.fullmatch(colour) and _contrast_with_white(colour) >= _READABLE:
            return colour
    return COLOUR


def _contrast_with_white(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
