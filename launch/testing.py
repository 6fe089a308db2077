"""``python -m launch test``: pytest on a fresh database of its own, so that several runs never meet."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from launch.covering import judge
from launch.environment import PRIVATE_KEY, Environment
from launch.places import CHECKOUT, make_temporary_folder
from launch.postgres import Postgres
from launch.spawning import LaunchError

JOURNEYS = Path("tests") / "journeys"
UNIT = [f"--ignore={JOURNEYS}"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HALVES = 2  # as many as a build machine has cores
NO_BROWSER = "chromium is missing, and the journeys need it (Debian: apt install chromium)."


def run_tests(arguments: list[str]) -> int:
    """Run pytest with the arguments; without any: the unit tests, then the journeys in a real browser.

    With CI=true the unit tests are also measured, and must cover what `launch.covering` asks.
    """
    return _with_database(lambda env: _run_pytest(arguments, env))


def run_covered() -> int:
    """Run the unit tests and say what they cover; fails when that is not enough."""
    return _with_database(_covered)


def _with_database(run: Callable[[Mapping[str, str]], int]) -> int:
    return run(os.environ) if "DATABASE_URL" in os.environ else _with_fresh_database(run)


def _with_fresh_database(
    run: Callable[[Mapping[str, str]], int], env: Mapping[str, str] | None = None
) -> int:
    data = make_temporary_folder()
    database = Postgres(data, durable=False)
    try:
        database.start()
        return run({**(env or {}), **_environment(database)})
    finally:
        database.reset()
        shutil.rmtree(data.parent, ignore_errors=True)


def _environment(database: Postgres) -> dict[str, str]:
    environment = Environment(data=database.data, movable_clock=True)
    return {
        **os.environ,
        **environment.for_owner(database.owner_url()),
        PRIVATE_KEY: environment.secrets()[PRIVATE_KEY],
    }


def _run_pytest(arguments: list[str], env: Mapping[str, str]) -> int:
    if arguments:
        return _pytest(arguments, env)
    journeys = (CHECKOUT / JOURNEYS).is_dir()
    browser = journeys and find_browser()
    if os.environ.get("CI") == "true":
        return _beside_each_other(env) if journeys else _covered(env)
    code = _units(["pytest"], env)
    if code or not journeys:
        return code
    if not browser:
        print(f"\nLeft out: {NO_BROWSER}")
        return 0
    return _pytest([str(JOURNEYS)], env)


def _beside_each_other(env: Mapping[str, str]) -> int:
    """The journeys, and the unit tests in the time that a browser waits; told one after the other."""
    alone = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with tempfile.TemporaryFile("w+") as said:
        units = subprocess.Popen(  # a whole tree of processes that gives way to the journeys
            ["nice", "-n", "10", sys.executable, "-m", "launch", "coverage"],
            cwd=CHECKOUT, env=alone, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            code = _pytest([str(JOURNEYS)], env)
        except BaseException:
            units.terminate()
            raise
        finally:
            failed = units.wait()
            said.seek(0)
            shutil.copyfileobj(said, sys.stdout)
            sys.stdout.flush()
    return code or failed


def find_browser() -> str | None:
    """The browser for the journeys; with CI=true it is installed when missing, or the run fails."""
    path = _installed_browser()
    if path or os.environ.get("CI") != "true":
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        subprocess.run(install, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        path = _installed_browser()
    if not path:
        raise LaunchError(NO_BROWSER)
    return path


def _installed_browser() -> str | None:
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def _covered(env: Mapping[str, str]) -> int:
    """The unit tests, measured from the start of Python, before a plugin could begin."""
    with tempfile.TemporaryDirectory() as folder:
        measured = {**env, "COVERAGE_FILE": f"{folder}/measured"}
        report = Path(folder) / "coverage.json"
        code = _units(["coverage", "run", "--parallel-mode", "-m", "pytest"], measured)
        if code > 1:  # not "some tests failed", but "pytest did not come to its end"
            return code
        _python(["coverage", "combine", "-q", folder], measured)
        _python(["coverage", "json", "-q", "-o", str(report)], measured)
        verdict = judge(report)
        if not verdict.is_enough:
            _python(["coverage", "report", "--skip-covered", "--sort=cover"], measured)
    print(f"\n{verdict}", flush=True)
    return code or int(not verdict.is_enough)


def _units(module: list[str], env: Mapping[str, str]) -> int:
    """Both halves of the unit tests beside each other, each on a database of its own; the worse code."""
    with ThreadPoolExecutor(HALVES) as threads:
        first = threads.submit(_half, module, 0, env)
        others = [
            threads.submit(_with_fresh_database, partial(_half, module, number), env)
            for number in range(1, HALVES)
        ]
        return max(each.result() for each in (first, *others))


def _half(module: list[str], number: int, env: Mapping[str, str]) -> int:
    return _python([*module, *UNIT], {**env, "NABIJ_TESTS_PART": f"{number}/{HALVES}"})


def _pytest(arguments: list[str], env: Mapping[str, str]) -> int:
    return _python(["pytest", *arguments], env)


def _python(module: list[str], env: Mapping[str, str]) -> int:
    return subprocess.run(
        [sys.executable, "-m", *module], cwd=CHECKOUT, env=dict(env), check=False
    ).returncode
