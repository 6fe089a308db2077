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
