"""The engine: does what is due, sleeps until the next due moment, and wakes when something is added."""

import contextlib
import select
import socket
import threading
import time
from datetime import timedelta
from types import TracebackType
from typing import Self
from uuid import UUID

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.notify.dispatcher import Dispatcher
from nabij.notify.sending import WAKE
from nabij.paging.actions import take_step
from nabij.paging.claims import claim_moments
from nabij.paging.ladders import safety_tick
from nabij.paging.queries import next_due

log = structlog.get_logger()
KEEP_EVERY = timedelta(seconds=1)
MOST_STEPS = 20
SHORTEST_SLEEP = timedelta(milliseconds=20)
WHEN_FULL = timedelta(milliseconds=250)  # what is due waits for a thread, which rings when it is free
PAUSE_AFTER_TROUBLE = 0.25  # seconds


class Ear:
    """A connection of its own that hears when work is added, and a bell for this process's own threads."""

    def __enter__(self) -> Self:
        self._inside, self._outside = socket.socketpair()
        self._inside.setblocking(False)
        self._outside.setblocking(False)
        self._database = connections.create_connection("default")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.forget()
        self._inside.close()
        self._outside.close()

    def ring(self) -> None:
        """Wake the engine; called from any thread, and from a signal."""
        with contextlib.suppress(OSError):
            self._outside.send(b".")

    def listen(self) -> None:
        """Begin to hear; work added before this moment is found by looking, so nothing is missed."""
        if self._database.connection is None:
            with self._database.cursor() as cursor:
                cursor.execute(f"LISTEN {WAKE}")

    def forget(self) -> None:
        """Let a broken connection go."""
        with contextlib.suppress(DatabaseError, InterfaceError):
            self._database.close()
        self._database.connection = None

    def wait(self, seconds: float) -> None:
        """Sleep until something rings, at most this long."""
        line = self._database.connection
        ready, _, _ = select.select([self._inside, line], [], [], seconds)
        if self._inside in ready:
            with contextlib.suppress(BlockingIOError):
                self._inside.recv(4096)
        if line in ready:
            for _ in line.notifies(timeout=0):
                pass


class Engine:
    """Takes due steps and due deliveries until it is told to stop; any number may run side by side."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._stopping = threading.Event()
        self._ear = Ear()
        self._dispatcher = Dispatcher(name, wake=self._ear.ring)

    def stop(self) -> None:
        """Ask it to end; what it holds is taken over when the lease runs out."""
        self._stopping.set()
        self._ear.ring()

    def run(self) -> None:
        """Work until stopped; a database that is away is waited for."""
        with self._ear:
            self._dispatcher.start()
            log.info("engine started", name=self.name)
            while not self._stopping.is_set():
                try:
                    self._ear.listen()
                    self._ear.wait(self._round())
                except Exception as error:  # whatever breaks, the engine goes on
                    log.warning("engine begins again", exception_type=type(error).__name__)
                    self._ear.forget()
                    connection.close()
                    time.sleep(PAUSE_AFTER_TROUBLE)
            self._dispatcher.stop()

    def _round(self) -> float:
        """Everything that is due now; says how many seconds it may sleep."""
        self._dispatcher.record(clock.now())
        at = clock.now()
        self._dispatcher.keep(at)
        steps = claim_moments(MOST_STEPS, taken_by=self.name, at=at)
        for moment_id in steps:
            self._take_step(moment_id)
        sent = self._dispatcher.take(clock.now())
        if steps or sent:
            return 0.0
        at = clock.now()
        due = next_due(at)
        longest = KEEP_EVERY if self._dispatcher.is_busy else safety_tick()
        shortest = WHEN_FULL if self._dispatcher.is_full else SHORTEST_SLEEP
        return min(longest, max(shortest, due - at) if due else longest).total_seconds()

    def _take_step(self, moment_id: UUID) -> None:
        """One step that breaks stops no other; it comes again when its lease runs out."""
        try:
            take_step(moment_id, by=SYSTEM, at=clock.now())
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.error("step failed", id=str(moment_id), exception_type=type(error).__name__)
