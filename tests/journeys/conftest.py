"""A whole running Nabij, a real browser, and people who log in: what every journey starts from."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import requests
from playwright.sync_api import Browser, Page, Response

from launch.supervisor import Stack
from nabij.demo.world import world
from nabij.kit.clock import AMSTERDAM

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SETTLED = 1.5  # seconds; a command of its own for each move cost four


# what each journey opened, and which passed: the service catalogue is held against it at the end
opened: dict[str, set[str]] = {}
passed: set[str] = set()


def name_of(item: pytest.Item) -> str:
    """A test as the service catalogue names it."""
    return item.nodeid.split("[")[0]


def pytest_collection_modifyitems(items):
    """Stories run in the order of their clock, which only moves forward; what has no story comes after."""
    items.sort(key=lambda item: getattr(item.module, "CLOCK", "2028"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" and report.passed:
        passed.add(name_of(item))
    return report


@dataclass
class Nabij:
    """The running house as a journey uses it."""

    stack: Stack

    @property
    def url(self) -> str:
        return self.stack.base_url

    def manage(self, *arguments: str) -> str:
        """A management command with the owner's rights; gives what it printed."""
        answer = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=self.stack.env("owner"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr[-2000:]
        return answer.stdout

    def clock(self, moment: str) -> None:
        """Let the clock of the house run on from this local moment, once what was just pressed is settled."""
        time.sleep(SETTLED)
        wanted = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)
        sql = (
            "INSERT INTO kit_clockshift (id, shift) SELECT 1, %s - clock_timestamp()"
            " ON CONFLICT (id) DO UPDATE SET shift = excluded.shift"
        )
        with psycopg.connect(self.stack.env("owner")["DATABASE_URL"]) as connection:
            connection.execute(sql, [wanted])

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows straight from the database, to hold a page against."""
        with psycopg.connect(self.stack.env("owner")["DATABASE_URL"]) as connection:
            return connection.execute(sql, values).fetchall()

    def messages_to(self, recipient: str) -> list[dict[str, Any]]:
        """What the simulated phone or mailbox of this recipient received, newest first."""
        answer = requests.get(f"{self.stack.gateway_url}/api/messages", params={"to": recipient}, timeout=5)
        return list(answer.json()["messages"])


def wait_for(what: Callable[[], Any], *, seconds: float = 15, why: str = "") -> Any:
    """The first true answer of `what`; fails with `why` when it does not come."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = what()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(why or "it did not happen in time")


@pytest.fixture(scope="session")
def nabij():
    with Stack(movable_clock=True) as stack:
        house = Nabij(stack)
        house.manage("seed_demo", "--duties-from", "2027-01-04", "--weeks", "22")
        yield house


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    flags = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return {**browser_type_launch_args, "executable_path": path, "args": flags}


@pytest.fixture
def visit(request, browser: Browser, nabij: Nabij):
    """Opens a page for a new visitor with a phone (or a desk): nothing shared with the others."""
    contexts = []
    seen = opened.setdefault(name_of(request.node), set())

    def remember(response: Response) -> None:
        if response.ok and response.request.resource_type == "document":
            seen.add(urlsplit(response.url).path)

    def open_page(path: str = "/", *, desk: bool = False, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport=DESK if desk else PHONE, java_script_enabled=javascript, locale="nl-NL",
            timezone_id="Europe/Amsterdam", base_url=nabij.url,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("response", remember)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def log_in(visit):
    """Logs somebody of the demonstration in, and gives their page."""

    def as_person(name: str, *, desk: bool = False) -> Page:
        page = visit("/inloggen/login/", desk=desk)
        page.get_by_label("E-mailadres").fill(f"{name}@example.nl")
        page.get_by_label("Wachtwoord").fill(world()["password"])
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_url("**/werk/")
        return page

    return as_person


@pytest.fixture
def look(request):
    """Keeps a picture of a page when NABIJ_PICTURES names a folder, to be judged by a person."""

    def keep(page: Page, name: str) -> None:
        folder = os.environ.get("NABIJ_PICTURES")
        if folder:
            page.screenshot(path=f"{folder}/{request.node.name[5:40]}-{name}.png", full_page=True)

    return keep
