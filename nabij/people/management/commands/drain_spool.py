"""`manage.py drain_spool`: the one process that can open registrations, and writes them into the database."""

import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from nabij.people import drain
from nabij.spool import writing as spool


class Command(BaseCommand):
    """Drain the spool until stopped, or once."""

    help = "Schrijft aanmeldingen uit de spool in de database."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once` for one pass."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain; SIGTERM ends after the batch at hand."""
        if not settings.ENV.spool_private_key.get_secret_value():
            raise CommandError("NABIJ_SPOOL_PRIVATE_KEY ontbreekt: zonder sleutel kan niets geopend worden.")
        spool.make_folder(spool.folder())
        if options["once"]:
            self.stdout.write(f"{drain.drain_all(spool.folder())} nieuw")
            return
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        drain.run(spool.folder(), lambda: not stop.is_set())
