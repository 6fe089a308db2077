"""Many sealed registrations of one incident, and how long one lookup among them takes."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from uuid import UUID, uuid4

from django.db import connection

from bench.measuring import load, percentile
from bench.people_names import person, second_time

AT = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
STEP, LOOKUPS, WORKERS = 5_000, 500, 2
INDEXES = (
    "CREATE INDEX keys_by_digest ON matching_matchkey (digest) INCLUDE (registration_id)",
    "ALTER TABLE matching_matchkey ADD CONSTRAINT a_key_is_kept_once UNIQUE (registration_id, digest)",
    "ALTER TABLE matching_matchkey ADD PRIMARY KEY (id)",
)
TABLES = {
    "keys_subjectkey": "id, subject_id, wrapped, created_at",
    "people_person": "id, created_at, language, name_sealed, phone_sealed, email_sealed, "
    "preferred_way_sealed, "
    "preferred_time_sealed, safe_to_call_sealed, address_sealed, has_phone, has_email",
    "people_registration": "id, person_id, incident_id, asked_for, form_key, content_index, reference, "
    "state, "
    "received_at, drained_at, is_paper, page_language, relation, age_group, municipality_code, needs, "
    "aids, "
    "is_urgent, wants_closed_part, wants_newsletter, zone_sealed, municipality_sealed, household_sealed, "
    "guardian_sealed",
    "matching_matchkey": "registration_id, digest",
}


def told(number: int):
    """What a registration holds: name, phone or e-mail or both, and municipality; no birth date."""
    sought, dice = person(number)[0], random.Random(-number - 1)
    way = dice.random()
    given = {"phone": "" if way < 0.2 else sought.phone, "email": "" if 0.2 <= way < 0.6 else sought.email}
    return replace(sought, birth="", **given)


def _rows(numbers: range, incident_id: UUID) -> dict[str, list[tuple]]:
    from nabij.keys.models import SubjectKey
    from nabij.keys.sealing import Sealer, _fresh_key, _opened
    from nabij.matching.keys import keys_of
    from nabij.matching.marks import digests_of

    rows: dict[str, list[tuple]] = {table: [] for table in TABLES}
    for number in numbers:
        sought, whose, pk = told(number), uuid4(), UUID(int=number + 1)
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
            (pk, whose, incident_id, incident_id, uuid4(), b"", f"meting {number}", "new", AT, AT, False,
             "nl",
             "resident", "18-64", "", [], [], False, False, False, b"", sealed["place"], b"", b"")
        )  # fmt: skip
        keyed = replace(sought, name=name, given_name="", family_name="")
        rows["matching_matchkey"] += [(pk, each) for each in set(digests_of(incident_id, keys_of(keyed)))]
    return rows


def _work(task: tuple[range, UUID]) -> int:
    rows = _rows(*task)
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows[table]:
                    copy.write_row(row)
    return len(rows["matching_matchkey"])


def _steps(count: int, incident_id: UUID) -> Iterator[tuple[range, UUID]]:
    for start in range(0, count, STEP):
        yield range(start, min(count, start + STEP)), incident_id


def fill(count: int) -> None:
    """Write this many registrations with their keys, as the owner of the database."""
    from nabij.accounts.factories import make_membership
    from nabij.accounts.roles import Role
    from nabij.incidents.factories import make_incident
    from nabij.people.actions.registering import open_to_registrars

    incident, began = make_incident(), time.monotonic()
    open_to_registrars(incident, at=AT)
    make_membership(Role.IAC_REGISTRAR)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE matching_matchkey DROP CONSTRAINT matching_matchkey_pkey")
        cursor.execute("ALTER TABLE matching_matchkey DROP CONSTRAINT a_key_is_kept_once")
        cursor.execute("DROP INDEX keys_by_digest")
    connection.close()
    with get_context("fork").Pool(WORKERS) as pool:
        keys = sum(pool.imap_unordered(_work, _steps(count, incident.pk)))
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for statement in INDEXES:
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("SELECT pg_total_relation_size('matching_matchkey')")
        size = cursor.fetchone()[0] / 2**30
    took = time.monotonic() - began
    print(
        f"\n{count:,} registrations with {keys:,} keys ({size:.1f} GB) written in {took:.0f} s.\n", flush=True
    )


def ask(count: int) -> None:
    """Look up people who are there, written down otherwise; everything that the page does is timed."""
    from nabij.accounts.models import Membership
    from nabij.accounts.queries import actor_for
    from nabij.accounts.roles import Role
    from nabij.incidents.models import Incident
    from nabij.matching.queries import candidates
    from nabij.matching.queries.finding import sharing_keys

    incident = Incident.objects.get()
    actor = actor_for(Membership.objects.get(role=Role.IAC_REGISTRAR))
    dice = random.Random(11)
    print("| one lookup | at once | p50 ms | p99 ms | recall at ≤ 10 | load |\n|---|---|---|---|---|---|")
    for name, keep in (
        ("name and phone", ("phone",)),
        ("name and municipality", ("place",)),
        ("name only", ()),
    ):
        waits, keyed, hits = [], [], 0
        for turn in range(LOOKUPS + 100):
            number = dice.randrange(count)
            other, known = second_time(number, dice), told(number)
            away = {each: "" for each in ("birth", "email", "phone", "place") if each not in keep}
            sought = replace(other, **{"phone": known.phone, **away})
            began = time.perf_counter()
            sharing_keys(sought, incident.pk)
            between = time.perf_counter()
            found = candidates(sought, incident, actor, AT)
            if turn >= 100:
                waits.append((time.perf_counter() - between) * 1000)
                keyed.append((between - began) * 1000)
                hits += UUID(int=number + 1) in {each.registration.pk for each in found}
        for what, times, share in (
            ("the keys alone", keyed, ""),
            ("the whole", waits, f"{hits / LOOKUPS:.3f}"),
        ):
            p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
            print(f"| {name}, {what} | {count:,} | {p50:.1f} | {p99:.1f} | {share} | {load()} |", flush=True)
