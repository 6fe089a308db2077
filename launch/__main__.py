"""``python -m launch run | postgres | test | coverage | manage | reset``: start Nabij, or a part of it."""

import argparse
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType

from launch.environment import Environment, own_settings
from launch.places import CHECKOUT, DEFAULT_DATA
from launch.plan import MANAGE
from launch.postgres import Postgres
from launch.spawning import LaunchError
from launch.supervisor import Stack
from launch.testing import run_covered, run_tests


def main(arguments: list[str]) -> int:
    """Do the sub-command; what is missing or in the way is said in plain words, with exit code 1."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command not in {"test", "manage"}:
        _parser().error(f"unknown: {' '.join(rest)}")
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    try:
        code: int = options.do(options, rest)
    except LaunchError as problem:
        print(problem, file=sys.stderr)
        return 1
    except PermissionError as problem:
        print(f"Not allowed: {problem.filename}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """The first signal stops all in order; further ones must not break that off."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m launch", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="start Nabij and keep it up until Ctrl-C", allow_abbrev=False)
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--no-demo", dest="demo", action="store_false", help="no made-up region, no phones")
    run.add_argument("--movable-clock", action="store_true", help="let tests and drills move the clock")
    run.set_defaults(do=_run)
    postgres = commands.add_parser("postgres", help="start only the database", allow_abbrev=False)
    postgres.add_argument("--tcp-port", type=int, help="also listen on this port of 127.0.0.1")
    postgres.set_defaults(do=_postgres)
    manage = commands.add_parser("manage", help="manage.py as owner of the tables", allow_abbrev=False)
    manage.set_defaults(do=_manage)
    reset = commands.add_parser("reset", help="throw away the database and its passwords", allow_abbrev=False)
    reset.set_defaults(do=_reset)
    for command in (run, postgres, manage, reset):
        command.add_argument("--data", type=Path, default=DEFAULT_DATA, help="the data folder")
    test = commands.add_parser("test", help="pytest on a database of its own", add_help=False)
    test.set_defaults(do=lambda _options, rest: run_tests(rest))
    coverage = commands.add_parser("coverage", help="what the unit tests cover", allow_abbrev=False)
    coverage.set_defaults(do=lambda _options, _rest: run_covered())
    return parser


def _run(options: argparse.Namespace, _rest: list[str]) -> int:
    os.umask(0o077)
    stack = Stack(
        options.data,
        port=options.port,
        demo=options.demo,
        movable_clock=options.movable_clock,
        own=own_settings(),
        say=lambda line: print(f"· {line}", flush=True),
    )
    with stack:
        _welcome(stack, demo=options.demo)
        stack.wait()
    return 0


def _welcome(stack: Stack, *, demo: bool) -> None:
    lines = ["", "Nabij staat aan · Nabij is running", "", f"  {stack.base_url}"]
    if demo:
        lines += [f"  {stack.gateway_url}  (de telefoons van de oefening · the simulated phones)"]
    lines += ["", f"  logboeken · logs: {stack.data / 'log'}", "  stoppen · stop: Ctrl-C", ""]
    print("\n".join(lines), flush=True)
    if demo:
        subprocess.run([*MANAGE, "show_logins"], cwd=CHECKOUT, env=stack.env("show_logins"), check=False)


def _postgres(options: argparse.Namespace, _rest: list[str]) -> int:
    database = Postgres(options.data, tcp_port=options.tcp_port)
    database.start()
    print(f"DATABASE_OWNER_URL='{database.owner_url()}'\nDATABASE_URL='{database.app_url()}'", flush=True)
    if database.process is None:
        print("It was running already, and runs on.")
        return 0
    try:
        threading.Event().wait()
    finally:
        database.stop()
    return 0


def _manage(options: argparse.Namespace, rest: list[str]) -> int:
    own = own_settings()
    demo = own.get("NABIJ_ENVIRONMENT") != "production"
    environment = Environment(data=options.data.absolute(), demo=demo, own=own)
    if "DATABASE_URL" in own:
        return subprocess.run([*MANAGE, *rest], env=environment.for_owner(""), check=False).returncode
    database = Postgres(options.data)
    database.start()
    try:
        env = environment.for_owner(database.owner_url())
        return subprocess.run([*MANAGE, *rest], env=env, check=False).returncode
    finally:
        database.stop()


def _reset(options: argparse.Namespace, _rest: list[str]) -> int:
    Postgres(options.data).reset()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
