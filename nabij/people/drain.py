"""The drain: what lies in the spool becomes rows, in order, exactly once, also after a kill at any moment."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import structlog
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection

from nabij.audit.actor import SYSTEM
from nabij.keys.envelope import CannotOpen, open_envelope
from nabij.kit import clock
from nabij.people.actions.registering import drain, place_held
from nabij.people.models import SpoolPosition, SpoolTally
from nabij.people.queries.spooling import position_of
from nabij.people.submissions import Submission, from_bytes
from nabij.spool.segments import Kind, Piece, is_abandoned, pieces, segments, set_aside

BATCH = 100
PAUSE = 0.2
LONGEST_PAUSE = 1.0
KEEP_SECONDS = 5.0
PLACE_EVERY = 30.0

log = structlog.get_logger()


@dataclass(frozen=True)
class _Opened:
    """One piece of a segment with the submission in it, if it could be read."""

    piece: Piece
    submission: Submission | None


_beside: list[Callable[[Path], int]] = []


def beside(drain_more: Callable[[Path], int]) -> None:
    """Let another app drain its own folder below the spool, after the registrations (called from hooks)."""
    _beside.append(drain_more)


def drain_all(folder: Path) -> int:
    """Drain every segment once, oldest first, then what lies beside; how many were new."""
    new = sum(_drain_segment(folder, path) for path in segments(folder))
    return new + sum(drain_more(folder) for drain_more in _beside)


def _drain_segment(folder: Path, path: Path) -> int:
    is_final = is_abandoned(path)  # asked before reading: what is read of an abandoned segment is all of it
    start = position_of(path.name)
    left: Iterator[Piece] = pieces(path, start, is_final=is_final)
    new, reached = 0, start
    while batch := list(islice(left, BATCH)):
        new += _drain_batch(folder, path.name, batch)
        reached = batch[-1].end
    if is_final and reached >= path.stat().st_size and time.time() - path.stat().st_mtime > KEEP_SECONDS:
        new += _look_once_more(folder, path)
        path.unlink()
    return new


def _look_once_more(folder: Path, path: Path) -> int:
    """Before a segment goes: each receipt in it has its row, or gets it now; counted and told."""
    receipts = missed = 0
    left: Iterator[Piece] = pieces(path, 0, is_final=True)
    while batch := list(islice(left, BATCH)):
        receipts += sum(piece.kind == Kind.WHOLE for piece in batch)
        missed += _drain_batch(folder, path.name, batch)
    counted = {"receipts": receipts, "missed": missed, "at": clock.now()}
    SpoolTally.objects.update_or_create(segment=path.name, defaults=counted)
    if missed:
        log.error("registrations had no row", count=missed)
    return missed


def _drain_batch(folder: Path, segment: str, batch: list[Piece]) -> int:
    """Write a batch; when the database refuses it, one by one, so that one bad record stops nobody."""
    opened = [_open(folder, segment, piece) for piece in batch]
    try:
        return _write(segment, opened)
    except (DataError, IntegrityError, ValueError, TypeError):
        new = 0
        for each in opened:
            try:
                new += _write(segment, [each])
            except (DataError, IntegrityError, ValueError, TypeError) as error:
                _keep_aside(folder, segment, each.piece, type(error).__name__)
                _write(segment, [_Opened(each.piece, None)])
        return new


def _write(segment: str, opened: list[_Opened]) -> int:
    submissions = [each.submission for each in opened if each.submission is not None]
    end = opened[-1].piece.end
    return drain(
        submissions, segment=segment, offset=end, by=SYSTEM, at=clock.now(), machine_at=datetime.now(UTC)
    )


def _open(folder: Path, segment: str, piece: Piece) -> _Opened:
    """The submission of a piece; what cannot be read is set aside for a person to look at, and counted."""
    if piece.kind == Kind.WHOLE:
        try:
            return _Opened(piece, from_bytes(open_envelope(piece.content)))
        except (CannotOpen, ValueError) as error:
            _keep_aside(folder, segment, piece, type(error).__name__)
    elif piece.kind == Kind.DAMAGED:
        _keep_aside(folder, segment, piece, "Damaged")
    return _Opened(piece, None)  # a torn tail was never acknowledged: its sender was told to try again


def _keep_aside(folder: Path, segment: str, piece: Piece, why: str) -> None:
    set_aside(folder, f"{segment}-{piece.end}.sealed", piece.content)
    log.error("registration set aside", reason=why, segment=segment)


def _forget_cleared(folder: Path) -> None:
    """Drop the positions of segments that were cleared away; read again, they would add nothing either."""
    present = [path.name for path in segments(folder)]
    SpoolPosition.objects.exclude(segment__in=present).delete()


def run(folder: Path, goes_on: Callable[[], bool]) -> None:
    """Drain until told to stop; with the database away wait, and go on where it was left."""
    pause, placed_at = PAUSE, 0.0
    while goes_on():
        try:
            drain_all(folder)
            if time.monotonic() - placed_at > PLACE_EVERY:
                place_held(by=SYSTEM, at=clock.now())
                _forget_cleared(folder)
                placed_at = time.monotonic()
            pause = PAUSE
        except (OperationalError, InterfaceError) as error:
            log.warning("drain waits for the database", reason=type(error).__name__)
            connection.close()
            pause = min(LONGEST_PAUSE, pause * 2)
        except OSError as error:
            log.error("drain cannot read the spool", reason=type(error).__name__)
            pause = min(LONGEST_PAUSE, pause * 2)
        time.sleep(pause)
