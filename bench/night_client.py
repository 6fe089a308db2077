"""The asker of the kill test, a process of its own: sends until it has a receipt, and keeps it on disk.

python -m bench.night_client ADDRESS FILE COUNT THREADS PAUSE
"""

import os
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import requests

from bench.visitor import Visitor

ANSWER = re.compile(r"/werk/hulp-vragen/([0-9a-f-]{36})/$")
ASK = "/werk/hulp-vragen/"
REQUEST: dict[str, object] = {
    "urgency": "urgent",
    "topic": "EVT-13",
    "municipalities": ["GM0363"],
    "district": "Noord",
    "people": "38",
    "wanted": ["reception"],
    "call_back": "06-00000081",
    "asker": "Nadia Vroom",
    "add_to": "nieuw",  # an incident of its own, so that each request needs a page of its own
}


class Asker:
    """One official; each request keeps its form key until it has a receipt, as an open tab does."""

    def __init__(self, base_url: str, receipts: Path, pause: float) -> None:
        self.visitor = Visitor(base_url)
        self.file = os.open(receipts, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.pause, self.lock, self.own = pause, threading.Lock(), threading.local()

    def log_in(self) -> None:
        """Log in once, before anything is killed."""
        self.visitor.log_in("nadia.vroom")
        self.visitor.get(ASK)

    def ask(self, number: int) -> None:
        """One request; every fifth is sent once more after its receipt, by somebody who pressed again."""
        key = uuid4()
        time.sleep(self.pause)
        for _ in range(2 if number % 5 == 0 else 1):
            while not self._send(key, number):
                time.sleep(0.1)

    def _send(self, key: UUID, number: int) -> bool:
        visitor: Visitor = getattr(self.own, "visitor", None) or self.visitor.twin()
        self.own.visitor = visitor
        values = {**REQUEST, "form_key": str(key), "place": f"Straat {number}"}
        began = time.monotonic()
        try:
            answer = visitor.post(ASK, values)
        except requests.RequestException:
            return False
        found = ANSWER.search(answer.headers.get("Location", ""))
        if answer.status_code == 422:
            raise SystemExit("the form was refused")
        if found:
            self._keep(f"{key} {found.group(1)} {time.monotonic() - began:.4f}\n")
        return found is not None

    def _keep(self, line: str) -> None:
        with self.lock:
            os.write(self.file, line.encode("ascii"))
            os.fsync(self.file)


def main(base_url: str, receipts: str, count: str, threads: str, pause: str) -> None:
    """Ask so many times, over so many threads, with a pause before each."""
    asker = Asker(base_url, Path(receipts), float(pause))
    asker.log_in()
    with ThreadPoolExecutor(int(threads)) as pool:
        list(pool.map(asker.ask, range(int(count))))


if __name__ == "__main__":
    main(*sys.argv[1:])
