"""`manage.py compile_translations`: what Django reads, made from the catalogues without gettext's tools."""

from typing import Any

from django.core.management.base import BaseCommand

from nabij.kit import catalogue


class Command(BaseCommand):
    """Writes the .mo file beside each catalogue."""

    help = __doc__ or ""
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile every language."""
        for path in catalogue.compile_all():
            self.stdout.write(f"written: {path.name} of {path.parent.parent.name}")
