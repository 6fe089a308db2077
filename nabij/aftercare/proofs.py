"""Where a proof is made: apps above say so, and the step leads there without knowing them."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Offer:
    """A way to make a proof: what the button says, and the address that takes the incident."""

    label: StrOrPromise
    url_name: str


_offers: dict[str, Offer] = {}


def offer(kind: str, label: StrOrPromise, url_name: str) -> None:
    """Say where proofs of this kind, such as "door_list", are made (called from hooks)."""
    _offers[kind] = Offer(label, url_name)


def way_to(kind: str, incident_id: UUID) -> tuple[str, str] | None:
    """Label and address of where this proof is made for this event; None when no app makes it."""
    found = _offers.get(kind)
    return (str(found.label), reverse(found.url_name, args=[incident_id])) if found else None
