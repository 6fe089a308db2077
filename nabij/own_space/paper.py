"""My file as a PDF that can be read aloud (PDF/UA-1), in plain words and the language of the page."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nabij.own_space.exports import on_paper

BOX = "□"
REFUSED = re.compile(r'text (?:contains the disallowed codepoint )?`"(.+?)"`')
ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_TEMPLATE = Path(__file__).parent / "templates" / "own_space" / "file.typ"


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


def as_paper(data: Mapping[str, Any], *, is_own: bool = True) -> bytes:
    """The own file (`queries.as_data`) as PDF; its fonts are inside and nothing is fetched.

    For who acts for the person the same in other words (`queries.as_data_along`).
    """
    title, intro = (_("Mijn gegevens"), _("Dit staat over u in ons dossier. Klopt iets niet? Zeg het ons."))
    if not is_own:
        title = _("Gegevens van het kind")
        intro = _("Dit mag u zien van het dossier. Klopt iets niet? Zeg het ons.")
    told: dict[str, Any] = {
        "title": title,
        "language": (get_language() or "nl")[:2],
        "intro": intro,
        "nothing": _("Hier staat niets."),
        "parts": [{"heading": heading, "rows": rows} for heading, rows in _parts(data, is_own)],
    }
    try:
        return _written(told)
    except typst.TypstError as error:
        boxed = _boxed(told, error.diagnostic)
        if boxed is None:
            raise
        return _written(boxed)


def _written(told: dict[str, Any]) -> bytes:
    written: bytes = typst.compile(
        _template(), format="pdf", ignore_system_fonts=True, pdf_standards="ua-1",
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )  # fmt: skip
    return written


def _boxed(told: dict[str, Any], complaint: str) -> dict[str, Any] | None:
    """The same with a box for what no font here can draw, such as an emoji, and a line that says so.

    PDF/UA-1 refuses such a text, and the refusal names each; None when it was about something else.
    """
    refused = {ESCAPE.sub(lambda found: chr(int(found[1], 16)), each) for each in REFUSED.findall(complaint)}
    if not refused:
        return None
    text = re.compile("|".join(map(re.escape, sorted(refused))))
    parts = [{**part, "rows": [text.sub(BOX, row) for row in part["rows"]]} for part in told["parts"]]
    note = _("%(box)s is een teken dat wij niet kunnen afdrukken, zoals een emoji.") % {"box": BOX}
    return {**told, "parts": parts, "note": note}


def _parts(data: Mapping[str, Any], is_own: bool) -> list[tuple[str, list[str]]]:
    """The headings with a line for each thing that is told under them."""
    told = [(_("Over u") if is_own else _("Over het kind"), _about(data))]
    if is_own:
        told.append((_("Hoe wij u bereiken"), [data["contactregel"]] if data["contactregel"] else []))
    listed = [
        (_("Wie helpt mij") if is_own else _("Wie helpt"), "hulpverleners", ("naam", "als")),
        (_("Mijn plan") if is_own else _("Het plan"), "plan", ("text", "state", "strand")),
        (_("Mijn afspraken") if is_own else _("Afspraken"), "afspraken", ("wat", "met", "van")),
        (_("Met wie wij mogen delen"), "toestemmingen", ("met", "wat", "stand", "door")),
        (_("Wat al gedeeld is"), "gedeeld", ("met", "wat", "vanaf", "tot")),
        (_("Mijn stukken"), "stukken", ("titel", "wat", "op")),
    ]
    looks = [
        (_("Wie mijn dossier las"), "gelezen", ("who", "organisation", "purpose", "at")),
        (_("Met een reden geopend"), "met een reden geopend", ("who", "what", "why", "at", "review")),
    ]
    return [
        *told,
        *_listed(data, listed),
        *((heading, _lines(rows, *columns)) for heading, rows, columns in on_paper(data, is_own=is_own)),
        *_listed(data, looks),
    ]


def _listed(
    data: Mapping[str, Any], parts: Iterable[tuple[str, str, tuple[str, ...]]]
) -> list[tuple[str, list[str]]]:
    """The parts that are in these data: who acts for somebody gets fewer."""
    return [(heading, _lines(data[name], *columns)) for heading, name, columns in parts if name in data]


def _about(data: Mapping[str, Any]) -> list[str]:
    labels = {"naam": _("Naam"), "telefoon": _("Telefoon"), "e-mail": _("E-mail"), "kenmerk": _("Kenmerk")}
    return [f"{label}: {data[key]}" for key, label in labels.items() if data.get(key)]


def _lines(rows: Iterable[Mapping[str, Any]], *names: str) -> list[str]:
    """One line for each row: what is told of it, in this order."""
    return [", ".join(_in_words(row[name]) for name in names if row[name]) for row in rows]


def _in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    return ", ".join(str(each) for each in value) if isinstance(value, (list, tuple)) else str(value)
