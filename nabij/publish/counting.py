"""How often the public pages are read: a number per page and hour, and nothing of who reads.

Counted in memory by each web process and written to a small file of its own, so that it needs no database.
"""

import json
import re
import threading
from collections import Counter, defaultdict
from datetime import UTC, datetime
from multiprocessing.util import Finalize
from pathlib import Path
from uuid import uuid4
from wsgiref.types import WSGIEnvironment

from nabij import settings
from nabij.kit.content import load_toml

FILE = Path(__file__).parent / "data" / "visits.toml"
HOUR = "%Y-%m-%dT%H"


def visits_folder() -> Path:
    """Where the web processes write their numbers; the worker reads them."""
    return settings.ENV.data_dir / "visits"


def is_counted(path: str) -> bool:
    """Whether this page is one whose visits are counted."""
    return re.fullmatch(str(load_toml(FILE)["counted"]), path) is not None


def robots() -> tuple[str, ...]:
    """Words, in small letters, by which a program says that it is no reader."""
    return tuple(word.lower() for word in load_toml(FILE)["robots"])


class VisitCounter:
    """The counts of this process; `start` lets them be written now and then, and when the process ends."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._name = uuid4().hex
        self._robots = robots()
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._hours: dict[str, Counter[str]] = defaultdict(Counter)
        self._now: Counter[str] = Counter()
        self._stopping = threading.Event()

    def count(self, path: str, environ: WSGIEnvironment) -> None:
        """One more reader of this page, unless it is a program or a page loaded ahead."""
        if "HTTP_SEC_PURPOSE" in environ:
            return
        agent = environ.get("HTTP_USER_AGENT", "").lower()
        for word in self._robots:  # six times as fast as one pattern: this is on the way of every page
            if word in agent:
                return
        with self._lock:
            self._now[path] += 1

    def start(self) -> None:
        """Write from time to time, in a thread that ends with the process, and once more when that ends.

        A web worker ends as a child of `multiprocessing`, which asks nothing that `atexit` knows.
        """
        threading.Thread(target=self._write_on, name="visits", daemon=True).start()
        Finalize(None, self.stop, exitpriority=1)

    def stop(self) -> None:
        """Write for the last time."""
        self._stopping.set()
        self.write(datetime.now(UTC))

    def _write_on(self) -> None:
        seconds = float(load_toml(FILE)["write_seconds"])
        while not self._stopping.wait(seconds):
            self.write(datetime.now(UTC))

    def write(self, at: datetime) -> None:
        """Write the totals of the hour so far; an hour without readers is written as well: it was counted."""
        with self._writing:
            self._write(at)

    def _write(self, at: datetime) -> None:
        hour = at.strftime(HOUR)
        with self._lock:
            new, self._now = self._now, Counter()
        self._hours[hour].update(new)
        folder = self._folder or visits_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            beside = folder / f".{hour}.{self._name}"
            beside.write_text(json.dumps(self._hours[hour]), encoding="utf-8")
            beside.replace(folder / f"{hour}.{self._name}.json")
        except OSError:
            return  # a full disk: the totals stay in memory, and the next time writes them
        for old in [each for each in self._hours if each < hour]:
            del self._hours[old]


def written_hours(folder: Path | None = None) -> dict[datetime, Counter[str]]:
    """What all processes counted together, by hour; a file that cannot be read is left out."""
    found: dict[datetime, Counter[str]] = defaultdict(Counter)
    for file in sorted((folder or visits_folder()).glob("*.json")):
        try:
            hour = datetime.strptime(file.name.partition(".")[0], HOUR).replace(tzinfo=UTC)
            pages = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # half a file of a machine that fell: the hour then counts as not counted
        found[hour].update(pages)
    return dict(found)


def forget_hours(before: datetime, folder: Path | None = None) -> None:
    """Remove the files of hours that were taken over long ago, and what a killed process left."""
    for file in (folder or visits_folder()).glob("*"):
        if file.name.lstrip(".").partition(".")[0] < before.strftime(HOUR):
            file.unlink(missing_ok=True)
