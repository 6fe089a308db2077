"""The reading end of wishes for news: in a folder of their own beside registrations, in the same process.

How far a segment is read is kept in memory: what is read again after a kill adds nothing.
"""

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import structlog
from django.db import DataError, IntegrityError

from nabij.audit.actor import SYSTEM
from nabij.keys.envelope import CannotOpen, open_envelope
from nabij.kit import clock
from nabij.news_readers.actions import store_asks
from nabij.news_readers.asks import NewsAsk, from_bytes
from nabij.spool.segments import Kind, Piece, is_abandoned, pieces, segments, set_aside

FOLDER, BATCH = "news", 100
_REFUSED = (DataError, IntegrityError, ValueError, TypeError)
log = structlog.get_logger("nabij.news_readers")
_read: dict[Path, int] = {}


def drain_asks(folder: Path) -> int:
    """The next wishes of every segment, a batch of each: registrations never wait long for news."""
    return sum(_drain_segment(folder, path) for path in segments(folder / FOLDER))


def _drain_segment(folder: Path, path: Path) -> int:
    is_final = is_abandoned(path)  # asked before reading: what is read of an abandoned segment is all of it
    start = _read.get(path, 0)
    batch = list(islice(pieces(path, start, is_final=is_final), BATCH))
    new = _store_batch(folder, path, batch) if batch else 0
    _read[path] = batch[-1].end if batch else start
    if is_final and _read[path] >= path.stat().st_size:
        path.unlink()
        del _read[path]
    return new


def _store_batch(folder: Path, path: Path, batch: list[Piece]) -> int:
    """Keep a batch; when the database refuses it, one by one: one bad wish stops no registration."""
    opened = [(piece, ask) for piece in batch if (ask := _open(folder, path, piece)) is not None]
    try:
        return _store([ask for _, ask in opened])
    except _REFUSED:
        new = 0
        for piece, ask in opened:
            try:
                new += _store([ask])
            except _REFUSED as error:
                _set_aside(folder, path, piece, type(error).__name__)
        return new


def _store(asks: list[NewsAsk]) -> int:
    return store_asks(asks, by=SYSTEM, at=clock.now(), machine_at=datetime.now(UTC)) if asks else 0


def _open(folder: Path, path: Path, piece: Piece) -> NewsAsk | None:
    """The wish in a piece; what cannot be read is set aside for a person to look at."""
    if piece.kind == Kind.WHOLE:
        try:
            return from_bytes(open_envelope(piece.content))
        except (CannotOpen, ValueError) as error:
            _set_aside(folder, path, piece, type(error).__name__)
    elif piece.kind == Kind.DAMAGED:
        _set_aside(folder, path, piece, "Damaged")
    return None  # a torn tail was never acknowledged: its sender was told to try again


def _set_aside(folder: Path, path: Path, piece: Piece, reason: str) -> None:
    set_aside(folder, f"news-{path.name}-{piece.end}.sealed", piece.content)
    log.error("wish for news set aside", reason=reason)
