"""Addresses from a list (CSV): streets and numbers only; a list with names in it is refused."""

import csv
import re
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nabij.flyers.content import DATA
from nabij.kit.content import load_toml

_NUMBER = re.compile(r"\d{1,5}")
_MOST_TOLD = 5


@dataclass(frozen=True)
class Address:
    """Where a letter goes; to nobody by name."""

    street: str
    number: str
    addition: str
    postcode: str
    town: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two rows the same address."""
        return self.postcode, self.number, self.addition.casefold()

    def lines(self) -> list[str]:
        """As it stands on an envelope."""
        house = " ".join(each for each in (self.street, self.number, self.addition) if each)
        return [house, f"{self.postcode[:4]} {self.postcode[4:]}  {self.town}".strip()]


def read_addresses(text: str) -> list[Address]:
    """The addresses of a list, each once, in their order.

    ValidationError with the columns or rows that are wrong; the list itself is never quoted.
    """
    told = load_toml(DATA / "letters.toml")
    first = text.lstrip("\ufeff\n\r ").partition("\n")[0]
    mark = max(";\t,", key=first.count)
    rows = list(csv.reader(StringIO(text.lstrip("\ufeff\n\r ")), delimiter=mark))
    if len(rows) < 2:
        raise ValidationError(_("De eerste regel noemt de kolommen. Daaronder komt een adres per regel."))
    columns = _columns(rows[0], told)
    if len(rows) - 1 > told["most_addresses"]:
        raise ValidationError(_("Hooguit %(most)s adressen tegelijk.") % {"most": told["most_addresses"]})
    found: dict[tuple[str, str, str], Address] = {}
    wrong: list[str] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        address, missing = _address(row, columns, told["postcode"])
        if missing or address is None:
            wrong.append(_("Regel %(number)s: %(what)s klopt niet.") % {"number": number, "what": missing})
        else:
            found.setdefault(address.key, address)
    if wrong:
        raise ValidationError([*wrong[:_MOST_TOLD], *([_("En meer regels.")] if wrong[_MOST_TOLD:] else [])])
    if not found:
        raise ValidationError(_("Er staat geen adres in de lijst."))
    return list(found.values())


def _columns(heads: list[str], told: dict[str, Any]) -> dict[str, int]:
    """Which column holds what; any other column is refused, with a reason when it is about a person."""
    meant = {name: key for key, names in told["column"].items() for name in names}
    columns: dict[str, int] = {}
    for place, head in enumerate(each.strip().casefold() for each in heads):
        if head in meant and meant[head] not in columns:
            columns[meant[head]] = place
        elif any(each in head for each in told["person"]["words"]):
            raise ValidationError(
                _("De kolom “%(head)s” gaat over mensen. Haal die weg: er mogen geen namen in.")
                % {"head": head[:30]}
            )
        else:
            raise ValidationError(
                _("De kolom “%(head)s” kennen we niet. Haal die weg.") % {"head": head[:30]}
            )
    labels = {"street": _("straat"), "number": _("nummer"), "postcode": _("postcode"), "town": _("plaats")}
    if missing := [label for key, label in labels.items() if key not in columns]:
        raise ValidationError(_("Deze kolom mist: %(what)s.") % {"what": ", ".join(missing)})
    return columns


def _address(row: list[str], columns: dict[str, int], postcode: str) -> tuple[Address | None, str]:
    """The address of a row, or what is wrong with it."""
    cells = {key: row[place].strip() if place < len(row) else "" for key, place in columns.items()}
    if not 1 < len(cells["street"]) <= 80 or any(each.isdigit() for each in cells["street"][-1:]):
        return None, _("straat")
    if not _NUMBER.fullmatch(cells["number"]):
        return None, _("nummer")
    if not re.fullmatch(postcode, cells["postcode"]):
        return None, _("postcode")
    if not 1 < len(cells["town"]) <= 80:
        return None, _("plaats")
    code = cells["postcode"].replace(" ", "").upper()
    addition = cells.get("addition", "")[:10]
    return Address(cells["street"], cells["number"], addition, code, cells["town"]), ""
