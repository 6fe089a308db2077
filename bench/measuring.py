"""What a request costs: CPU of the serving process and of its database backend, and its SQL statements."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Medians over the counted requests."""

    name: str
    cpu_ms: float
    database_ms: float
    sql: int
    kilobytes: float
    status: int

    def row(self) -> str:
        """One row of the table in docs/performance.md."""
        return (
            f"| {self.name} | {self.cpu_ms + self.database_ms:.1f} | {self.cpu_ms:.1f} | "
            f"{self.database_ms:.1f} | {self.sql} | {self.kilobytes:.0f} | {self.status} |"
        )


HEADER = (
    "| page | CPU ms | of which server | of which database | SQL | KB | status |\n"
    "|---|---|---|---|---|---|---|"
)


def cpu_of(pid: int) -> float:
    """CPU seconds that a process has used (user and system), from /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def load() -> str:
    """The load of this machine, to stand beside a figure."""
    return " / ".join(f"{each:.1f}" for each in os.getloadavg())


def cost_of(name: str, request: Callable[[Client], object], client: Client, *, times: int = 60) -> Cost:
    """The cost of one kind of request; the first five are not counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    for _ in range(5):
        answer = request(client)
    with CaptureQueriesContext(connection) as captured:
        answer = request(client)
    statements = len(captured)  # now: the next request forgets them
    server: list[float] = []
    database_before = cpu_of(backend)
    for _ in range(times):
        before = time.process_time()
        request(client)
        server.append((time.process_time() - before) * 1000)
    database = (cpu_of(backend) - database_before) * 1000 / times
    size = len(answer.content) / 1024
    return Cost(name, statistics.median(server), database, statements, size, answer.status_code)


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of all values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
