"""`manage.py collect_translations`: the catalogues follow the source."""

from typing import Any

from django.core.management.base import BaseCommand

from nabij.kit import catalogue


class Command(BaseCommand):
    """Adds new sentences to the catalogues, drops those that are gone, keeps all translations."""

    help = __doc__ or ""
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the catalogue of every language."""
        for language in catalogue.LANGUAGES:
            path = catalogue.catalogue_file(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = catalogue.collect(language)
            fresh.save(str(path))
            self.stdout.write(
                f"{language}: {len(fresh)} sentences, {len(fresh.untranslated_entries())} to translate"
            )
