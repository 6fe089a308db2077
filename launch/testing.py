"""``python -m launch test``: pytest on a fresh database of its own, so that several runs never meet."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from launch.environment import PRIVATE_KEY, Environment
from launch.places import CHECKOUT, make_temporary_folder
from launch.postgres import Postgres
from launch.spawning import LaunchError

JOURNEYS = Path("tests") / "journeys"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "chromium is missing, and the journeys need it (Debian: apt install chromium)."


def run_tests(arguments: list[str]) -> int:
    """Run pytest with the arguments; without any: the unit tests, then the journeys in a real browser."""
    if "DATABASE_URL" in os.environ:
        return _run_pytest(arguments, os.environ)
    data = make_temporary_folder()
    database = Postgres(data, durable=False)
    try:
        database.start()
        return _run_pytest(arguments, _environment(database))
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
    code = _pytest([f"--ignore={JOURNEYS}"], env)
    if code or not journeys:
        return code
    if not browser:
        print(f"\nLeft out: {NO_BROWSER}")
        return 0
    return _pytest([str(JOURNEYS)], env)


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


def _pytest(arguments: list[str], env: Mapping[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=dict(env), check=False).returncode
