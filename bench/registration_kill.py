"""Registrations while web, drain and database are killed at random: receipts against rows.

python -m bench.registration_kill [count]: the client keeps its own file of receipts; at the end every
receipt must be in the database, once. Prints a table; leaves with 1 when a registration is lost or doubled.
"""

import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import UUID, uuid4

import psycopg

from bench.measuring import load, percentile
from launch.plan import Plan
from launch.supervisor import Stack

VICTIMS = ("web", "drain", "postgres")
CLIENTS = 8
PACE = 0.2  # seconds between two forms of one client, so that the kills fall among them


@dataclass
class Client:
    """Sends until it has a receipt, with the same key each time, as a person who presses again would."""

    address: str
    receipts: Path
    waits: list[float] = field(default_factory=list)
    tries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def register(self, number: int) -> None:
        key = uuid4()
        time.sleep(PACE)
        while not self._send(key, number):
            time.sleep(0.1)
        if number % 5 == 0:
            self._send(key, number)

    def _send(self, key: UUID, number: int) -> bool:
        answers = {
            "form_key": key.hex,
            "relation": "resident",
            "name": f"Persoon {number}",
            "consent_ggd": "yes",
        }
        request = Request(
            self.address, urlencode(answers).encode(), headers={"Sec-Fetch-Site": "same-origin"}
        )
        began = time.monotonic()
        self.tries += 1
        try:
            with urlopen(request, timeout=10) as answer:
                if answer.status != 200:
                    return False
        except (HTTPError, URLError, OSError):
            return False
        with self.lock:
            self.waits.append(time.monotonic() - began)
            with self.receipts.open("a", encoding="ascii") as file:
                file.write(f"{key}\n")
        return True


def plan_of(stack: Stack) -> Plan:
    """Only what registering needs: web and drain."""
    programs = tuple(each for each in stack.plan.programs if each.name in VICTIMS)
    steps = tuple(each for each in stack.plan.steps if each.name == "migrate")
    return Plan(steps, programs)


def rows_of(stack: Stack) -> list[UUID]:
    """The form keys that stand in the database; waits for a database that is just coming up."""
    while True:
        try:
            with psycopg.connect(stack.env("owner")["DATABASE_URL"]) as database:
                found = database.execute(
                    "SELECT form_key FROM people_registration WHERE state <> 'correction'"
                )
                return [row[0] for row in found.fetchall()]
        except psycopg.OperationalError:
            time.sleep(0.2)


def kill_at_random(stack: Stack, done: threading.Event, dice: random.Random, kills: dict[str, int]) -> None:
    """Kill one of them every half to two seconds, until all was sent and each was killed at least twice."""
    while not done.is_set() or min(kills.values()) < 2:
        time.sleep(dice.uniform(0.5, 2.0))
        victim = dice.choice(VICTIMS)
        try:
            stack.kill(victim)
        except LookupError:
            continue
        kills[victim] += 1


def main(count: int) -> int:
    """Send, kill, wait for the drain, compare."""
    dice, done, kills = random.Random(310), threading.Event(), dict.fromkeys(VICTIMS, 0)
    stack = Stack(demo=False)
    stack.plan = plan_of(stack)
    with stack:
        client = Client(f"{stack.base_url}/aanmelden/{uuid4()}/", stack.data / "receipts")
        client.receipts.touch()
        killer = threading.Thread(target=kill_at_random, args=(stack, done, dice, kills))
        killer.start()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(client.register, range(count)))
        done.set()
        killer.join()
        told = {UUID(line) for line in client.receipts.read_text().split()}
        waited_from = time.monotonic()
        while told - set(rows := rows_of(stack)) and time.monotonic() - waited_from < 60:
            time.sleep(0.1)
        drained_in = time.monotonic() - waited_from
    lost, doubled = len(told - set(rows)), len(rows) - len(set(rows))
    killed = ", ".join(str(kills[each]) for each in VICTIMS)
    p50, p99 = (percentile(client.waits, share) * 1000 for share in (0.5, 0.99))
    print(
        f"| {len(told)} | {client.tries} | {killed} | {lost} | {doubled} | {p50:.0f} | {p99:.0f} | {load()} |"
    )
    print(f"\nAll drained {drained_in:.1f} s after the last kill.")
    return 1 if lost or doubled or len(told) < count else 0


def run() -> None:
    """The figure of docs/performance.md."""
    if main(1000):
        raise SystemExit("a registration was lost or doubled")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
