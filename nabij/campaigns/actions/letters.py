"""Addresses around a burglary get a letter: each address once in a wave, however many circles hold it."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.campaigns.content import kinds
from nabij.campaigns.marks import mark_of
from nabij.campaigns.models import LetterAddress, Wave
from nabij.campaigns.policies import can_lead
from nabij.campaigns.queries import addresses_of
from nabij.keys.sealing import Sealer

MOST_ADDRESSES = 5000


@dataclass(frozen=True)
class Added:
    """How many addresses were given, and how many of them are new in this wave."""

    given: int
    new: int


@transaction.atomic
def add_addresses(wave: Wave, kind: str, text: str, *, by: Actor, at: datetime) -> Added:
    """A circle of addresses, one a line; an address that had its letter already is not counted again.

    ValidationError for a line without a house number (it is named by its place, not repeated), for too many,
    and for a kind that does not belong to this wave.
    """
    held = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if not can_lead(by, held, at):
        raise PermissionDenied("Voor deze golf kunt u geen brieven maken.")
    if kind not in kinds() or kinds()[kind].family != held.family:
        raise ValidationError({"kind": "Kies een soort uit de lijst."})
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > MOST_ADDRESSES:
        raise ValidationError({"addresses": f"Geef 1 tot {MOST_ADDRESSES} adressen, elk op een regel."})
    marks = {mark_of(held.municipality_id, line): line for line in reversed(lines)}
    if None in marks:
        number = lines.index(marks[None]) + 1
        raise ValidationError({"addresses": f"Regel {number} heeft geen straat en huisnummer."})
    sealer = Sealer([held.pk])
    known = set(map(bytes, held.letter_addresses.values_list("mark", flat=True)))
    rows = [
        LetterAddress(
            wave=held, template=kinds()[kind].template, mark=mark, added_at=at,
            address_sealed=sealer.seal_bytes(held.pk, line.encode()),
        )
        for mark, line in marks.items()
        if mark is not None and mark not in known
    ]  # fmt: skip
    LetterAddress.objects.bulk_create(rows)
    facts: dict[str, trail.Fact] = {"new": len(rows)}
    trail.record("wave.addresses", by=by, at=at, subject=held, thread_id=held.incident_id, facts=facts)
    return Added(len(lines), len(rows))


@transaction.atomic
def take_addresses(wave: Wave, template: str, *, by: Actor, at: datetime) -> list[str]:
    """The addresses that get this letter, each once, for who brings them round; that it was taken is kept."""
    held = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if not can_lead(by, held, at):
        raise PermissionDenied("Deze adressen zijn voor de gemeente.")
    found = sorted(addresses_of(held, template), key=_along_the_street)
    facts: dict[str, trail.Fact] = {"template": template, "number": len(found)}
    trail.record("wave.addresses_taken", by=by, at=at, subject=held, thread_id=held.incident_id, facts=facts)
    return found


def _along_the_street(line: str) -> list[tuple[str, int]]:
    """Streets by name, and in a street 2 before 10."""
    return [(words.casefold(), int(number or 0)) for words, number in re.findall(r"(\D*)(\d*)", line)]
