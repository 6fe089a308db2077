"""Which municipality somebody meant."""

from collections.abc import Iterable
from datetime import date

from django.db.models.functions import Lower

from nabij.accounts.models import Municipality
from nabij.accounts.queries import municipality_today

LONGEST_NAME = 80


def municipality_codes(typed: Iterable[str], day: date) -> dict[str, str]:
    """The code that answers on that day for each known name (in small letters), mergers followed."""
    names = {name.strip().lower() for name in typed if name.strip() and len(name) <= LONGEST_NAME}
    if not names:
        return {}
    rows = (
        Municipality.objects.annotate(plain=Lower("name"))
        .filter(plain__in=names)
        .values_list("plain", "code")
    )
    found = {plain: municipality_today(code, day) for plain, code in rows}
    return {plain: municipality.code for plain, municipality in found.items() if municipality is not None}
