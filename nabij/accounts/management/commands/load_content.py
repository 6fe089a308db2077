"""`manage.py load_content`: facts from content files into the database, again at every start."""

from typing import Any

from django.core.management.base import BaseCommand

from nabij.accounts.geography import load_geography


class Command(BaseCommand):
    """Load municipalities and safety regions; running it twice changes nothing."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many."""
        regions, municipalities = load_geography()
        self.stdout.write(f"{regions} safety regions, {municipalities} municipalities")
