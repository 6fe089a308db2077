"""How two addresses meet, however written: postcode, house number and addition; and the street with those.

Both forms are kept, because one side of a conflict may leave out the postcode.
"""

import re

from nabij.cases.searching import without_accents

POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([a-z]{2})\b")
# "12", "12a", "12 A", "12-3", "12 bis", "12 hs" at the end of a line; elsewhere only a letter that is glued
ADDITION = r"[a-z]\d{0,3}|\d{1,4}|bis|hs|huis|bg|rood|zwart|boven|onder|i{1,3}|iv"
AT_END = re.compile(rf"\b(\d+)(?:[\s/.-]*({ADDITION}))?[\s.]*$")
ANYWHERE = re.compile(r"\b(\d+)([a-z]?)\b(?!.*\d)")


def address_keys(address: str) -> list[tuple[str, str]]:
    """All (kind, value) by which this address meets another; none when it names no house."""
    text = without_accents(address)
    postcode = POSTCODE.search(text)
    lines = re.split(r"[,;\n]", POSTCODE.sub(",", text))
    found = next((each for each in map(_house, lines) if each), None)
    if found is None:
        return []
    street, number = found
    places = ["".join(postcode.groups()) if postcode else "", street]
    return [("address", f"{place} {number}") for place in places if place]


def _house(line: str) -> tuple[str, str] | None:
    """The street as one word and the number with its addition, if this line has a number."""
    number = AT_END.search(line) or ANYWHERE.search(line)
    if number is None:
        return None
    before, after = line[: number.start()], line[number.end() :]
    street = "".join(re.findall(r"[a-z]+", before) or re.findall(r"[a-z]+", after))
    return re.sub(r"str$", "straat", street), "-".join(each for each in number.groups() if each)
