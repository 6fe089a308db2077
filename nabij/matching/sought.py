"""Who is sought: whatever is known of somebody, all of it optional, as plain text and never stored."""

import re
from dataclasses import dataclass
from functools import cached_property

from nabij.matching.names import Part, parts_of, plain

_DIGITS = re.compile(r"\D+")
PHONE_TAIL = 9
ADDRESS = re.compile(r"[^a-z0-9]+")


def digits_of(text: str) -> str:
    """Only the digits, of any script."""
    return _DIGITS.sub("", plain(text))


def _words_of(text: str) -> tuple[str, ...]:
    return tuple(each for each in ADDRESS.split(plain(text)) if len(each) > 1)


@dataclass(frozen=True)
class Sought:
    """Somebody as told: a whole name or its two halves, birth date, how reached, and where they live."""

    name: str = ""
    given_name: str = ""
    family_name: str = ""
    birth: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    place: str = ""
    household: str = ""
    age_group: str = ""

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The telling parts of the whole name."""
        return parts_of(f"{self.given_name} {self.family_name} {self.name}")

    @cached_property
    def born(self) -> str:
        """Year, month, day as eight digits; nothing when the date is not whole."""
        digits = digits_of(self.birth)
        return digits if len(digits) == 8 else ""

    @cached_property
    def number(self) -> str:
        """The last nine digits of the phone, so that +31 6, 0031 6 and 06 are one."""
        return digits_of(self.phone)[-PHONE_TAIL:]

    @cached_property
    def mailbox(self) -> str:
        """The e-mail address in small letters, without what stands after a plus."""
        local, at, host = self.email.strip().lower().rpartition("@")
        return f"{local.partition('+')[0]}@{host}" if at and local and host else ""

    @cached_property
    def local(self) -> str:
        """What stands before the @, without dots: people mistype the host more often."""
        return ADDRESS.sub("", plain(self.mailbox.rpartition("@")[0]))

    @cached_property
    def streets(self) -> tuple[str, ...]:
        """The words of the street in plain letters."""
        return _words_of(self.street)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The words of the place in plain letters."""
        return _words_of(self.place)

    @cached_property
    def area(self) -> str:
        """The postcode in plain letters and digits."""
        return ADDRESS.sub("", plain(self.postcode))
