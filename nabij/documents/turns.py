"""So many files at once, over all processes: one drawing takes much memory, and each holds up a page."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from nabij.documents.rewriting import Refused

PAUSE = 0.1  # seconds between two looks


@contextmanager
def turn(folder: Path, *, most: int, longest_wait: float) -> Iterator[None]:
    """Wait for one of so many places, in seconds; Refused "busy" when none came free.

    The lock goes with the process that holds it, so a killed one leaves its place free.
    """
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + longest_wait
    while True:
        for number in range(most):
            with (folder / str(number)).open("w") as place:
                if _is_taken_now(place):
                    yield
                    return
        if time.monotonic() >= until:
            raise Refused("busy")
        time.sleep(PAUSE)


def _is_taken_now(place: TextIOWrapper) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
