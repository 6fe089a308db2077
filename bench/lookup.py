"""One lookup among a million sealed registrations of one controller, by what a registrar types.

python -m bench lookup; NABIJ_BENCH_REGISTRATIONS=200000 for fewer, NABIJ_LOOKUP=folder keeps the filled
database there and asks it again the next time.
"""

import importlib
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID, uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.measuring import cpu_of, load, percentile
from bench.people_names import COMMON_NAMES, person, second_time
from launch.plan import Plan
from launch.supervisor import Stack
from nabij.matching.sought import Sought

AT = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
MANY = int(os.environ.get("NABIJ_BENCH_REGISTRATIONS", "1000000"))
STEP, LOOKUPS, ROUNDS, WARM, WORKERS = 5_000, 500, 3, 50, 2
BAR_MS = 25
COMMON = "one of the commonest names"
KINDS = (
    "phone", "e-mail", "name and phone", "name and age", "name and municipality", "name only", COMMON
)  # fmt: skip
_KEYS = "matching_matchkey"
_FOREIGN = {
    _KEYS: ("registration_id", "people_registration"),
    "people_registration": ("person_id", "people_person"),
}
# copying into a table without indexes and making them after is what takes minutes instead of hours
AWAY = (
    f"ALTER TABLE {_KEYS} DROP CONSTRAINT matching_matchkey_pkey",
    f"ALTER TABLE {_KEYS} DROP CONSTRAINT a_key_is_kept_once",
    "DROP INDEX keys_by_digest",
)
BACK = (
    f"CREATE INDEX keys_by_digest ON {_KEYS} (digest) INCLUDE (registration_id)",
    f"ALTER TABLE {_KEYS} ADD CONSTRAINT a_key_is_kept_once UNIQUE (registration_id, digest)",
    f"ALTER TABLE {_KEYS} ADD PRIMARY KEY (id)",
)
TABLES = {
    "keys_subjectkey": "id, subject_id, wrapped, created_at",
    "people_person": "id, created_at, language, name_sealed, phone_sealed, email_sealed, "
    "preferred_way_sealed, preferred_time_sealed, safe_to_call_sealed, address_sealed, has_phone, has_email",
    "people_registration": "id, person_id, incident_id, asked_for, form_key, content_index, reference, "
    "state, received_at, drained_at, is_paper, page_language, relation, age_group, municipality_code, needs, "
    "aids, is_urgent, wants_closed_part, wants_newsletter, zone_sealed, municipality_sealed, "
    "household_sealed, guardian_sealed",
    _KEYS: "registration_id, digest",
}


def told(number: int) -> Sought:
    """What a registration holds: name, phone or e-mail or both, municipality and an age group."""
    sought, dice = person(number)[0], random.Random(-number - 1)
    way, year = dice.random(), int(sought.birth[:4])
    age = "65+" if year < 1962 else "18-64" if year < 2009 else "12-15" if year > 2011 else "16-17"
    given = {"phone": "" if way < 0.2 else sought.phone, "email": "" if 0.2 <= way < 0.6 else sought.email}
    return replace(sought, birth="", age_group=age, **given)


def pk_of(number: int) -> UUID:
    """The registration's id: the same for the same number, and as scattered as a real one."""
    return UUID(int=random.Random(f"aanmelding {number}").getrandbits(128), version=4)


def _rows(numbers: range, incident_id: UUID) -> dict[str, list[tuple]]:
    from nabij.keys.models import SubjectKey
    from nabij.keys.sealing import Sealer, _fresh_key, _opened
    from nabij.matching.keys import keys_of
    from nabij.matching.marks import digests_of
    from nabij.people.submissions import reference_of

    rows: dict[str, list[tuple]] = {table: [] for table in TABLES}
    for number in numbers:
        sought, whose, pk, form_key = told(number), uuid4(), pk_of(number), uuid4()
        wrapped = _fresh_key(whose)
        sealer = Sealer([])
        sealer._keys = _opened([SubjectKey(subject_id=whose, wrapped=wrapped)])
        name = f"{sought.given_name} {sought.family_name}"
        texts = {"name": name, "phone": sought.phone, "email": sought.email, "place": sought.place}
        sealed = sealer.seal_all(whose, texts)
        rows["keys_subjectkey"].append((uuid4(), whose, wrapped, AT))
        rows["people_person"].append(
            (whose, AT, "nl", sealed["name"], sealed["phone"], sealed["email"], b"", b"", b"", b"",
             bool(sought.phone), bool(sought.email))
        )  # fmt: skip
        rows["people_registration"].append(
            (pk, whose, incident_id, incident_id, form_key, b"", reference_of(form_key), "new", AT, AT,
             False, "nl", "resident", sought.age_group, "", [], [], number % 20 == 0, False, False, b"",
             sealed["place"], b"", b"")
        )  # fmt: skip
        keyed = replace(sought, name=name, given_name="", family_name="")
        rows[_KEYS] += [(pk, each) for each in set(digests_of(incident_id, keys_of(keyed)))]
    return rows


