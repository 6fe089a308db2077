"""`manage.py docs`: writes the generated pages of docs/; `--check` only says which ones are out of date."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from nabij.front.management.documents.house import house
from nabij.front.management.documents.privacy_register import privacy_register
from nabij.front.management.documents.roles import roles
from nabij.front.management.documents.service_list import services
from nabij.front.management.documents.statuses import statuses

PAGES: dict[str, Callable[[], str]] = {
    "house.md": house,
    "privacy-register.md": privacy_register,
    "roles.md": roles,
    "services.md": services,
    "statuses.md": statuses,
}


class Command(BaseCommand):
    """Writes docs/ from the code, or checks that it was written."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """The choice between writing and checking."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when a page is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring every generated page up to date, or name those that are not."""
        stale = []
        for name, write in PAGES.items():
            path = Path(settings.BASE_DIR) / "docs" / name
            with translation.override("nl"):
                fresh = write()
            if path.exists() and path.read_text(encoding="utf-8") == fresh:
                continue
            stale.append(f"docs/{name}")
            if not options["check"]:
                path.write_text(fresh, encoding="utf-8")
        if stale and options["check"]:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run `make docs`.")
        self.stdout.write(f"written: {', '.join(stale)}" if stale else "docs: up to date")
