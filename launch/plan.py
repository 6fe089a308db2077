"""What runs: the steps before the start, and the processes of a running Nabij."""

import socket
import sys
from dataclasses import dataclass
from typing import Literal

from launch.places import CHECKOUT

Role = Literal["app", "drain", "owner"]
MANAGE = (sys.executable, str(CHECKOUT / "manage.py"))


@dataclass(frozen=True)
class Program:
    """A command, under the name of its log and pid file, with the environment of its role."""

    name: str
    command: tuple[str, ...]
    role: Role = "app"


@dataclass(frozen=True)
class Plan:
    """Steps that must succeed in this order, then processes that stay up; ``health`` is 200 when ready."""

    steps: tuple[Program, ...]
    programs: tuple[Program, ...]
    health: str | None = "/healthz"


@dataclass(frozen=True)
class Ports:
    """Where the stack listens, always on this machine only."""

    web: int
    gateway: int
    smtp: int


def choose_ports(web: int) -> Ports:
    """The asked port for the web (0: a free one), and for the gateway the next ones, or free ones."""
    if not web:
        return Ports(*(_free_port() for _ in range(3)))
    gateway, smtp = (port if is_free(port) else _free_port() for port in (web + 1, web + 2))
    return Ports(web, gateway, smtp)


def is_free(port: int) -> bool:
    """Whether nothing on this machine listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def manage(name: str, *arguments: str, role: Role = "app") -> Program:
    """A command of manage.py as a program."""
    return Program(name, (*MANAGE, *arguments), role)


def nabij_plan(ports: Ports, *, demo: bool, gateway_data: str) -> Plan:
    """Nabij itself: web, two paging engines, worker, drain; in a demo also the simulated phones."""
    steps = [
        manage("compile_translations", "compile_translations"),
        manage("migrate", "migrate", "--no-input", "--verbosity=0", role="owner"),
        manage("load_content", "load_content", role="owner"),
    ]
    programs = [
        Program("web", _granian(ports.web)),
        manage("engine-1", "run_engine"),
        manage("engine-2", "run_engine"),
        manage("worker", "run_worker"),
        manage("drain", "drain_spool", role="drain"),
    ]
    if demo:
        steps.append(manage("seed_demo", "seed_demo", role="owner"))
        listen = ("--port", str(ports.gateway), "--smtp-port", str(ports.smtp), "--data", gateway_data)
        programs.insert(0, Program("gateway", (sys.executable, "-m", "nabij.demo.gateway", *listen)))
    return Plan(tuple(steps), tuple(programs))


def _granian(port: int) -> tuple[str, ...]:
    """More than four blocking threads a worker would use up the database's connections."""
    how = ("--interface", "wsgi", "--no-ws", "--workers", "2", "--blocking-threads", "4")
    where = ("--host", "127.0.0.1", "--port", str(port), "--respawn-failed-workers")
    return (sys.executable, "-m", "granian", *how, *where, "nabij.wsgi:application")
