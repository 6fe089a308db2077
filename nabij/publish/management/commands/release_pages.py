"""`manage.py release_pages`: make the public pages anew, now."""

from typing import Any

from django.core.management.base import BaseCommand

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.publish.actions import release


class Command(BaseCommand):
    """Renders all public pages into a new release folder."""

    help = "Maak alle openbare pagina's opnieuw."

    def handle(self, *args: Any, **options: Any) -> None:
        """Release, and say how many pages and seconds it took."""
        made = release(by=SYSTEM, at=clock.now())
        self.stdout.write(
            f"Uitgave {made.number}: {made.pages} pagina's, {made.failed} mislukt, {made.seconds} s"
        )
