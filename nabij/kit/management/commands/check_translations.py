"""`manage.py check_translations`: every sentence that a visitor can meet exists in every language."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nabij.kit import catalogue


class Command(BaseCommand):
    """Fails when a catalogue misses a sentence, holds one too many, or has one empty or doubtful."""

    help = __doc__ or ""
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every fault, with what to do about it."""
        found = [
            f"{language}: {fault}" for language in catalogue.LANGUAGES for fault in catalogue.faults(language)
        ]
        if found:
            advice = "Run `manage.py collect_translations`, then translate what is empty in nabij/locale."
            raise CommandError("\n".join([*found, f"{len(found)} faults. {advice}"]))
        self.stdout.write("translations: complete")
