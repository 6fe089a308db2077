"""News by e-mail to 10,000 people: CPU and SQL per mail, for writing and for handing them over."""

import time

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.measuring import cpu_of, load
from nabij.audit.actor import SYSTEM
from nabij.centres.factories import make_live_centre, make_news
from nabij.centres.models import AdviceCentre, TextVersion
from nabij.kit import clock
from nabij.newsletters.actions import begin_news, carry_out_news
from nabij.newsletters.models import NewsMail
from nabij.notify.actions import attempt_delivery
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission

READERS, HANDED, BATCH = 10_000, 300, 500
TEXT = "De opvang is open van 9 tot 17 uur.\n\n" + "Er is koffie, en iemand om mee te praten. " * 12


def fill(centre: AdviceCentre, count: int = READERS) -> None:
    """So many people who want the news, each with an address of their own."""
    now = clock.now()
    for start in range(0, count, BATCH):
        sent = [
            make_submission(
                centre.incident_id, sent_at=now, wants_newsletter=True, email=f"lezer{number}@example.nl"
            )
            for number in range(start, min(start + BATCH, count))
        ]
        store(sent, by=SYSTEM, at=now, machine_at=now)


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


class Meter:
    """CPU of this process and of its database backend, wall time and statements, per mail."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> "Meter":
        self._backend = _backend()
        self._sql = CaptureQueriesContext(connection)
        self._sql.__enter__()
        self._queries = 0
        self._start = (time.process_time(), cpu_of(self._backend), time.perf_counter())
        return self

    def count_queries(self) -> None:
        """Django keeps 9,000 statements at most: count what there is and begin anew."""
        self._queries += len(connection.queries_log)
        connection.queries_log.clear()

    def __exit__(self, *error: object) -> None:
        self.count_queries()
        self._spent = (
            (time.process_time() - self._start[0]) * 1000,
            (cpu_of(self._backend) - self._start[1]) * 1000,
            time.perf_counter() - self._start[2],
        )
        self._sql.initial_queries = 0
        connection.force_debug_cursor = False

    def whole_row(self, pages: int) -> str:
        """One row that says the whole, not a share for each."""
        own, database, wall = self._spent
        return (
            f"| {self.name} | {pages:,} | {own + database:.0f} | {own:.0f} | {database:.0f} | "
            f"{self._queries} | {wall:.2f} | {load()} |"
        )

    def row(self, mails: int) -> str:
        """One row of the table."""
        own, database, wall = self._spent
        return (
            f"| {self.name} | {mails:,} | {(own + database) / mails:.2f} | {own / mails:.2f} | "
            f"{database / mails:.2f} | {self._queries / mails:.2f} | {wall:.1f} | {load()} |"
        )


def run() -> None:
    """Print the table; in one transaction that is undone, so that no worker of this house joins in."""
    print("| what | mails | CPU ms a mail | of which ours | of which database | SQL a mail | wall s | load |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    with transaction.atomic():
        now = clock.now()
        centre = make_live_centre(at=now)
        fill(centre)
        make_news(centre, TEXT, at=now)
        version = TextVersion.objects.get(text__centre=centre, text__is_message=True, text__language="nl")
        with Meter("choosing who gets it, and a row for each") as begun:
            issue = begin_news(version, by=SYSTEM, at=now)
        mails = NewsMail.objects.filter(issue=issue).count()
        print(begun.row(mails), flush=True)
        with Meter("writing and sealing each mail") as written:
            while issue is not None and carry_out_news(issue, by=SYSTEM, at=now):
                written.count_queries()
        print(written.row(mails), flush=True)
        handed = 0
        with Meter("handing them to a mail server on this machine") as left:
            while handed < HANDED and (count := attempt_delivery("email", at=clock.now())):
                handed += count
                left.count_queries()
        print(left.row(handed), flush=True)
        transaction.set_rollback(True)
