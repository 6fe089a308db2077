"""An export as a table (CSV) and on paper (PDF/UA-1), each with the mark of who collected it."""

import csv
import re
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nabij.disclosures import content
from nabij.disclosures.models import Copy
from nabij.disclosures.queries import Told, rows_in
from nabij.kit.notation import amsterdam_moment
from nabij.kit.printing import printed

_TEMPLATE = Path(__file__).parent / "templates" / "disclosures" / "disclosure.typ"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def mark_of(copy: Copy) -> str:
    """Who collected which copy of which export, when; it stands on every line and every page."""
    person = copy.membership
    return _("%(mark)s, exemplaar %(copy)s, opgehaald door %(name)s (%(organisation)s) op %(at)s") % {
        "mark": copy.disclosure.mark,
        "copy": copy.number,
        "name": person.user.name,
        "organisation": person.organisation.name,
        "at": amsterdam_moment(copy.collected_at),
    }


def rows_with_mark(copy: Copy) -> list[list[str]]:
    """The heads, and a line for each person that ends with the mark."""
    names = content.fields()
    heads = [content.column(each) for each in [*names, "mark"]]
    mark = mark_of(copy)
    return [heads, *([*_cells(each, names), mark] for each in rows_in(copy.disclosure))]


def _cells(told: Told, names: list[str]) -> list[str]:
    return [str(getattr(told, each)) for each in names]


def as_csv(copy: Copy) -> bytes:
    """A table that opens in a spreadsheet; no cell in it can be taken for a formula."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL)
    for row in rows_with_mark(copy):
        writer.writerow([_harmless(each) for each in row])
    return written.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A Dutch number as it is dialled, another with 00; whatever else looks like a formula gets a mark."""
    if re.fullmatch(r"\+\d+", cell):
        return f"0{cell[3:]}" if cell.startswith("+31") else f"00{cell[1:]}"
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def as_pdf(copy: Copy) -> bytes:
    """The same on paper, with the mark on every page; a sign that no font here draws becomes a box."""
    [heads, *rows] = rows_with_mark(copy)
    told: dict[str, Any] = {
        "title": content.text("title"),
        "language": (get_language() or "nl")[:2],
        "about": copy.disclosure.mark,
        "mark": mark_of(copy),
        "only_for": content.text("only_for"),
        "nobody": content.text("nobody"),
        "heads": heads[:-1],
        "rows": [row[:-1] for row in rows],
    }
    return printed(_template(), told)


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()
