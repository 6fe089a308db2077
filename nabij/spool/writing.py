"""The spool: sealed submissions on disk, acknowledged only after they are safe, whatever else is away.

Each process appends to segment files of its own. A segment is locked as long as its writer lives, so a reader
knows a torn tail (the writer died; never acknowledged) from a record that is still being written.
"""

import fcntl
import os
import secrets
import struct
import time
import zlib
from pathlib import Path
from threading import Condition, Lock

from django.conf import settings

MAGIC = b"NBJ1"
HEADER = struct.Struct(">4sII")
SUFFIX = ".spool"
SEGMENT_BYTES = 16_000_000
SEGMENT_SECONDS = 60.0


def frame(envelope: bytes) -> bytes:
    """A record as it stands in a segment: mark, length, checksum, envelope."""
    return HEADER.pack(MAGIC, len(envelope), zlib.crc32(envelope)) + envelope


class _Segment:
    """One file of one writer; several threads share each fdatasync."""

    def __init__(self, folder: Path) -> None:
        self.opened_at = time.monotonic()
        self.written = self.synced = 0
        self.is_syncing = self.is_broken = self.is_cut = False
        self.users = 0
        self.is_retired = False
        name = f"{time.time_ns():020d}-{os.getpid()}-{secrets.token_hex(4)}"
        hidden = folder / f"{name}.new"
        self.descriptor = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)
            hidden.rename(folder / f"{name}{SUFFIX}")
            _sync_folder(folder)
        except OSError:
            os.close(self.descriptor)
            raise

    def write(self, record: bytes) -> None:
        """Append the whole record, or nothing: what was half written is cut off again."""
        left = memoryview(record)
        try:
            while left:
                left = left[os.write(self.descriptor, left) :]
        except OSError:
            self.is_cut = True
            os.ftruncate(self.descriptor, self.written)
            raise
        self.written += len(record)

    def close_when_unused(self) -> None:
        """Give the lock back once no thread waits for this segment any more."""
        if self.is_retired and not self.users and self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


class Spool:
    """The writing end in this process; `append` returns only when the record is on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._turn = Condition()
        self._segment: _Segment | None = None

    def append(self, envelope: bytes) -> None:
        """Keep the envelope for good; raises OSError (disk full, disk gone) when it is not kept."""
        record = frame(envelope)
        with self._turn:
            segment = self._current(len(record))
            segment.users += 1
            try:
                segment.write(record)
                self._sync(segment, segment.written)
            finally:
                segment.users -= 1
                self._retire_if_done(segment)

    def close(self) -> None:
        """End the current segment, so that the drain may clear it away."""
        with self._turn:
            if self._segment is not None:
                self._retire(self._segment)

    def _current(self, size: int) -> _Segment:
        """The open segment of this process; a full, old or broken one makes place for a fresh one."""
        segment = self._segment
        if segment is not None and (
            segment.is_broken
            or segment.is_cut
            or segment.written + size > SEGMENT_BYTES
            or time.monotonic() - segment.opened_at > SEGMENT_SECONDS
        ):
            self._retire(segment)
        if self._segment is None:
            make_folder(self.folder)
            self._segment = _Segment(self.folder)
        return self._segment

    def _sync(self, segment: _Segment, goal: int) -> None:
        """Wait until `goal` bytes are on disk: one thread syncs for all that wrote before it began."""
        while segment.synced < goal:
            if segment.is_broken:
                raise OSError("this segment of the spool is broken")
            if segment.is_syncing:
                self._turn.wait()
                continue
            segment.is_syncing, reach = True, segment.written
            self._turn.release()
            failure: OSError | None = None
            try:
                os.fdatasync(segment.descriptor)
            except OSError as error:
                failure = error
            self._turn.acquire()
            segment.is_syncing = False
            segment.is_broken = segment.is_broken or failure is not None
            segment.synced = segment.synced if failure else max(segment.synced, reach)
            self._turn.notify_all()

    def _retire(self, segment: _Segment) -> None:
        segment.is_retired = True
        if self._segment is segment:
            self._segment = None
        segment.close_when_unused()

    def _retire_if_done(self, segment: _Segment) -> None:
        if segment.is_broken or segment.is_cut or segment.is_retired:
            self._retire(segment)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make the folder of the spool, for this user only, and make sure that it stays."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def folder() -> Path:
    """Where this installation keeps its spool."""
    return settings.ENV.data_dir / "spool"


_spools: dict[tuple[Path, int], Spool] = {}
_making = Lock()


def append(envelope: bytes, below: str = "") -> None:
    """Keep the envelope in this installation's spool, or a folder below it; OSError when it was not kept."""
    make_folder(folder())
    key = folder() / below, os.getpid()  # a forked child must not share its parent's segment
    with _making:
        spool = _spools.setdefault(key, Spool(key[0]))
    spool.append(envelope)
