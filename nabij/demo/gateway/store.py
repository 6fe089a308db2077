"""What the gateway knows, built from its journal alone: each event is written first, then applied."""

import threading
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from nabij.demo.gateway.faults import Draw, Faults
from nabij.demo.gateway.journal import Event, Journal, events_in
from nabij.demo.gateway.messages import Call, Message, now


class Store:
    """Messages, deliveries, calls back still owed and faults; the lock guards them all."""

    def __init__(self, folder: Path) -> None:
        self.lock = threading.RLock()
        self.messages: dict[str, Message] = {}
        self.calls: dict[str, Call] = {}
        self.faults = Faults()
        self._by_key: dict[str, str] = {}
        self._sequence: Counter[str] = Counter()
        self._attempts: Counter[str] = Counter()
        self.journal = Journal(folder)
        for event in events_in(folder):
            self._apply(event)

    def record(self, *events: Event) -> None:
        """Write events to the journal and let them happen; all or none survive a kill."""
        moment = now()
        stamped = [{"at": moment, **event} for event in events]
        with self.lock:
            self.journal.append(*stamped)
            for event in stamped:
                self._apply(event)

    def set_faults(self, faults: Faults) -> None:
        """Take other faults from now on and count requests from zero, so that a run can be repeated."""
        self.record({"event": "faults", "faults": asdict(faults)})

    def draw(self, lane: str, key: str) -> Draw:
        """Count one request on a lane ("http" or "mail") and decide what happens to it."""
        with self.lock:
            turn = (self._sequence[lane], key, self._attempts[f"{lane}/{key}"])
            draw = self.faults.draw_mail(*turn) if lane == "mail" else self.faults.draw(*turn)
            self.record({"event": "asked", "lane": lane, "key": key, "fault": draw.fault, "kept": draw.kept})
            return draw

    def with_key(self, key: str) -> Message | None:
        """Find the message that was accepted under this idempotency key."""
        return self.messages.get(self._by_key.get(key, ""))

    def on_the_phones(self) -> list[tuple[str, Message]]:
        """List every delivery as (moment, message), newest first; delivered twice is there twice."""
        with self.lock:
            seen = [(at, message) for message in self.messages.values() for at in message.deliveries]
        return sorted(seen, key=lambda delivery: delivery[0], reverse=True)

    def _apply(self, event: Event) -> None:
        kind = event["event"]
        message = self.messages.get(event.get("id", ""))
        if kind == "asked":
            self._sequence[event["lane"]] += 1
            self._attempts[f"{event['lane']}/{event['key']}"] += 1
        elif kind == "faults":
            self.faults = Faults(**event["faults"])
            self._sequence.clear()
            self._attempts.clear()
        elif kind == "cleared":
            self.messages.clear()
            self.calls.clear()
            self._by_key.clear()
        elif kind == "accepted":
            accepted = Message(**event["message"])
            self.messages[accepted.id] = accepted
            if accepted.idempotency_key:
                self._by_key[accepted.idempotency_key] = accepted.id
        elif kind == "call":
            self.calls[event["call"]["id"]] = Call(**event["call"])
        elif kind == "call_settled":
            self.calls.pop(event["call_id"], None)
        elif message:
            _apply_to(message, event)


def _apply_to(message: Message, event: Event) -> None:
    kind = event["event"]
    if kind == "delivered":
        message.deliveries.append(event["at"])
        message.state = "delivered"
    elif kind == "failed":
        message.owed = 0
        message.state = "failed"
    elif kind == "again":
        message.owed += 1
    elif kind == "answered":
        message.answer = event["answer"]
