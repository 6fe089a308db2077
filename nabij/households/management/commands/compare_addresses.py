"""`manage.py compare_addresses`: once after an upgrade, so that older cases are compared by address too."""

from typing import Any

from django.core.management.base import BaseCommand

from nabij.audit.actor import SYSTEM
from nabij.households.actions import compare_addresses
from nabij.kit import clock


class Command(BaseCommand):
    """Mark and compare every known address, batch by batch; running it twice changes nothing."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Go on until no case is left."""
        last = compare_addresses(None, by=SYSTEM, at=clock.now())
        while last is not None:
            last = compare_addresses(last, by=SYSTEM, at=clock.now())
        self.stdout.write("Alle adressen zijn vergeleken.")
