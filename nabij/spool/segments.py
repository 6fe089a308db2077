"""The reading end of the spool: what stands in each segment, and whether its writer still lives."""

import fcntl
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from nabij.spool.writing import HEADER, MAGIC, SUFFIX

QUARANTINE = "quarantine"


class Kind(Enum):
    """What a stretch of a segment is."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    TORN = "torn"


@dataclass(frozen=True)
class Piece:
    """A stretch of a segment: an envelope, or bytes that are none; `end` is where the next one begins."""

    kind: Kind
    content: bytes
    end: int


def segments(folder: Path) -> list[Path]:
    """All segments, oldest first."""
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def is_abandoned(path: Path) -> bool:
    """Whether no writer holds this segment any more: nothing will be added to it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _whole(data: bytes, start: int) -> bytes | None:
    """The envelope of the record that begins at `start`, if it is all there and its checksum is right."""
    body = start + HEADER.size
    if len(data) < body:
        return None
    mark, length, checksum = HEADER.unpack_from(data, start)
    envelope = data[body : body + length]
    is_right = mark == MAGIC and len(envelope) == length and zlib.crc32(envelope) == checksum
    return envelope if is_right else None


def pieces(path: Path, offset: int, *, is_final: bool) -> Iterator[Piece]:
    """What stands in the segment from `offset` on; in a segment still being written, only whole records."""
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read()
    at = 0
    while at < len(data):
        envelope = _whole(data, at)
        if envelope is not None:
            at += HEADER.size + len(envelope)
            yield Piece(Kind.WHOLE, envelope, offset + at)
            continue
        if not is_final:
            return
        following = data.find(MAGIC, at + 1)
        stop = len(data) if following < 0 else following
        yield Piece(Kind.TORN if following < 0 else Kind.DAMAGED, data[at:stop], offset + stop)
        at = stop


def set_aside(folder: Path, name: str, content: bytes) -> None:
    """Keep bytes that could not be understood, for a person to look at; the same name twice is one file."""
    place = folder / QUARANTINE
    place.mkdir(mode=0o700, exist_ok=True)
    half = place / f"{name}.half"
    with half.open("wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    half.rename(place / name)


def set_aside_count(folder: Path) -> int:
    """How many pieces wait for a person to look at them."""
    place = folder / QUARANTINE
    return sum(1 for _ in place.glob("*.sealed")) if place.is_dir() else 0
