"""`manage.py read_languages`: the live centres of the demonstration in all six languages."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nabij.demo.speaking import read_languages
from nabij.kit import clock


class Command(BaseCommand):
    """Let the made-up editor read and the made-up chief approve the other languages of each live centre."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how many languages were added."""
        if settings.IS_PRODUCTION:
            raise CommandError("In production, people who read a language do this.")
        self.stdout.write(f"{read_languages(clock.now())} languages")