def _work(task: tuple[range, UUID]) -> int:
    rows = _rows(*task)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        for table, columns in TABLES.items():
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows[table]:
                    copy.write_row(row)
    return len(rows[_KEYS])


def _steps(count: int, incident_id: UUID) -> Iterator[tuple[range, UUID]]:
    for start in range(0, count, STEP):
        yield range(start, min(count, start + STEP)), incident_id


def fill(count: int) -> None:
    """Write this many registrations with their keys, as the owner of the database."""
    from nabij.accounts.factories import make_membership
    from nabij.accounts.roles import Role
    from nabij.incidents.factories import make_incident
    from nabij.people.actions.registering import open_to_registrars
    from nabij.people.models import Registration

    if Registration.objects.exists():
        return
    incident, began = make_incident(), time.monotonic()
    open_to_registrars(incident, at=AT)
    make_membership(Role.IAC_REGISTRAR)
    with connection.cursor() as cursor:
        foreign = [_foreign_key(cursor, table) for table in _FOREIGN]
        for statement in (*AWAY, *(drop for drop, _ in foreign)):
            cursor.execute(statement)
    connection.close()
    with get_context("fork").Pool(WORKERS) as pool:
        keys = sum(pool.imap_unordered(_work, _steps(count, incident.pk)))
    copied = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '2GB'")
        for statement in (*BACK, *(add for _, add in foreign)):
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute(f"SELECT pg_total_relation_size('{_KEYS}')")
        size = cursor.fetchone()[0] / 2**30
    took = time.monotonic() - began
    print(
        f"\n{count:,} registrations with {keys:,} keys ({size:.1f} GB with their indexes): copied in "
        f"{copied:.0f} s, with indexes and ANALYZE {took:.0f} s. Load {load()}.\n",
        flush=True,
    )


def _foreign_key(cursor, table: str) -> tuple[str, str]:
    """How this table's reference is taken away, and put back."""
    column, other = _FOREIGN[table]
    sql = (
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f' "
        "AND confrelid = %s::regclass AND conkey = ARRAY[(SELECT attnum FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attname = %s)]"
    )
    cursor.execute(sql, [table, other, table, column])
    [(name,)] = cursor.fetchall()
    back = f"FOREIGN KEY ({column}) REFERENCES {other} (id) DEFERRABLE INITIALLY DEFERRED"
    return f"ALTER TABLE {table} DROP CONSTRAINT {name}", f"ALTER TABLE {table} ADD CONSTRAINT {name} {back}"


Case = tuple[int | None, Sought]


def _in_hand(kind: str, count: int, dice: random.Random) -> Case:
    """What a registrar has in hand about somebody, and whose registration that is."""
    if kind == COMMON:
        name = f"{dice.choice(('Jan', 'Johanna', ''))} {dice.choice(COMMON_NAMES)}".strip()
        return None, Sought(name=name)
    while True:
        number = dice.randrange(count)
        known, other = told(number), second_time(number, dice)
        name = f"{other.given_name} {other.family_name}"
        found = {
            "phone": Sought(phone=known.phone),
            "e-mail": Sought(email=known.email),
            "name and phone": Sought(name=name, phone=known.phone),
            "name and age": Sought(name=name, age_group=known.age_group),
            "name and municipality": Sought(name=name, place=known.place),
            "name only": Sought(name=name),
        }[kind]
        if getattr(found, {"e-mail": "email", "phone": "phone", "name and phone": "phone"}.get(kind, "name")):
            return number, found


