"""Ways from the first page inside to more, such as the group of one's own relation: other apps say which."""

from collections.abc import Callable
from dataclasses import dataclass

from nabij.centres.models import AdviceCentre
from nabij.closed_part.models import Verification


@dataclass(frozen=True)
class Way:
    """A link on the first page: what it is, and where it goes."""

    label: str
    url: str


Find = Callable[[Verification, AdviceCentre], Way | None]

_finds: list[Find] = []


def add(find: Find) -> None:
    """Show this way to whom it is for (called from hooks)."""
    _finds.append(find)


def ways_for(verification: Verification, centre: AdviceCentre) -> list[Way]:
    """All ways that are open to this person."""
    found = (find(verification, centre) for find in _finds)
    return [each for each in found if each is not None]
