"""Ten thousand registrations while five hundred visits a second go on and the desk works on.

python -m bench.storm [registrations] [a second]: at that pace, then as fast as it goes, then a round in which
the database is restarted and drain and worker are killed. Leaves with 1 when a receipt has no row, or a form
has two. Needs wrk.
"""

import itertools
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import requests

from bench.centre import COMMISSION, People
from bench.house import house_at_night, rows
from bench.measuring import cpu_of, load, percentile
from bench.night_client import ASK, REQUEST
from bench.serving import children_of
from bench.visitor import Visitor
from launch.supervisor import Stack

MANY, FEW, CLIENTS, VISITS, DRAINED_WITHIN = 10_000, 2_000, 16, 500, 180.0
# the hardest day asks for 10,000 in 24 hours; so many a second is that day in under two minutes
PACE, CONNECTIONS = 100.0, 40
# every 2 ms one of the connections may ask for a page: a slow answer does not lower the number of visits
_PACED = """local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long us; } moment; int gettimeofday(moment *at, void *zone);")
local at, due = ffi.new("moment"), 0
function delay()
  ffi.C.gettimeofday(at, nil)
  local now = tonumber(at.s) * 1000 + tonumber(at.us) / 1000
  due = math.max(due + %s, now)
  return math.floor(due - now + 0.5)
end
""" % (1000 / VISITS)
_NEWEST = "SELECT id::text FROM incidents_incident ORDER BY reported_at DESC LIMIT 1"
_ROWS = "SELECT form_key FROM people_registration WHERE state <> 'correction' AND incident_id = %s"
_TALLY = "SELECT coalesce(sum(receipts), 0), coalesce(sum(missed), 0) FROM people_spooltally"


@dataclass
class Storm:
    """What came of it, by everybody who took part."""

    incident: UUID
    told: list[UUID] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    desk: list[float] = field(default_factory=list)
    desk_errors: int = 0

    def register(
        self, base_url: str, numbers: "itertools.count[int]", count: int, pace: float | None
    ) -> None:
        """One after another, `pace` a second by all together; without a receipt the same form again."""
        visitor, began = Visitor(base_url), time.monotonic()
        while (number := next(numbers)) < count:
            key = uuid4()
            if pace:
                time.sleep(max(0.0, began + number / pace - time.monotonic()))
            while not self._sent(visitor, key, number):
                time.sleep(0.2)

    def _sent(self, visitor: Visitor, key: UUID, number: int) -> bool:
        form = {
            "form_key": key.hex, "relation": "resident", "name": f"Persoon {number}",
            "phone": f"06{10_000_000 + number}", "consent_ggd": "yes",
        }  # fmt: skip
        began = time.monotonic()
        try:
            answer = visitor.post(f"/aanmelden/{self.incident}/", {**form})
        except requests.RequestException as error:
            self.errors[type(error).__name__] += 1
            return False
        if answer.status_code != 200:
            self.errors[str(answer.status_code)] += 1
            return False
        self.waits.append(time.monotonic() - began)
        self.told.append(key)
        return True

    def work_at_desk(self, registrar: Visitor, done: threading.Event) -> None:
        """A registrar who looks at the list, the desk and the counts, twice a second."""
        room = f"/werk/gebeurtenissen/{self.incident}/"
        for path in itertools.cycle((f"{room}aanmeldingen/", "/werk/", f"{room}aangemeld/")):
            if done.is_set():
                return
            began = time.monotonic()
            try:
                is_good = registrar.get(path).status_code == 200
            except requests.RequestException:
                is_good = False
            if is_good:
                self.desk.append(time.monotonic() - began)
            else:
                self.desk_errors += 1
            time.sleep(0.5)


def _visits(stack: Stack) -> "subprocess.Popen[str]":
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing (Debian: apt install wrk)")
    script = Path(stack.data) / "paced.lua"
    script.write_text(_PACED, encoding="ascii")
    url = stack.base_url.replace("localhost", "127.0.0.1") + "/"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "-d1h", "--latency", "-s", str(script), url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _of_visits(said: str) -> str:
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    p99 = re.search(r"99%\s+(\S+)", said)
    errors = re.search(r"(Socket errors|Non-2xx).*", said)
    return " | ".join((rate[1] if rate else "?", p99[1] if p99 else "?", errors[0] if errors else "0"))


def _asked(stack: Stack, sql: str, *values: object) -> list[tuple]:
    """Rows, from a database that may just be coming up."""
    while True:
        try:
            return rows(stack, sql, *values)
        except psycopg.OperationalError:
            time.sleep(0.2)


