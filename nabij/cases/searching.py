"""What somebody says about a person, as marks: normal form and sound of a name, phone and e-mail.

A name sounds alike when its consonants do, so that "Jansen", "Janssen" and "Janszen" meet, and
"de Groot-Hallema" is found under both names. The marks are made per organisation, so that no other can find
anything with them.
"""

import re
import unicodedata
from uuid import UUID

from nabij.keys.blind import blind_index

PARTICLES = {
    "van", "de", "der", "den", "het", "t", "ten", "ter", "te", "von", "el", "al", "la", "le", "du", "op",
}  # fmt: skip
SOUNDS = (
    ("ij", "y"), ("ei", "y"), ("ie", "i"), ("ou", "u"), ("au", "u"), ("oe", "u"), ("ph", "f"), ("sch", "s"),
    ("sz", "s"), ("ts", "s"), ("tz", "s"), ("z", "s"), ("ck", "k"), ("ch", "g"), ("c", "k"), ("q", "k"),
    ("dt", "t"), ("th", "t"), ("d", "t"), ("v", "f"), ("w", "f"), ("x", "ks"), ("b", "p"), ("j", "y"),
    ("h", ""),
)  # fmt: skip
VOWELS = re.compile(r"(?<=.)[aeiouy]+")
SHORTEST = 2


def without_accents(text: str) -> str:
    """The same text in small letters, each as the plain one."""
    plain = text.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    return "".join(each for each in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(each))


def plain_words(name: str) -> list[str]:
    """The words of a name in small letters without accents, particles left out."""
    letters = without_accents(name).replace("'", "")
    return [word for word in re.findall(r"[a-z]+", letters) if word not in PARTICLES]


def sound(word: str) -> str:
    """How a word sounds, roughly: consonants that Dutch confuses are one, vowels after the first go."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", VOWELS.sub("", word))


def keys_of(name: str, phone: str, email: str) -> list[tuple[str, str]]:
    """All (kind, value) by which this person can be found again."""
    words = plain_words(name)
    found = [("sound", f"{words[0][:1]}:{sound(word)}") for word in words[1:] if len(word) >= SHORTEST]
    if len(words) == 1 and len(words[0]) >= SHORTEST:
        found.append(("sound", f":{sound(words[0])}"))
    found += [(kind, value) for kind, value in (("phone", phone), ("email", email)) if value]
    return list(dict.fromkeys(found))


def marks(organisation_id: UUID, keys: list[tuple[str, str]]) -> list[tuple[str, bytes]]:
    """The keys as marks of this organisation."""
    return [
        (kind, blind_index(f"dossiers:{organisation_id}", f"zoeken:{kind}", value)) for kind, value in keys
    ]
