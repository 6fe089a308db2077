"""Public pages a second from the embedded server, with the database up and with it stopped."""

import re
import shutil
import subprocess
from pathlib import Path

from bench.measuring import cpu_of, load
from launch.supervisor import Stack

HEADER = "| page | pages/s | server CPU µs a page | errors |\n|---|---|---|---|"
ADDRESSES = ("/", "/nu/", "/gemeenten/")


def wrk(url: str, threads: int = 1, connections: int = 32) -> tuple[float, str]:
    """Requests a second by wrk, and its line about errors ('' when there were none)."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing (Debian: apt install wrk)")
    command = ["wrk", f"-t{threads}", f"-c{connections}", "-d6s", "-H", "Accept-Encoding: gzip", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))  # type: ignore[union-attr]
    errors = re.search(r"(Socket errors|Non-2xx).*", said)
    return rate, errors.group(0) if errors else ""


def children_of(pid: int) -> list[int]:
    """The processes that this one started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(each) for each in children.split()]


def _measure(stack: Stack, address: str) -> str:
    best, errors, cpu = 0.0, "", 0.0
    pids = [stack.pid("web"), *children_of(stack.pid("web"))]
    for _ in range(3):
        before = sum(map(cpu_of, pids))
        rate, errors = wrk(stack.base_url.replace("localhost", "127.0.0.1") + address)
        spent = (sum(map(cpu_of, pids)) - before) * 1_000_000 / (rate * 6)
        if rate > best:
            best, cpu = rate, spent
    return f"{best:,.0f} | {cpu:.0f} | {errors or '0'}"


def run() -> None:
    """Print both tables: best of three runs of six seconds."""
    with Stack() as stack:
        for state in ("database up", "database stopped"):
            if state.endswith("stopped"):
                stack.stop_postgres()
            print(f"\n{state}; load {load()}\n\n{HEADER}")
            for address in ADDRESSES:
                print(f"| {address} | {_measure(stack, address)} |")
            print(f"\nload after {load()}")