def _round(
    stack: Stack,
    incident: str,
    count: int,
    pace: float | None = None,
    harm: Callable[[Storm, int], None] | None = None,
) -> bool:
    storm, done, numbers = Storm(UUID(incident)), threading.Event(), itertools.count()
    registrar = Visitor(stack.base_url, seconds=30)
    registrar.log_in("daan.oort")
    pids = [stack.pid("web"), *children_of(stack.pid("web"))]
    before, began = sum(map(cpu_of, pids)), time.monotonic()
    visits = _visits(stack)
    threads = [
        threading.Thread(target=storm.register, args=(stack.base_url, numbers, count, pace))
        for _ in range(CLIENTS)
    ]
    desk = threading.Thread(target=storm.work_at_desk, args=(registrar, done))
    for each in (*threads, desk):
        each.start()
    if harm:
        harm(storm, count)
    for each in threads:
        each.join()
    sent_in, spent = time.monotonic() - began, sum(map(cpu_of, pids)) - before
    visits.send_signal(signal.SIGINT)  # then it says what it counted
    said = visits.communicate()[0]
    done.set()
    desk.join()
    told, waited_from = set(storm.told), time.monotonic()
    while True:
        found = [row[0] for row in _asked(stack, _ROWS, incident)]
        if not told - set(found) or time.monotonic() - waited_from > DRAINED_WITHIN:
            break
        time.sleep(0.2)
    lost, doubled = len(told - set(found)), len(found) - len(set(found))
    p50, p99 = (percentile(storm.waits, share) * 1000 for share in (0.5, 0.99))
    desk50, desk99 = (percentile(storm.desk, share) * 1000 for share in (0.5, 0.99))
    wrong = ", ".join(f"{kind} × {number}" for kind, number in storm.errors.items()) or "0"
    name = "killed" if harm else f"{pace:.0f} a second" if pace else "full speed"
    print(
        f"| {name} | {len(told):,} | {len(told) / sent_in:.0f} | {p50:.0f} | "
        f"{p99:.0f} | {wrong} | {lost} | {doubled} | {_of_visits(said)} | {desk50:.0f} | {desk99:.0f} | "
        f"{storm.desk_errors} | {spent * 1000 / len(told):.1f} | {load()} |",
        flush=True,
    )
    return not lost and not doubled and len(told) == count


def _harm(stack: Stack) -> Callable[[Storm, int], None]:
    """The database restarted twice and killed once, drain and worker killed, spread over the round."""

    def harm(storm: Storm, count: int) -> None:
        steps: list[Callable[[], object]] = [
            stack.restart_postgres,
            lambda: stack.kill("drain"),
            lambda: stack.kill("postgres"),
            lambda: stack.kill("worker"),
            stack.restart_postgres,
        ]
        for number, step in enumerate(steps, 1):
            while len(storm.told) < count * number / (len(steps) + 1):
                time.sleep(0.05)
            step()

    return harm


def main(count: int, pace: float) -> int:
    """The three rounds, and what the reconciler says at the end."""
    with house_at_night("worker", "drain") as stack:
        people = People(stack)
        people.official.post(ASK, {**REQUEST, "place": "Kokmeeuwstraat"})
        incident = rows(stack, _NEWEST)[0][0]
        people.official.post(f"/werk/iac/opdracht/{incident}/", COMMISSION)
        print(
            "| round | receipts | a second | p50 ms | p99 ms | errors | lost | doubled | visits/s "
            "| p99 of visits | errors of visits | desk p50 ms | desk p99 ms | desk errors "
            "| web CPU ms a receipt, visits along | load |\n" + "|---" * 16 + "|",
            flush=True,
        )
        is_good = _round(stack, incident, count, pace)
        is_good &= _round(stack, incident, count)
        is_good &= _round(stack, incident, min(count, FEW), harm=_harm(stack))
        receipts, missed = _asked(stack, _TALLY)[0]
        print(f"\nLooked at once more by the drain: {receipts} receipts, {missed} without a row.")
    return 0 if is_good else 1


def run() -> None:
    """The figure of docs/performance.md."""
    if main(MANY, PACE):
        raise SystemExit("a registration was lost or doubled")


if __name__ == "__main__":
    asked = [float(each) for each in sys.argv[1:]]
    sys.exit(main(int(asked[0]) if asked else MANY, asked[1] if len(asked) > 1 else PACE))