@dataclass
class Taken:
    """What the lookups of one kind took."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    asked: int = 0
    hits: int = 0
    database: float = 0.0

    def row(self, name: str, round_number: int) -> str:
        """One row of the table in docs/performance.md."""
        found = f"{self.hits / self.asked:.3f}" if self.asked else "–"
        p50, p99, worst = (percentile(self.wall, share) for share in (0.5, 0.99, 1))
        cpu = statistics.fmean(self.cpu)
        return (
            f"| {name} | {round_number} | {p50:.1f} | {p99:.1f} | {worst:.1f} | {cpu:.1f} | "
            f"{self.database / len(self.wall):.1f} | {found} | {load()} |"
        )


@contextmanager
def _log_left_out() -> Iterator[None]:
    """The read log is part of every lookup; without it only to show what it costs."""
    room = importlib.import_module("nabij.matching.queries.candidates")
    kept = room.log_read
    room.log_read = lambda *_args, **_named: None
    try:
        yield
    finally:
        room.log_read = kept


class Asking:
    """A registrar who looks up one after another, everything that the search does timed."""

    def __init__(self, count: int) -> None:
        from nabij.accounts.models import Membership
        from nabij.accounts.queries import actor_for
        from nabij.accounts.roles import Role
        from nabij.incidents.models import Incident

        self.count = count
        self.incident = Incident.objects.get()
        self.actor = actor_for(Membership.objects.get(role=Role.IAC_REGISTRAR))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.backend = cursor.fetchone()[0]

    def look(self, sought: Sought) -> list[UUID]:
        """The registrations that are shown."""
        from nabij.matching.queries import candidates

        return [each.registration.pk for each in candidates(sought, self.incident, self.actor, AT)]

    def take(self, cases: list[Case]) -> Taken:
        """The same lookups, one after another."""
        taken = Taken()
        before = cpu_of(self.backend)
        for number, sought in cases:
            began, used = time.perf_counter(), time.process_time()
            shown = self.look(sought)
            taken.cpu.append((time.process_time() - used) * 1000)
            taken.wall.append((time.perf_counter() - began) * 1000)
            if number is not None:
                taken.asked += 1
                taken.hits += pk_of(number) in shown
        taken.database = (cpu_of(self.backend) - before) * 1000
        return taken

    def plans(self) -> None:
        """The plan of the search by keys for one of the commonest names."""
        with CaptureQueriesContext(connection) as asked:
            self.look(Sought(name="Jan de Jong"))
        print(f"\nStatements in one lookup: {len(asked)}\n")
        for each in asked:
            print(f"    {each['time']} s  {each['sql'][:150]!r}")
        with connection.cursor() as cursor:
            [sharing] = [each["sql"] for each in asked if _KEYS in each["sql"]]
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sharing}")
            print("\n" + "\n".join(f"    {row[0]}" for row in cursor.fetchall()), flush=True)


def ask(count: int) -> None:
    """Each kind apart and all mixed, with the read log; the mixed ones once more without it."""
    asking, dice = Asking(count), random.Random(11)
    cases = {kind: [_in_hand(kind, count, dice) for _ in range(LOOKUPS // len(KINDS))] for kind in KINDS}
    mixed = [case for together in zip(*cases.values(), strict=True) for case in together]
    warm = [_in_hand(KINDS[turn % len(KINDS)], count, dice) for turn in range(WARM)]
    asking.take(warm)
    print(
        "| in hand | round | p50 ms | p99 ms | most ms | CPU ms, search | CPU ms, database | recall at ≤ 10 "
        "| load |\n|---|---|---|---|---|---|---|---|---|"
    )
    for turn in range(1, ROUNDS + 1):
        print(asking.take(mixed).row(f"all, mixed ({len(mixed)})", turn), flush=True)
        with _log_left_out():
            print(asking.take(mixed).row("all, without the read log", turn), flush=True)
    for kind, some in cases.items():
        print(asking.take(some).row(kind, 1), flush=True)
    asking.plans()


def run() -> None:
    """Fill a database of its own, without any other process of the house, and ask it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.settings")
    kept = os.environ.get("NABIJ_LOOKUP")
    stack = Stack(Path(kept) if kept else None, demo=False)
    stack.plan = Plan(tuple(step for step in stack.plan.steps if step.name == "migrate"), (), health="")
    with stack:
        for role, act in (("owner", "fill"), ("web", "ask")):
            code = f"import django; django.setup(); from bench.lookup import {act}; {act}({MANY})"
            env = {**stack.env(role), "DJANGO_SETTINGS_MODULE": "nabij.settings", "PATH": os.environ["PATH"]}
            subprocess.run([sys.executable, "-c", code], env=env, check=True)
    print(f"\nBar: p99 < {BAR_MS} ms. Load {load()} after.")


if __name__ == "__main__":
    run()
