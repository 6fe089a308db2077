"""Reading certificates from a CSV file: each line becomes facts, or says what is wrong with it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from nabij.academy.catalogue import modules

COLUMNS = ("e-mailadres", "opleiding", "behaald op", "geldig tot en met")
MOST_LINES = 5000
_DAYS = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y")


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; the message says why, in Dutch."""


@dataclass
class Line:
    """One line: its number in the file, what it says, and what is wrong."""

    number: int
    email: str = ""
    module: str = ""
    issued_on: date | None = None
    last_valid_on: date | None = None
    name: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it can be taken in."""
        return not self.errors


def read_lines(text: str) -> list[Line]:
    """All lines after the heading; raises UnreadableFile without the right heading or with too many lines."""
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise UnreadableFile("Dit bestand is niet te lezen. Bewaar het opnieuw als CSV.") from error
    heading = [cell.strip().lower() for cell in rows[0]] if rows else []
    if heading[:3] != list(COLUMNS[:3]):
        raise UnreadableFile(f"De eerste regel moet zijn: {';'.join(COLUMNS)}")
    if len(rows) - 1 > MOST_LINES:
        raise UnreadableFile(f"Dit bestand heeft meer dan {MOST_LINES} regels. Splits het eerst.")
    return list(_lines(rows[1:]))


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(";,\t", key=first.count)


def _lines(rows: list[list[str]]) -> Iterator[Line]:
    seen: dict[tuple[str, str, date | None], int] = {}
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        line = _line(number, [cell.strip() for cell in [*row, "", "", "", ""][:4]])
        key = (line.email, line.module, line.issued_on)
        if key in seen and line.is_good:
            line.errors.append(f"staat ook op regel {seen[key]}")
        seen.setdefault(key, number)
        yield line


def _line(number: int, cells: list[str]) -> Line:
    line = Line(number, email=cells[0].lower()[:254], module=cells[1].upper()[:20])
    if not line.email:
        line.errors.append("e-mailadres ontbreekt")
    course = modules().get(line.module)
    if course is None:
        line.errors.append("deze opleiding kennen we niet" if line.module else "opleiding ontbreekt")
    line.issued_on = _day(cells[2])
    if line.issued_on is None:
        line.errors.append("behaald op is geen datum (schrijf 31-12-2026)")
    elif course is not None:
        line.last_valid_on = course.last_valid_day(line.issued_on)
    if cells[3]:
        _read_end(line, cells[3])
    return line


def _read_end(line: Line, cell: str) -> None:
    end = _day(cell)
    if end is None:
        line.errors.append("geldig tot en met is geen datum (schrijf 31-12-2026)")
    elif line.issued_on and end < line.issued_on:
        line.errors.append("geldig tot en met ligt voor behaald op")
    elif line.last_valid_on and end > line.last_valid_on:
        line.errors.append("geldig tot en met is langer dan deze opleiding geldig is")
    else:
        line.last_valid_on = end


def _day(cell: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    return None
