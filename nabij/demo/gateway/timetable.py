"""Work that must be done a little later, by a few threads."""

import heapq
import itertools
import sys
import threading
import time
import traceback
from collections.abc import Callable

Work = Callable[[], None]


class Timetable:
    """Runs each piece of work once, no earlier than its moment; what is left at the stop stays undone."""

    def __init__(self, threads: int = 8) -> None:
        self._due: list[tuple[float, int, Work]] = []
        self._ticket = itertools.count()
        self._changed = threading.Condition()
        self._stopped = False
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def after(self, seconds: float, work: Work) -> None:
        """Do this work after so many seconds."""
        with self._changed:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._ticket), work))
            self._changed.notify()

    def stop(self) -> None:
        """Take no more work and wait until what runs now has ended."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while work := self._next():
            try:
                work()
            except Exception:
                traceback.print_exc(file=sys.stderr)

    def _next(self) -> Work | None:
        with self._changed:
            while not self._stopped:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._due)[2]
                self._changed.wait(wait)
        return None
