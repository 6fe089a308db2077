"""Which fields and which needs each receiver gets, from data/disclosures.toml."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from nabij.kit.content import in_language, load_toml

DATA = Path(__file__).parent / "data"


def _all() -> dict[str, Any]:
    return load_toml(DATA / "disclosures.toml")


def fields() -> list[str]:
    """The columns of an export, in order."""
    return list(_all()["fields"])


def column(name: str) -> str:
    """What stands above a column."""
    return in_language(_all()["column"][name])


def text(name: str) -> str:
    """A sentence of the export."""
    return in_language(_all()["text"][name])


def needs_of(receiver: str) -> frozenset[str]:
    """The needs with which this receiver helps; of others it does not hear."""
    return frozenset(_all()["receiver"][receiver]["needs"])


def ages_with_guardian() -> frozenset[str]:
    """The age groups that say yes together with a parent or carer only."""
    return frozenset(_all()["ages_with_guardian"])


def organisation_kind_of(receiver: str) -> str:
    """The kind of organisation that this receiver is."""
    return str(_all()["receiver"][receiver]["organisation"])


def remind_after() -> timedelta:
    """After how long a receiver who did not confirm is asked again."""
    return timedelta(days=int(_all()["remind_days"]))
