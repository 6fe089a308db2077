"""What apps above put on the public page of a centre, each in its section: a register, like the clocks."""

from collections.abc import Callable
from dataclasses import dataclass

from nabij.centres.models import AdviceCentre


@dataclass(frozen=True)
class Block:
    """A block at the top of a section: heading, text, a phone number as printed and as dialled, a link."""

    section: str
    title: str
    text: str
    number: str = ""
    dial: str = ""
    url: str = ""
    link: str = ""


Source = Callable[[AdviceCentre, str], list[Block]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source of blocks for a centre in a language (called from an app's hooks)."""
    if source not in _sources:
        _sources.append(source)


def of(centre: AdviceCentre, language: str) -> list[Block]:
    """All blocks that stand on this page now."""
    return [block for source in _sources for block in source(centre, language)]
