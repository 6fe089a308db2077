"""A key for each person or record whose text must be erasable."""

from django.db import models

from nabij.kit.models import Record


class SubjectKey(Record):
    """The wrapped data key of one subject (sleutel); destroying it erases everything sealed with it."""

    subject_id = models.UUIDField("onderwerp", unique=True)
    wrapped = models.BinaryField("ingepakte sleutel", null=True)
    created_at = models.DateTimeField("gemaakt op", auto_now_add=True)
    destroyed_at = models.DateTimeField("vernietigd op", null=True)

    class Meta:
        verbose_name = "sleutel"
        verbose_name_plural = "sleutels"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="a_key_lives_or_is_destroyed",
            )
        ]

    class Privacy:
        harmless = ("id", "subject_id", "wrapped", "created_at", "destroyed_at")
