"""Addresses as a planner gives them: one a line, a range of numbers, or columns; each counted once."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

RANGE = re.compile(
    r"^(?P<street>.*\D)\s*\b(?P<first>\d{1,5})\s*[-–]\s*(?P<last>\d{1,5})\s*(?P<side>even|oneven)?$", re.I
)
SINGLE = re.compile(r"^(?P<street>.*\D)\s*\b(?P<number>\d{1,5})\s*[- ]?\s*(?P<addition>[A-Za-z0-9]{0,8})$")
COLUMNS = re.compile(r"[;,\t]")
HEADER = ("straat", "street")
POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}$")
LONGEST_RANGE, LONGEST_LINE = 1000, 120


class NotAnAddress(ValueError):
    """A line could not be read; the message says which, and how it is written."""


@dataclass(frozen=True, order=True)
class Address:
    """One door: street, number and addition."""

    street: str
    number: int
    addition: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """The same for the same door, however it was written."""
        plain = unicodedata.normalize("NFKD", self.street.casefold())
        letters = "".join(each for each in plain if each.isalnum())
        return re.sub(r"str$", "straat", letters), self.number, self.addition.upper()


def read_addresses(text: str) -> list[Address]:
    """All addresses of a list, each once; circles that overlap count no door twice. Raises NotAnAddress."""
    found: dict[tuple[str, int, str], Address] = {}
    for count, line in enumerate(text.splitlines(), start=1):
        for address in _of_line(line.strip().lstrip("\ufeff").strip(), count):
            found.setdefault(address.key, address)
    return list(found.values())


def in_route(addresses: Iterable[Address]) -> list[Address]:
    """Street by street: up the odd side, and back along the even side."""
    return sorted(addresses, key=_place_in_route)


def _place_in_route(address: Address) -> tuple[str, bool, int, str]:
    is_even = address.number % 2 == 0
    return address.key[0], is_even, -address.number if is_even else address.number, address.addition


def _of_line(line: str, count: int) -> list[Address]:
    if not line:
        return []
    if COLUMNS.search(line):
        cells = [cell.strip().strip('"').strip() for cell in COLUMNS.split(line)]
        if count == 1 and cells[0].casefold() in HEADER:
            return []
        street, rest = cells[0], " ".join(cell for cell in cells[1:] if cell)
        line = f"{street} {rest}".strip()
    if len(line) > LONGEST_LINE or POSTCODE.search(line):
        raise _no_address(count)
    ranged = RANGE.match(line)
    if ranged:
        return _of_range(ranged, count)
    single = SINGLE.match(line)
    if single is None:
        raise _no_address(count)
    return [_address(single["street"], int(single["number"]), single["addition"].upper())]


def _no_address(count: int) -> NotAnAddress:
    said = _("Regel %(count)s is geen adres. Schrijf: Dorpsstraat 12, of Dorpsstraat 1-83 oneven.")
    return NotAnAddress(said % {"count": count})


def _of_range(ranged: "re.Match[str]", count: int) -> list[Address]:
    first, last = int(ranged["first"]), int(ranged["last"])
    side = (ranged["side"] or "").lower()
    if last < first or last - first > LONGEST_RANGE:
        raise NotAnAddress(_("Regel %(count)s: het laatste nummer klopt niet.") % {"count": count})
    wanted = {"even": (0,), "oneven": (1,)}.get(side, (0, 1))
    return [_address(ranged["street"], each, "") for each in range(first, last + 1) if each % 2 in wanted]


def _address(street: str, number: int, addition: str) -> Address:
    return Address(" ".join(street.split())[:80], number, addition)
