"""The gateway itself: takes messages, brings them to the phones and reports back."""

import secrets
import threading
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from nabij.demo.gateway import callbacks
from nabij.demo.gateway.journal import Event
from nabij.demo.gateway.messages import Call, Message, now, same_recipient
from nabij.demo.gateway.store import Store
from nabij.demo.gateway.timetable import Timetable

OWED = {"drop": 0, "duplicate": 2}


class KeyTaken(Exception):
    """The idempotency key was used before for somebody else's phone."""


class Gateway:
    """One gateway on one folder; work that a kill left undone goes on when it starts again."""

    def __init__(self, folder: Path, *, token: str, delay: float = 0.2) -> None:
        self.folder = folder
        self.token = token
        self.delay = delay
        self.stopping = threading.Event()
        self.store = Store(folder)
        self._timetable = Timetable()
        self._resume()

    def stop(self) -> None:
        """End hanging requests and the work under way, and let another gateway have the folder."""
        self.stopping.set()
        self._timetable.stop()
        self.store.journal.close()

    def accept(self, message: Message, fault: str = "") -> str:
        """Take a message and give its id; a key seen before gives the first id and delivers nothing new."""
        with self.store.lock:
            known = self.store.with_key(message.idempotency_key)
            if known and not same_recipient(known.to, message.to):
                raise KeyTaken
            if known and fault == "duplicate":
                self.store.record({"event": "again", "id": known.id})
                self._timetable.after(self.delay, partial(self._deliver, known.id))
            if known:
                return known.id
            taken = replace(message, fault=fault, owed=OWED.get(fault, 1))
            self.store.record({"event": "accepted", "message": asdict(taken)})
        for _ in range(taken.owed):
            self._timetable.after(self.delay, partial(self._deliver, taken.id))
        return taken.id

    def take_mail(self, recipients: list[str], subject: str, body: str) -> None:
        """Put a mail on the phone of each recipient at once."""
        for to in recipients:
            mail = Message(id=new_id(), to=to, body=body, kind="mail", at=now(), subject=subject)
            accepted: Event = {"event": "accepted", "message": asdict(mail)}
            self.store.record(accepted, {"event": "delivered", "id": mail.id})

    def press(self, message: Message, key: str) -> bool:
        """Press a key during a spoken message and tell the sender; only the first key counts."""
        with self.store.lock:
            if not message.awaits_key:
                return False
            self._tell(message, {"event": "answered", "answer": key}, {"answer": key})
        return True

    def _deliver(self, id: str) -> None:
        with self.store.lock:
            message = self.store.messages.get(id)
            if not message or len(message.deliveries) >= message.owed:
                return
            state = "failed" if message.fault == "fail" else "delivered"
            wait = self.store.faults.late_seconds if message.fault == "late" else 0.0
            self._tell(message, {"event": state}, {"state": state}, wait)

    def _tell(self, message: Message, event: Event, news: dict[str, str], wait: float = 0.0) -> None:
        moment = now()
        happened = {**event, "id": message.id, "at": moment}
        if not message.callback_url:
            self.store.record(happened)
            return
        payload = {"id": message.id, "idempotency_key": message.idempotency_key, **news, "at": moment}
        call = Call(new_id(), message.callback_url, payload)
        self.store.record(happened, {"event": "call", "call": asdict(call)})
        self._timetable.after(wait, partial(self._call_back, call.id))

    def _call_back(self, call_id: str, attempt: int = 0) -> None:
        call = self.store.calls.get(call_id)
        if not call:
            return
        received = callbacks.was_received(call, self.token)
        if received or attempt >= len(callbacks.PAUSES):
            self.store.record({"event": "call_settled", "call_id": call_id, "received": received})
        else:
            pause = callbacks.PAUSES[attempt]
            self._timetable.after(pause, partial(self._call_back, call_id, attempt + 1))

    def _resume(self) -> None:
        for message in list(self.store.messages.values()):
            for _ in range(message.owed - len(message.deliveries)):
                self._timetable.after(self.delay, partial(self._deliver, message.id))
        for call in list(self.store.calls.values()):
            self._timetable.after(self.delay, partial(self._call_back, call.id))


def new_id() -> str:
    """Give a random name to a message or a call."""
    return secrets.token_hex(8)
