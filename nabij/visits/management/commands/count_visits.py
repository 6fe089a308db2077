"""Visits from the log of the web server in front of Nabij."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.visits.actions import store_visits
from nabij.visits.logs import hours_in_log


class Command(BaseCommand):
    """Counts the visits in a log of docs/nginx.conf; the same log again changes nothing."""

    help = "Counts the visits in nabij-visits.log, for instance of yesterday, after it was rotated."

    def add_arguments(self, parser: CommandParser) -> None:
        """The log, and the day of which it is the whole."""
        parser.add_argument("log", type=Path)
        parser.add_argument("--day", type=date.fromisoformat, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Store the numbers and say how many."""
        with options["log"].open(encoding="utf-8", errors="replace") as lines:
            hours, unread, name = hours_in_log(lines, options["day"])
        stored = store_visits(hours, by=SYSTEM, at=clock.now(), source=name)
        self.stdout.write(f"{len(hours)} hours, {stored} numbers, {unread} lines that are no visit")
