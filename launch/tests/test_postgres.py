import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from launch.places import CHECKOUT
from launch.postgres import Postgres
from launch.spawning import LaunchError


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Postgres]:
    database = Postgres(tmp_path / "data", durable=False)
    database.start()
    yield database
    database.stop()
    database.reset()


def wait_until(condition, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_the_owner_makes_a_table_and_the_application_only_changes_its_rows(postgres: Postgres):
    with psycopg.connect(postgres.owner_url()) as owner:
        owner.execute("CREATE TABLE door (id bigserial, colour text)")
    with psycopg.connect(postgres.app_url(), autocommit=True) as app:
        app.execute("INSERT INTO door (colour) VALUES ('groen')")
        app.execute("UPDATE door SET colour = 'ÉÉN'")
        assert app.execute("SELECT lower(colour) FROM door").fetchall() == [("één",)]
        for forbidden in ("CREATE TABLE other ()", "TRUNCATE door", "DROP TABLE door", "CREATE DATABASE x"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)


def test_the_application_also_reads_a_database_that_the_tests_made(postgres: Postgres):
    with psycopg.connect(postgres.owner_url(), autocommit=True) as owner:
        owner.execute("CREATE DATABASE test_nabij")
    with psycopg.connect(postgres.owner_url(), dbname="test_nabij") as owner:
        owner.execute("CREATE TABLE door (id bigserial)")
    with psycopg.connect(postgres.app_url(), dbname="test_nabij") as app:
        assert app.execute("SELECT count(*) FROM door").fetchone() == (0,)


def test_nobody_enters_without_the_password_and_nothing_listens_on_the_network(postgres: Postgres):
    wrong = postgres.app_url().replace(":", ":x", 2).replace(":x//", "://")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
    with psycopg.connect(postgres.app_url()) as app:
        assert app.execute("SHOW listen_addresses").fetchone() == ("",)
    assert postgres.cluster.socket_folder.stat().st_mode & 0o777 == 0o700
    assert (postgres.data / "database.json").stat().st_mode & 0o777 == 0o600


def test_rows_survive_a_kill_and_a_restart(tmp_path: Path):
    postgres = Postgres(tmp_path / "data")
    postgres.start()
    with psycopg.connect(postgres.owner_url()) as owner:
        owner.execute("CREATE TABLE door AS SELECT 1 AS id")
    postgres.kill()
    assert postgres.pid is None
    postgres.start()
    postgres.stop()
    postgres.start()
    with psycopg.connect(postgres.app_url()) as app:
        assert app.execute("SELECT id FROM door").fetchall() == [(1,)]
    postgres.reset()


def test_a_stale_pid_file_that_names_a_living_stranger_is_no_hindrance(postgres: Postgres):
    postgres.stop()
    note = postgres.cluster.folder / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{postgres.cluster.folder}\n0\n5432\n\n\n")
    postgres.start()
    assert postgres.pid not in {None, os.getpid()}


def test_a_second_launcher_uses_the_running_server_and_cannot_reset_it(postgres: Postgres):
    second = Postgres(postgres.data)
    second.start()
    assert second.process is None
    second.stop()
    assert postgres.pid
    with pytest.raises(LaunchError, match="Another program"):
        second.reset()


def test_a_reset_begins_empty_with_new_passwords(postgres: Postgres):
    before = postgres.owner_url()
    postgres.reset()
    postgres.start()
    assert postgres.owner_url() != before


def test_a_long_path_gets_a_short_private_socket_folder(tmp_path: Path):
    database = Postgres(tmp_path / ("long" * 20) / "data", durable=False)
    if os.geteuid() == 0:
        database.cluster.home = tmp_path / ("long" * 20)
    assert len(str(database.cluster.socket_folder)) < 60
    database.reset()


def test_postgres_ends_when_its_parent_is_killed(tmp_path: Path):
    parent = subprocess.Popen(
        [sys.executable, "-m", "launch", "postgres", "--data", str(tmp_path / "data")],
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
    )
    assert parent.stdout
    assert b"nabij_owner" in parent.stdout.readline()
    database = Postgres(tmp_path / "data")
    assert database.pid
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert wait_until(lambda: database.pid is None)
    database.reset()
