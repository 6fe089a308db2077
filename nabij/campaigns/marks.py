"""An address as a mark that can be compared and not read."""

import re

from nabij.cases.addresses import address_keys
from nabij.keys.blind import blind_index


def area_key(area: str) -> str:
    """An area as it is compared, however it is written; "Wijk 3" is not "Wijk 4"."""
    return " ".join(re.findall(r"\w+", area.casefold()))[:80]


def mark_of(municipality_code: str, address: str) -> bytes | None:
    """The mark of this address within a municipality, however it is written; None when it names no house."""
    keys = address_keys(address)
    # the last form is street and number alone, the one that every way of writing has
    return blind_index(f"golf:{municipality_code}", "address", keys[-1][1]) if keys else None
