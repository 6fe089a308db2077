"""A whole Nabij on one machine: database, steps and processes, watched until they are stopped."""

import shutil
import signal
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from launch.environment import Environment
from launch.keeper import Keeper
from launch.places import make_data_folder, make_temporary_folder, take_lock
from launch.plan import Plan, Program, choose_ports, is_free, nabij_plan
from launch.postgres import Postgres
from launch.readiness import wait_until_ready
from launch.spawning import LaunchError, signal_group
from launch.watching import STOP_WITHIN, Watched, run_step, write_pid


class Stack:
    """A running Nabij as a context manager; without a data folder in a temporary one, which it removes again.

    ``port`` 0 takes free ports. ``own`` are the settings of the person who starts it; a ``DATABASE_URL`` in
    it means that no database is started. ``plan`` replaces Nabij's own processes.
    """

    def __init__(
        self,
        data_dir: Path | None = None,
        *,
        port: int = 0,
        demo: bool = True,
        movable_clock: bool = False,
        own: Mapping[str, str] | None = None,
        plan: Plan | None = None,
        say: Callable[[str], None] | None = None,
    ) -> None:
        self._temporary = data_dir is None
        self.data = make_data_folder(data_dir) if data_dir else make_temporary_folder()
        if port and not is_free(port):
            raise LaunchError(
                f"Port {port} is in use. Stop what uses it, or choose another: --port {port + 10}"
            )
        self.ports = choose_ports(port)
        self.base_url = f"http://localhost:{self.ports.web}"
        self.gateway_url = f"http://127.0.0.1:{self.ports.gateway}"
        self.plan = plan or nabij_plan(self.ports, demo=demo, gateway_data=str(self.data / "gateway"))
        self.environment = Environment(
            data=self.data,
            base_url=self.base_url,
            gateway_port=self.ports.gateway if demo else None,
            smtp_port=self.ports.smtp if demo else None,
            demo=demo,
            movable_clock=movable_clock,
            own=own or {},
        )
        self.postgres = None if "DATABASE_URL" in self.environment.own else Postgres(self.data)
        self._say = say or (lambda _line: None)
        self._watched: dict[str, Watched] = {}
        self._held = True  # while held, a database that is down stays down
        self._stopping = threading.Event()
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        self._lock = take_lock(self.data)
        self._keeper = Keeper(self._watch)
        try:
            self._keeper.call(self._start)
            if self.plan.health:
                wait_until_ready(self.ports.web, self.plan.health, stopping=self._stopping)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def env(self, name: str) -> dict[str, str]:
        """The environment of the process of this name, or of the role "owner"."""
        roles = {program.name: program.role for program in (*self.plan.steps, *self.plan.programs)}
        return self._env(Program(name, (), roles.get(name, "owner" if name == "owner" else "app")))

    def pid(self, name: str) -> int:
        """The process id of this moment, of a process or of "postgres"."""
        if name == "postgres":
            pid = self._database().pid
        else:
            process = self._watched[name].process
            pid = process.pid if process else None
        if pid is None:
            raise LookupError(f"{name} does not run")
        return pid

    def kill(self, name: str) -> int:
        """Kill it and all that it started, and answer its id; the watch starts it again."""
        pid = self.pid(name)
        if name == "postgres":
            self._keeper.call(self._database().kill)
        else:
            signal_group(pid, signal.SIGKILL)
        return pid

    def stop_postgres(self) -> None:
        """Stop the database, and leave it down."""
        self._keeper.call(self._hold_postgres)

    def start_postgres(self) -> None:
        """Start the database, and keep it up."""
        self._keeper.call(self._start_postgres)

    def restart_postgres(self) -> None:
        """Stop the database in order, and start it again."""
        self.stop_postgres()
        self.start_postgres()

    def wait(self) -> None:
        """Wait until somebody asks this stack to stop."""
        while not self._stopping.wait(1):
            pass

    def stop(self) -> None:
        """Stop all, the database last, in less than 10 seconds."""
        self._stopping.set()
        self._keeper.call(self._stop)
        self._keeper.close()
        if self._lock:
            self._lock.close()
        if self._temporary:
            if self.postgres:
                self.postgres.reset()
            shutil.rmtree(self.data.parent, ignore_errors=True)

    def _database(self) -> Postgres:
        if self.postgres is None:
            raise LaunchError("This stack uses a database of your own (DATABASE_URL).")
        return self.postgres

    def _env(self, program: Program) -> dict[str, str]:
        app, owner = (self.postgres.app_url(), self.postgres.owner_url()) if self.postgres else ("", "")
        if program.role == "owner":
            return self.environment.for_owner(owner)
        return self.environment.for_drain(app) if program.role == "drain" else self.environment.for_app(app)

    def _start(self) -> None:
        if self.postgres:
            self._start_postgres()
        for step in self.plan.steps:
            self._say(f"{step.name} …")
            run_step(step, self._env(step), self.data, stopping=self._stopping)
        for program in self.plan.programs:
            self._watched[program.name] = Watched(program, self._env(program), self.data)
            self._watched[program.name].start()

    def _start_postgres(self) -> None:
        database = self._database()
        database.start()
        self._held = database.process is None  # somebody else's: not ours to watch
        write_pid(self.data, "postgres", database.pid)

    def _hold_postgres(self) -> None:
        self._held = True
        self._database().stop()

    def _watch(self) -> None:
        if self._stopping.is_set():
            return
        for watched in self._watched.values():
            watched.look(self._say)
        database = self.postgres
        if database and not self._held and not database.is_alive:
            self._say("postgres died; again now")
            self._start_postgres()

    def _stop(self) -> None:
        for watched in self._watched.values():
            watched.ask_to_end()
        until = time.monotonic() + STOP_WITHIN
        for watched in self._watched.values():
            watched.end(seconds=max(0.1, until - time.monotonic()))
        if self.postgres:
            self.postgres.stop()
            write_pid(self.data, "postgres", None)
