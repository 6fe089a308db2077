import uuid
from datetime import UTC, datetime
from types import SimpleNamespace

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from nabij.audit import trail
from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, link_of
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.audit.queries import entries_of, last_entry_id, trail_is_closed
from nabij.audit.reading import log_read

NOW = datetime(2027, 1, 10, tzinfo=UTC)
trail.register({"test.happened": "Er gebeurde iets"})


def subject():
    return SimpleNamespace(pk=uuid.uuid4())


@pytest.mark.django_db
def test_what_happened_is_written_with_who_when_and_where_it_belongs():
    thread = uuid.uuid4()
    by = Actor(ActorKind.MEMBERSHIP, id=uuid.uuid4(), organisation_id=uuid.uuid4())
    entry = trail.record(
        "test.happened", by=by, at=NOW, subject=subject(), thread_id=thread, facts={"grip": 3}
    )
    assert list(entries_of(thread)) == [entry]
    assert last_entry_id(thread) == entry.pk
    assert last_entry_id(uuid.uuid4()) == 0
    assert (entry.actor_id, entry.organisation_id, entry.facts) == (by.id, by.organisation_id, {"grip": 3})
    assert trail.sentence("test.happened") == "Er gebeurde iets"


@pytest.mark.django_db
def test_an_unknown_verb_and_text_about_people_are_refused():
    with pytest.raises(trail.UnknownVerb):
        trail.record("test.unknown", by=SYSTEM, at=NOW, subject=subject())
    with pytest.raises(ValueError, match="ids, codes and numbers"):
        trail.record("test.happened", by=SYSTEM, at=NOW, subject=subject(), facts={"who": "Imke Tol, 06 123"})


@pytest.mark.django_db(transaction=True)
def test_the_trail_is_never_written_apart_from_the_change_it_tells_of():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        trail.record("test.happened", by=SYSTEM, at=NOW, subject=subject())


def record_and_fail():
    with transaction.atomic():
        trail.record("test.happened", by=SYSTEM, at=NOW, subject=subject())
        raise ZeroDivisionError


OURS = "SELECT {} FROM procrastinate_jobs WHERE task_name LIKE '%remove_old_jobs'"


@pytest.mark.django_db(transaction=True)
def test_the_job_of_who_listens_is_in_the_same_transaction():
    trail.listen("test.happened", "procrastinate.builtin_tasks.remove_old_jobs")
    try:
        with pytest.raises(ZeroDivisionError):
            record_and_fail()
        with connection.cursor() as cursor:
            cursor.execute(OURS.format("count(*)"))
            assert cursor.fetchone()[0] == 0
        with transaction.atomic():
            entry = trail.record("test.happened", by=SYSTEM, at=NOW, subject=subject())
        with connection.cursor() as cursor:
            cursor.execute(OURS.format("args->>'entry_id'"))
            assert cursor.fetchone()[0] == str(entry.pk)
    finally:
        trail._listeners.pop("test.happened")


@pytest.mark.django_db
def test_a_look_at_many_people_is_one_insert_and_one_row_each(django_assert_num_queries):
    people = [uuid.uuid4(), uuid.uuid4()]
    with django_assert_num_queries(1):
        log_read([*people, people[0]], by=ANONYMOUS, purpose="aftercare", at=NOW)
    assert ReadEntry.objects.count() == 2


def test_who_holds_a_link_acts_as_that_membership():
    membership = uuid.uuid4()
    assert link_of(membership).id == membership
    assert not link_of(membership).may("coordinate")
    assert Actor(ActorKind.MEMBERSHIP, municipality_codes=None).covers("GM0363")
    assert not ANONYMOUS.covers("GM0363")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [TrailEntry, ReadEntry])
@pytest.mark.parametrize(
    "command", ["UPDATE {table} SET at = now()", "DELETE FROM {table}", "TRUNCATE {table}"]
)
def test_the_application_s_role_cannot_rewrite_what_happened(model, command):
    with transaction.atomic():
        trail.record("test.happened", by=SYSTEM, at=NOW, subject=subject())
        log_read([uuid.uuid4()], by=SYSTEM, purpose="test", at=NOW)
    tables = "audit_trailentry, audit_readentry"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'nabij_app'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE ROLE nabij_app")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO nabij_app")
        try:
            cursor.execute("SET ROLE nabij_app")
            with pytest.raises(ProgrammingError) as refusal:
                cursor.execute(command.format(table=model._meta.db_table))
            assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute(f"REVOKE UPDATE, DELETE ON {tables} FROM nabij_app")


@pytest.mark.django_db
def test_a_production_house_is_not_ready_while_its_role_owns_the_trail(settings, client):
    assert trail_is_closed()
    settings.IS_PRODUCTION = True
    assert not trail_is_closed()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["trail"]) == (503, "can be rewritten")


@pytest.mark.django_db
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_a_role_that_may_rewrite_the_trail_is_not_ready_whatever_its_name(settings, right):
    settings.IS_PRODUCTION = True
    tables = "audit_trailentry, audit_readentry"
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON {tables} FROM nabij_app")
        cursor.execute(f"GRANT SELECT, INSERT ON {tables} TO nabij_app")
        cursor.execute("SET ROLE nabij_app")
        assert trail_is_closed()
        cursor.execute("RESET ROLE")
        cursor.execute(f"GRANT {right} ON audit_readentry TO nabij_app")
        cursor.execute("SET ROLE nabij_app")
        assert not trail_is_closed()
        cursor.execute("RESET ROLE")
