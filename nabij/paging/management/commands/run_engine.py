"""The engine as a process."""

import os
import signal
import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nabij.paging.engine import Engine


class Command(BaseCommand):
    """Pages people and sends messages when they are due; run two, so that one may die."""

    help = "Pages people and sends messages when they are due."

    def add_arguments(self, parser: CommandParser) -> None:
        """A name for the rows it holds."""
        parser.add_argument("--name", default=f"{socket.gethostname()[:30]}-{os.getpid()}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM or SIGINT."""
        engine = Engine(options["name"])
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: engine.stop())
        engine.run()
