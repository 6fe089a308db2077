"""Keys under which somebody can be found again: plain functions, without database and without secrets.

Two records of one person share at least one key although names were misheard, mistyped, swapped or written
in another script. No key stands for one weak fact alone except a rare one: what many share, the search skips.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from nabij.matching.names import Part
from nabij.matching.sought import Sought

MOST_PAIRS = 10
LEAST_PHONE, LEAST_LOCAL = 7, 3


def keys_of(sought: Sought) -> set[str]:
    """Every key of this record."""
    return {*_of_name(sought), *_of_contact(sought), *_of_birth(sought), *_of_home(sought)}


def shortened(sound: str) -> set[str]:
    """The sound and every form of it with one consonant left out: one slip still leaves one in common."""
    if len(sound) < 3:
        return {sound}
    return {sound, *(sound[:place] + sound[place + 1 :] for place in range(len(sound)))}


def _pair(kind: str, first: str, second: str) -> str:
    return f"{kind}:{'|'.join(sorted((first, second)))}"


def _of_name(sought: Sought) -> Iterator[str]:
    parts = sought.parts
    whole = "".join(part.rough for part in parts)
    whole = whole[:1] + whole[1:].replace("a", "")  # "Benali" is "Ben Ali"
    if len(parts) > 1:
        yield from (f"whole:{each}" for each in shortened(whole))
    yield from (f"part:{part.letters}" for part in parts)
    yield from (f"usual:{each}" for part in parts for each in part.usual)
    for one, other in list(combinations(parts, 2))[:MOST_PAIRS]:
        yield _pair("letters", one.letters, other.letters)
        for first, second in ((one, other), (other, one)):
            for slip in shortened(second.rough):
                yield f"initial:{first.sound[:1]}|{slip}"
                yield from (_pair("sound", sure, slip) for sure in (first.rough, *first.usual))


def _tags(parts: Iterable[Part]) -> set[str]:
    """Short words for a name, to stand beside another fact."""
    return {part.rough[:3] for part in parts} | {each[:2] for part in parts for each in part.usual}


def _of_contact(sought: Sought) -> Iterator[str]:
    number = sought.number
    if len(number) >= LEAST_PHONE:
        yield f"phone:{number}"
        for tag in _tags(sought.parts):
            yield f"phone start:{number[:5]}|{tag}"
            yield f"phone end:{number[-4:]}|{tag}"
    if sought.mailbox:
        yield f"email:{sought.mailbox}"
        if len(sought.local) >= LEAST_LOCAL:
            yield f"local:{sought.local}"


def _of_birth(sought: Sought) -> Iterator[str]:
    born = sought.born
    if not born:
        return
    year, month, day = born[:4], born[4:6], born[6:]
    yield f"born:{born}"
    if int(day) <= 12:
        yield f"born:{year}{day}{month}"
    for tag in _tags(sought.parts):
        yield f"year month:{year}{month}|{tag}"
        yield f"year day:{year}{day}|{tag}"
        yield f"month day:{month}{day}|{tag}"
    for part in sought.parts:
        yield f"year:{year}|{part.sound}"


def _of_home(sought: Sought) -> Iterator[str]:
    words, area, number = (*sought.streets, *sought.places), sought.area, sought.house_number
    for part in sought.parts:
        for word in words:
            yield f"home:{word[:5]}|{part.rough[:3]}"
        if area:
            yield f"area:{area}|{part.rough[:3]}"
    for word in words:
        if number:
            yield f"door:{word[:5]}|{number}"
        if area:
            yield f"near:{area}|{word[:5]}"
        if sought.born:
            yield f"home born:{word[:5]}|{sought.born[:4]}"
            yield f"home day:{word[:5]}|{sought.born[4:]}"
    if area and number:
        yield f"address:{area}|{number}"
    if area and sought.born:
        yield f"area born:{area}|{sought.born[:4]}"
