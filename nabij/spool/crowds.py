"""How many forms came from one network lately: nobody is refused, but a flood is looked at by a person.

Counted in this process only, never written: a shelter where everybody shares one address stays far below it.
"""

import time
from collections import Counter
from threading import Lock


class Crowd:
    """Counts per network, begun anew every window."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[str] = Counter()
        self._since = float("-inf")

    def is_flooded_by(self, network: str, forms: int, seconds: float) -> bool:
        """Count one more form from this network; whether that is more than this many in so many seconds."""
        with self._lock:
            if time.monotonic() - self._since > seconds:
                self._counts.clear()
                self._since = time.monotonic()
            self._counts[network] += 1
            return self._counts[network] > forms


CROWD = Crowd()
