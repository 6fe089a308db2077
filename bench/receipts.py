"""Registration receipts a second, and how fast the drain brings them into the database."""

import random
import threading
import time
from uuid import UUID, uuid4

from bench.house import rows
from bench.measuring import cpu_of, load, percentile
from bench.serving import children_of
from bench.visitor import Visitor
from launch.plan import Plan
from launch.supervisor import Stack

CLIENTS, SECONDS = 32, 6.0
PACES = (
    0.0,
    0.0,
    0.0,
    0.32,
    0.32,
)  # seconds between two forms of one client; 0.32 is 100 a second
_COUNT = "SELECT count(*) FROM people_registration"


def _client(
    base_url: str, incident: UUID, until: float, pace: float, waits: list[float], errors: list[int]
) -> None:
    visitor = Visitor(base_url)
    time.sleep(random.uniform(0, pace))
    while (started := time.monotonic()) < until:
        values = {"form_key": uuid4().hex, "relation": "resident", "name": "Persoon", "consent_ggd": "yes"}
        began = time.monotonic()
        answer = visitor.post(f"/aanmelden/{incident}/", values)
        if answer.status_code == 200:
            waits.append(time.monotonic() - began)
        else:
            errors.append(answer.status_code)
        time.sleep(max(0.0, started + pace - time.monotonic()))


def _round(stack: Stack, pace: float) -> str:
    """Some seconds of submissions, then until the spool is empty."""
    waits: list[float] = []
    errors: list[int] = []
    until, incident = time.monotonic() + SECONDS, uuid4()
    before = rows(stack, _COUNT)[0][0]
    web, drain = [stack.pid("web"), *children_of(stack.pid("web"))], stack.pid("drain")
    web_before, drain_before = sum(map(cpu_of, web)), cpu_of(drain)
    threads = [
        threading.Thread(target=_client, args=(stack.base_url, incident, until, pace, waits, errors))
        for _ in range(CLIENTS)
    ]
    began = time.monotonic()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    sent_in = time.monotonic() - began
    web_ms = (sum(map(cpu_of, web)) - web_before) * 1000 / len(waits)
    in_time = rows(stack, _COUNT)[0][0] - before
    while rows(stack, _COUNT)[0][0] - before < len(waits) and time.monotonic() - began < 120:
        time.sleep(0.05)
    drained_in = time.monotonic() - began
    drain_ms = (cpu_of(drain) - drain_before) * 1000 / len(waits)
    p50, p99 = (percentile(waits, share) * 1000 for share in (0.5, 0.99))
    return (
        f"| {'100 a second' if pace else 'full'} | {len(waits) / sent_in:.0f} "
        f"| {p50:.0f} | {p99:.0f} | {len(errors)} | {web_ms:.2f} | "
        f"{len(waits) / drained_in:.0f} | {drained_in - sent_in:.1f} | {len(waits) - in_time} | "
        f"{drain_ms:.2f} | {load()} |"
    )


def run() -> None:
    """Print three rounds at full speed, and two at a hundred a second."""
    stack = Stack(demo=False)
    names = ("web", "drain")
    programs = tuple(each for each in stack.plan.programs if each.name in names)
    stack.plan = Plan(stack.plan.steps, programs)
    with stack:
        print(
            "| pace | receipts/s | p50 ms | p99 ms | errors | web CPU ms each | rows/s by the drain "
            "| s until empty after the last | rows behind at that moment | drain CPU ms each | load |\n"
            "|---|---|---|---|---|---|---|---|---|---|---|"
        )
        for pace in PACES:
            print(_round(stack, pace), flush=True)
