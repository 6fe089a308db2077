"""Help asked → first page handed to the channel, in quiet; and how soon another engine goes on after a kill.

Moments are those of the database clock: `asked_at` of the request, `sent_at` of the first delivery.
"""

import time
from uuid import uuid4

import requests

from bench.house import house_at_night, rows
from bench.measuring import load, percentile
from bench.night_client import ASK, REQUEST
from bench.visitor import Visitor
from launch.supervisor import Stack

COUNT, PAUSE, TIMES = 200, 0.1, 3
ENGINES = ("engine-1", "engine-2")
_FIRST_PAGE = """
SELECT extract(epoch FROM min(delivery.sent_at) - request.asked_at)::float
FROM incidents_helprequest request
JOIN paging_page page ON page.subject_id = request.id
JOIN paging_ask ask ON ask.page_id = page.id
LEFT JOIN notify_delivery delivery ON delivery.message_id = ask.message_id
WHERE request.form_key = ANY(%s::uuid[])
GROUP BY request.id, request.asked_at
"""
_IN_HANDS = "SELECT id, taken_by FROM notify_delivery WHERE state = 'sending' AND channel = 'sms'"
_SENT_AT = """
SELECT extract(epoch FROM sent_at)::float FROM notify_delivery WHERE id = %s AND sent_at IS NOT NULL
"""
_NOW = """
SELECT extract(epoch FROM clock_timestamp()
    + COALESCE((SELECT shift FROM kit_clockshift), interval '0'))::float
"""


def _official(stack: Stack) -> Visitor:
    visitor = Visitor(stack.base_url)
    visitor.log_in("nadia.vroom")
    visitor.get(ASK)
    return visitor


def _ask(visitor: Visitor) -> str:
    """One request, sent until it is received; gives its form key."""
    key = str(uuid4())
    while visitor.post(ASK, {**REQUEST, "form_key": key, "place": f"Straat {key[:8]}"}).status_code != 302:
        time.sleep(0.1)
    return key


def _quiet(stack: Stack, visitor: Visitor) -> str:
    keys = []
    for _ in range(COUNT):
        keys.append(_ask(visitor))
        time.sleep(PAUSE)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        waits = [row[0] for row in rows(stack, _FIRST_PAGE, keys)]
        if len(waits) == COUNT and None not in waits:
            break
        time.sleep(0.2)
    handed = [each for each in waits if each is not None]
    shown = [
        f"{each * 1000:.0f}" for each in (percentile(handed, 0.5), percentile(handed, 0.99), max(handed))
    ]
    return f"| {len(handed)} of {COUNT} | {' | '.join(shown)} | {load()} |"


def _hang(stack: Stack, share: float) -> None:
    faults = {"hang": share, "hang_seconds": 4.0}
    requests.post(f"{stack.gateway_url}/faults", json=faults, timeout=5).raise_for_status()


def _holder(stack: Stack, taken_by: str) -> str:
    """Which engine it is; its name for its rows ends with its process id."""
    return next(each for each in ENGINES if taken_by.endswith(f"-{stack.pid(each)}"))


def _after_kill(stack: Stack, visitor: Visitor, *, both: bool) -> tuple[float, float]:
    """Seconds from the kill of who holds a delivery until it is handed over; and from the restart."""
    _hang(stack, 1.0)
    _ask(visitor)
    while not (held := rows(stack, _IN_HANDS)):
        time.sleep(0.01)
    delivery, taken_by = held[0]
    _hang(stack, 0.0)
    victims = ENGINES if both else (_holder(stack, taken_by),)
    killed_at = rows(stack, _NOW)[0][0]
    old = [stack.kill(each) for each in victims]
    while _pids(stack, victims) & set(old) or not _pids(stack, victims):
        time.sleep(0.01)
    started_at = rows(stack, _NOW)[0][0]
    while not (sent := rows(stack, _SENT_AT, delivery)):
        time.sleep(0.02)
    time.sleep(11)  # the watch restarts at once who lived longer than ten seconds
    return sent[0][0] - killed_at, sent[0][0] - started_at


def _pids(stack: Stack, names: tuple[str, ...]) -> set[int]:
    try:
        return {stack.pid(each) for each in names}
    except LookupError:
        return set()


def run() -> None:
    """Print both tables."""
    with house_at_night() as stack:
        visitor = _official(stack)
        print("| handed over | p50 ms | p99 ms | max ms | load |\n|---|---|---|---|---|")
        for _ in range(3):
            print(_quiet(stack, visitor), flush=True)
        print("\n| killed in the middle of handing over | s from kill, each | s from restart, each | load |")
        print("|---|---|---|---|")
        for both in (False, True):
            pairs = [_after_kill(stack, visitor, both=both) for _ in range(TIMES)]
            kill, again = (", ".join(f"{pair[place]:.1f}" for pair in pairs) for place in (0, 1))
            name = "both engines" if both else "the engine that held it; the other goes on"
            print(f"| {name} | {kill} | {again if both else '–'} | {load()} |", flush=True)
