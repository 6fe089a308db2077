"""`manage.py take_screenshots`: the pictures of docs/images, taken from a running Nabij."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from playwright.sync_api import Browser, ViewportSize, sync_playwright

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1200, height=800)
PUBLIC = {"home": "/"}
BEHIND_LOGIN = {"desk": "/werk/"}


class Command(BaseCommand):
    """Opens pages in chromium and saves what a visitor sees; with a login also the desk."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Where Nabij runs, and whose desk to show."""
        parser.add_argument("--url", default="http://localhost:8000")
        parser.add_argument("--email", default="", help="a name that `make run` printed")
        parser.add_argument("--password", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the pictures; says what is missing when there is no browser."""
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        if chromium is None:
            raise CommandError("chromium is missing (Debian: apt install chromium).")
        folder = Path(settings.BASE_DIR) / "docs" / "images"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
            )
            _take(browser, options["url"], PUBLIC, PHONE, folder)
            if options["email"]:
                login = (options["email"], options["password"])
                _take(browser, options["url"], BEHIND_LOGIN, DESK, folder, login)
            browser.close()
        self.stdout.write(f"taken: {', '.join(sorted(path.name for path in folder.glob('*.png')))}")


def _take(
    browser: Browser,
    url: str,
    pages: dict[str, str],
    size: ViewportSize,
    folder: Path,
    login: tuple[str, str] | None = None,
) -> None:
    """One picture for each page, in a fresh browser of this size."""
    page = browser.new_context(viewport=size, locale="nl-NL").new_page()
    if login:
        page.goto(f"{url}/inloggen/login/")
        page.fill("input[name=login]", login[0])
        page.fill("input[name=password]", login[1])
        page.click("main button[type=submit]")
    for name, path in pages.items():
        answer = page.goto(f"{url}{path}")
        if answer is None or not answer.ok:
            raise CommandError(f"{path} did not open.")
        page.wait_for_timeout(300)
        page.screenshot(path=folder / f"{name}.png")
