"""Phone numbers and e-mail addresses in one normal form, so that equal ones are found again."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST_PHONE = 40
LONGEST_EMAIL = 254
_ONLY_HERE = (
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
)


def normal_phone(text: str) -> str | None:
    """The number as +31..., read as a Dutch number unless it begins with +; None when it is no number."""
    if len(text) > LONGEST_PHONE:
        return None
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def office_phone(text: str) -> str | None:
    """The number of an office as it is dialled from here; None when it is no number.

    0800, 0900 and the short 14 numbers of municipalities exist in the Netherlands only: they have no +31.
    """
    normal = normal_phone(text)
    if normal is None:
        return None
    number = phonenumbers.parse(normal)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    digits = "".join(each for each in national if each.isdigit())
    is_only_here = phonenumbers.number_type(number) in _ONLY_HERE or not digits.startswith("0")
    return digits if normal.startswith("+31") and is_only_here else normal


def normal_email(text: str) -> str | None:
    """The address in small letters; None when it is no address."""
    address = text.strip()
    if len(address) > LONGEST_EMAIL:
        return None
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address.lower()


def kind_and_normal(text: str) -> tuple[str, str] | None:
    """Whether this is an e-mail address or a phone number, with its normal form; None when it is neither."""
    if "@" in text:
        email = normal_email(text)
        return ("email", email) if email else None
    phone = normal_phone(text)
    return ("phone", phone) if phone else None
