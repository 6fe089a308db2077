"""Releases of the public pages."""

from django.db import models
from django.db.models import Q

from nabij.kit.models import Record


class Release(Record):
    """One rendering of all public pages (uitgave)."""

    number = models.PositiveIntegerField("nummer", unique=True)
    at = models.DateTimeField("moment", db_index=True)
    pages = models.PositiveIntegerField("aantal pagina's")
    failed = models.PositiveIntegerField("mislukte pagina's", default=0)
    seconds = models.FloatField("duur in seconden")

    class Meta:
        verbose_name = "uitgave"
        verbose_name_plural = "uitgaven"
        constraints = [
            models.CheckConstraint(
                condition=Q(failed__lte=models.F("pages")), name="no_more_failed_than_pages"
            )
        ]

    class Privacy:
        harmless = ("id", "number", "at", "pages", "failed", "seconds")

    def __str__(self) -> str:
        return str(self.number)


class SecondPlace(models.Model):
    """How the release at the second place stands (tweede plek); one row."""

    id = models.PositiveSmallIntegerField("nummer van de rij", primary_key=True, default=1)
    number = models.PositiveIntegerField("uitgave die daar staat", default=0)
    at = models.DateTimeField("daar gezet op", null=True)
    failed_first_at = models.DateTimeField("lukt niet sinds", null=True)
    tries = models.PositiveIntegerField("vergeefse pogingen", default=0)
    error = models.CharField("soort fout", max_length=60, blank=True)

    class Meta:
        verbose_name = "tweede plek"
        verbose_name_plural = "tweede plekken"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_second_place"),
            models.CheckConstraint(
                condition=Q(failed_first_at__isnull=True, tries=0, error="")
                | Q(failed_first_at__isnull=False, tries__gt=0),
                name="what_fails_was_tried",
            ),
        ]

    class Privacy:
        harmless = ("id", "number", "at", "failed_first_at", "tries", "error")
