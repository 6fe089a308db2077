"""`manage.py move_clock 2027-01-10T03:10`: let Nabij's clock run on from there (drills and journeys)."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand

from nabij.kit import clock


class Command(BaseCommand):
    """Move the clock to a local moment in Amsterdam; refused where the clock is not movable."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The local moment, as 2027-01-10T03:10."""
        parser.add_argument("moment", type=datetime.fromisoformat)

    def handle(self, *args: Any, **options: Any) -> None:
        """Move, and say what time it is now."""
        clock.move_to(options["moment"].replace(tzinfo=clock.AMSTERDAM))
        self.stdout.write(f"{clock.local(clock.now()):%Y-%m-%d %H:%M}")
