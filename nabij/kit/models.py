"""The base of every record, and the one row that moves the clock in tests and drills."""

import uuid
from typing import Any

from django.db import models


class Record(models.Model):
    """A row with a random identity, so that no address or number tells how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> str:
        """The words of one choice; Django's own way translates every choice of the field each time."""
        value = getattr(self, field.attname)
        return str(next((words for code, words in field.flatchoices if code == value), value or ""))


class ClockShift(models.Model):
    """How far Nabij's clock is moved from the database clock (klokverschuiving)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    shift = models.DurationField()

    class Meta:
        verbose_name = "klokverschuiving"
        verbose_name_plural = "klokverschuivingen"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock")]

    class Privacy:
        harmless = ("id", "shift")
