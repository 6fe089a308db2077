"""Requests for help while web, engines and database are killed at random: receipts against rows.

python -m bench.night_kill [count]: the client, a process of its own, keeps its own file of receipts.
At the end each receipt must be in the database once, with one page that was born in the same
transaction together with its first due moment, and each page must have been handed to the gateway.
Leaves with 1 when that is not so.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench.births import BORN_TOGETHER, watch_births
from bench.house import house_at_night, rows
from bench.measuring import load, percentile
from launch.supervisor import Stack

VICTIMS = ("web", "engine-1", "engine-2", "postgres")
COUNT, THREADS, PAUSE = 100, 4, 2.0
PAGED_WITHIN = 60.0  # seconds after the last kill
_SENT = """
SELECT request.form_key FROM incidents_helprequest request
JOIN paging_page page ON page.subject_id = request.id
WHERE EXISTS (
    SELECT FROM paging_ask ask JOIN notify_delivery delivery ON delivery.message_id = ask.message_id
    WHERE ask.page_id = page.id AND delivery.sent_at IS NOT NULL)
"""
_ANSWERS = """
SELECT request.form_key::text, answer.id::text FROM on_call_helpanswer answer
JOIN incidents_helprequest request ON request.id = answer.request_id
"""


@dataclass
class Outcome:
    """What the receipts and the rows say when they are held beside each other."""

    count: int
    receipts: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    not_paged: list[str] = field(default_factory=list)
    paged_after: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether nothing at all is missing or doubled."""
        wrong = self.lost or self.twice or self.apart or self.not_paged
        return self.receipts == self.count and not wrong

    def row(self) -> str:
        """A row for docs/performance.md."""
        killed = ", ".join(str(self.kills[each]) for each in VICTIMS)
        p50, p99 = (percentile(self.waits, share) * 1000 for share in (0.5, 0.99))
        wrong = " | ".join(str(len(each)) for each in (self.lost, self.twice, self.apart, self.not_paged))
        waits = f"{p50:.0f} / {p99:.0f} | {self.paged_after:.1f}"
        return f"| {self.receipts} | {killed} | {wrong} | {waits} | {load()} |"


HEADER = (
    "| requests with a receipt | kills of web, engine-1, engine-2, PostgreSQL | lost | accepted twice "
    "| page not born with its request | not paged | receipt p50 / p99 ms "
    "| s from last kill until all paged | load |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def kill_and_compare(
    *, count: int = COUNT, threads: int = THREADS, pause: float = PAUSE, each_at_least: int = 2
) -> Outcome:
    """Ask, kill, wait until all is paged, compare."""
    outcome = Outcome(count)
    with house_at_night() as stack:
        watch_births(stack)
        file = stack.data / "receipts"
        numbers = [str(each) for each in (count, threads, pause)]
        command = [sys.executable, "-m", "bench.night_client", stack.base_url, str(file), *numbers]
        with subprocess.Popen(command) as client:
            while not file.exists() and client.poll() is None:
                time.sleep(0.05)
            _kill_at_random(stack, client, outcome.kills, each_at_least)
        last_kill = time.monotonic()
        told = _receipts(file, outcome)
        while set(told) - _set(stack, _SENT) and time.monotonic() - last_kill < PAGED_WITHIN:
            time.sleep(0.1)
        outcome.paged_after = time.monotonic() - last_kill
        _compare(stack, told, outcome)
    return outcome


def _kill_at_random(stack: Stack, client: "subprocess.Popen[bytes]", kills: Counter[str], least: int) -> None:
    """Kill one of them every second or so, until all was asked and each died often enough."""
    dice = random.Random(310)
    while client.poll() is None or min(kills[each] for each in VICTIMS) < least:
        time.sleep(dice.uniform(0.5, 1.5))
        victim = dice.choice(VICTIMS)
        try:
            stack.kill(victim)
        except LookupError:  # it is just being started again
            continue
        kills[victim] += 1


def _receipts(file: Path, outcome: Outcome) -> dict[str, str]:
    """The client's own file: form key and answer; one key with two answers was accepted twice."""
    told: dict[str, str] = {}
    for line in file.read_text(encoding="ascii").splitlines():
        key, answer, seconds = line.split()
        outcome.waits.append(float(seconds))
        if told.setdefault(key, answer) != answer:
            outcome.twice.append(key)
    outcome.receipts = len(told)
    return told


def _set(stack: Stack, sql: str) -> set[str]:
    """The first column; waits for a database that is just coming up."""
    while True:
        try:
            return {str(row[0]) for row in rows(stack, sql)}
        except psycopg.OperationalError:
            time.sleep(0.1)


def _compare(stack: Stack, told: dict[str, str], outcome: Outcome) -> None:
    answers = rows(stack, _ANSWERS)
    by_key = Counter(key for key, _ in answers)
    outcome.lost = [key for key, answer in told.items() if (key, answer) not in answers]
    outcome.twice += [key for key, number in by_key.items() if number > 1]
    for form_key, pages, together in rows(stack, BORN_TOGETHER):
        if pages > 1:
            outcome.twice.append(str(form_key))
        if together != 1:
            outcome.apart.append(str(form_key))
    outcome.not_paged = sorted(set(told) - _set(stack, _SENT))


def main(count: int) -> int:
    """Print the table."""
    outcome = kill_and_compare(count=count)
    print(f"{HEADER}\n{outcome.row()}")
    return 0 if outcome.is_good else 1


def run() -> None:
    """The figure of docs/performance.md."""
    if main(COUNT):
        raise SystemExit("a request was lost, doubled or not paged")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
