"""`manage.py make_rosters`: makes every roster that waits, one after the other."""

from typing import Any

from django.core.management.base import BaseCommand

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.proposals.actions import make_roster
from nabij.proposals.queries.places import waiting


class Command(BaseCommand):
    """Ends when none waits."""

    help = "Maak elk rooster dat wacht."

    def handle(self, *args: Any, **options: Any) -> None:
        """One at a time; two of these side by side never make the same one."""
        while proposal := waiting():
            make_roster(proposal, by=SYSTEM, at=clock.now())
