"""`manage.py shorten_logs`: the owner of the database removes old days of the trail and the read log."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.privacy.retention import term_for
from nabij.retention.actions import shorten_logs


class Command(BaseCommand):
    """Remove, and say counts only."""

    help = "Wist dagen van spoor en inzagelog die hun termijn voorbij zijn. Alleen voor de eigenaar."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fails for who does not own the tables, and when a row could not be removed."""
        try:
            runs = shorten_logs(by=SYSTEM, at=clock.now())
        except PermissionDenied as refused:
            raise CommandError(str(refused)) from refused
        for run in runs:
            label = term_for(run.kind).label
            self.stdout.write(f"{label}: {run.removed} gewist, {run.held_back} tegengehouden")
        if any(run.failed or run.ended_at is None for run in runs):
            raise CommandError("Niet alles kon worden gewist. Kijk in het logboek.")
