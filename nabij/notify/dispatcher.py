"""A few threads per channel that hand parcels over; they never touch the database."""

import queue
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from nabij.notify.channels import CHANNELS, Handed, Parcel, hand_over
from nabij.notify.claims import claim_deliveries, keep_in_hand, open_parcels, record_handed
from nabij.notify.terms import delivery_terms


@dataclass
class Dispatcher:
    """Hands over what is due, each channel with threads of its own, so that one that hangs stops no other."""

    name: str
    wake: Callable[[], None]
    _in_flight: dict[UUID, tuple[Parcel, float]] = field(default_factory=dict)
    _finished: "queue.SimpleQueue[tuple[Parcel, Handed]]" = field(default_factory=queue.SimpleQueue)
    _pools: dict[str, ThreadPoolExecutor] = field(default_factory=dict)

    def start(self) -> None:
        """Make the threads."""
        threads = delivery_terms().threads_per_channel
        self._pools = {each: ThreadPoolExecutor(threads, f"{self.name}-{each}") for each in CHANNELS}

    def stop(self) -> None:
        """Take no more work; what hangs is left to its lease."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)

    @property
    def is_busy(self) -> bool:
        """Whether something is being handed over now."""
        return bool(self._in_flight)

    @property
    def is_full(self) -> bool:
        """Whether some channel has no free thread, so that due work must wait."""
        busy = Counter(parcel.channel for parcel, _ in self._in_flight.values())
        return any(count >= delivery_terms().threads_per_channel for count in busy.values())

    def take(self, at: datetime) -> int:
        """Claim as many due deliveries as there are free threads, and hand them over; says how many."""
        count = 0
        for channel, pool in self._pools.items():
            busy = sum(parcel.channel == channel for parcel, _ in self._in_flight.values())
            free = delivery_terms().threads_per_channel - busy
            rows = claim_deliveries(channel, free, taken_by=self.name, at=at) if free > 0 else []
            for parcel in open_parcels(rows) if rows else []:
                self._in_flight[parcel.delivery_id] = (parcel, time.monotonic())
                pool.submit(self._hand, parcel)
            count += len(rows)
        return count

    def _hand(self, parcel: Parcel) -> None:
        self._finished.put((parcel, hand_over(parcel)))
        self.wake()

    def keep(self, at: datetime) -> None:
        """Keep the leases of what is still being handed over, but not of what takes unbelievably long."""
        longest = delivery_terms().longest_send.total_seconds()
        now = time.monotonic()
        mine = [identity for identity, (_, since) in self._in_flight.items() if now - since < longest]
        if mine:
            keep_in_hand(mine, taken_by=self.name, at=at)

    def record(self, at: datetime) -> int:
        """Write down how the finished ones went; what cannot be written now is kept for the next time."""
        count = 0
        while not self._finished.empty():
            parcel, handed = self._finished.get()
            try:
                record_handed(parcel, handed, at=at)
            except BaseException:
                self._finished.put((parcel, handed))
                raise
            held = self._in_flight.get(parcel.delivery_id)
            if held and held[0] is parcel:
                del self._in_flight[parcel.delivery_id]
            count += 1
        return count
