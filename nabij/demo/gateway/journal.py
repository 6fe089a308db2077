"""The append-only journal: one JSON line per thing that happened, read back after a restart or a kill."""

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Event = dict[str, Any]
NAME = "journal.jsonl"


class JournalInUse(Exception):
    """Another gateway writes in the same folder."""


class Journal:
    """Writes events to the end of one file and keeps other gateways out of it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._file = os.open(folder / NAME, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise JournalInUse(f"another gateway writes in {folder}") from None
        self._end_a_torn_line()

    def append(self, *events: Event) -> None:
        """Write events in one go, so that a kill leaves all of them or none."""
        text = "".join(json.dumps(event, ensure_ascii=True) + "\n" for event in events).encode()
        written = os.write(self._file, text)
        while written < len(text):
            written += os.write(self._file, text[written:])

    def close(self) -> None:
        """Let another gateway have the folder."""
        file, self._file = self._file, -1
        os.close(file)

    def _end_a_torn_line(self) -> None:
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")


def events_in(folder: Path) -> Iterator[Event]:
    """Read what happened, oldest first; a line torn by a kill is passed over."""
    path = folder / NAME
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and "event" in event:
                yield event


def deliveries_by_key(folder: Path) -> dict[str, int]:
    """Count for each idempotency key how often it reached a phone, also after a kill; for kill tests."""
    keys: dict[str, str] = {}
    counts: dict[str, int] = {}
    for event in events_in(folder):
        if event["event"] == "accepted":
            keys[event["message"]["id"]] = event["message"]["idempotency_key"]
            counts.setdefault(keys[event["message"]["id"]], 0)
        elif event["event"] == "delivered" and event["id"] in keys:
            counts[keys[event["id"]]] += 1
    return counts
