"""Nabij's own PostgreSQL: a child process on a private socket, for a laptop, a demo and tests."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from launch.cluster import Cluster
from launch.database_roles import ADMIN, APP, DATABASE, OWNER, make_passwords, make_roles_and_database
from launch.places import database_account, database_home, make_data_folder, programs_folder
from launch.private_files import read_or_make
from launch.spawning import LaunchError, end, last_lines, signal_group, spawn

SETTINGS = {
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    # A statement or a failing row can hold personal data, which no log may.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
CAREFUL = ("fsync", "synchronous_commit", "full_page_writes")


class Postgres:
    """The database of one data folder.

    It ends when the thread that started it ends, so start it from one that lives on. ``durable=False`` is for
    tests that throw it away; ``tcp_port`` (on 127.0.0.1) is for tools that cannot use the socket.
    """

    def __init__(self, data: Path, *, tcp_port: int | None = None, durable: bool = True) -> None:
        self.data = make_data_folder(data)
        self.account = database_account()
        self.home = database_home(self.data, self.account)
        self.cluster = Cluster(self.home, self.account)
        self.log = self.data / "log" / "postgres.log"
        self.tcp_port, self.durable = tcp_port, durable
        self.process: subprocess.Popen[bytes] | None = None

    def owner_url(self) -> str:
        """The address for the role that migrates and owns the tables."""
        return self._url(OWNER, DATABASE)

    def app_url(self) -> str:
        """The address for the role that serves: it reads and writes rows, and changes no table."""
        return self._url(APP, DATABASE)

    @property
    def pid(self) -> int | None:
        """The process id of the running server, also when another program started it."""
        return self.cluster.pid()

    @property
    def is_alive(self) -> bool:
        """Whether the server that this object started still runs."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, and make roles and database; a server that already runs on this data is used as it is."""
        if self.pid and self._answers(seconds=10):
            return
        self.cluster.wait_until_empty(seconds=15)
        self._check_whose_it_is()
        database_home(self.data, self.account)  # a reset removed it
        programs = programs_folder(self.home, self.account)
        if not self.cluster.folder.exists():
            self._make_cluster(programs / "initdb")
        options = {
            **SETTINGS,
            **dict.fromkeys(CAREFUL, "on" if self.durable else "off"),
            "unix_socket_directories": str(self.cluster.make_socket_folder()),
            "listen_addresses": "127.0.0.1" if self.tcp_port else "",
            "port": str(self.tcp_port or 5432),
        }
        command = [str(programs / "postgres"), "-D", str(self.cluster.folder)]
        self.process = self._spawn([*command, *(f"--{name}={value}" for name, value in options.items())])
        if not self._answers(seconds=60):
            self.stop()
            raise self._failure("PostgreSQL did not start")
        with self._connect("template1") as connection:
            make_roles_and_database(connection, self._passwords())

    def stop(self) -> None:
        """Stop the server that this object started: at once for its clients, with nothing lost."""
        if self.process:
            end(self.process, first=signal.SIGINT, seconds=5)
            self.process = None

    def kill(self) -> None:
        """Kill the server the hard way, as a power cut would; for tests."""
        if pid := self.pid:
            signal_group(pid, signal.SIGKILL)
        if self.process:
            self.process.wait()

    def reset(self) -> None:
        """Stop, and throw away every row and password; the next start begins empty."""
        self.stop()
        if self.pid:
            raise LaunchError(f"Another program runs this database (process {self.pid}); stop that first.")
        self.cluster.remove()
        (self.data / "database.json").unlink(missing_ok=True)
        if self.home != self.data:
            shutil.rmtree(self.home, ignore_errors=True)

    def _passwords(self) -> dict[str, str]:
        return read_or_make(self.data / "database.json", make_passwords)

    def _url(self, role: str, database: str) -> str:
        login = f"postgresql://{role}:{self._passwords()[role]}"
        if self.tcp_port:
            return f"{login}@127.0.0.1:{self.tcp_port}/{database}"
        return f"{login}@/{database}?host={self.cluster.socket_folder}"

    def _connect(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(self._url(ADMIN, database), autocommit=True, connect_timeout=3)

    def _answers(self, *, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ended = self.process.poll() is not None if self.process else self.pid is None
            if ended:
                return False
            with suppress(psycopg.OperationalError), self._connect("postgres"):
                return True
            time.sleep(0.05)
        return False

    def _make_cluster(self, initdb: Path) -> None:
        def run(command: list[str]) -> bool:
            return self._spawn(command if self.durable else [*command, "--no-sync"]).wait() == 0

        if not self.cluster.make(initdb, admin=ADMIN, password=self._passwords()[ADMIN], run=run):
            raise self._failure("initdb failed")

    def _spawn(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        env = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        return spawn(
            command, log=self.log, cwd=self.home, env=env, account=self.account, ending=signal.SIGINT
        )

    def _check_whose_it_is(self) -> None:
        folder, passwords = self.cluster.folder, self.data / "database.json"
        if folder.exists() and folder.stat().st_uid != self.cluster.uid:
            raise LaunchError(f"{folder} belongs to another user; choose another data folder.")
        if folder.exists() and not passwords.exists():
            raise LaunchError(f"{passwords} is gone, and with it the way into {folder}.")

    def _failure(self, what: str) -> LaunchError:
        return LaunchError(f"{what}; the end of {self.log}:\n{last_lines(self.log)}")
