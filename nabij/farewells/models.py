"""What stays of a group that ends: only who wants to go on, when they said so."""

from django.db import models

from nabij.closed_part.models import Verification
from nabij.kit.models import Record


class OnwardWish(Record):
    """Somebody whose group ends wants to be asked for the national meetings (wens om verder te praten).

    It hangs on how they came in: it goes with the registration, and at once when they leave or take it back.
    """

    verification = models.OneToOneField(
        Verification, verbose_name="verificatie", related_name="+", on_delete=models.CASCADE
    )
    text_version = models.CharField("versie van de tekst", max_length=20)
    wished_at = models.DateTimeField("gezegd op")

    class Meta:
        verbose_name = "wens om verder te praten"
        verbose_name_plural = "wensen om verder te praten"
        constraints = [
            models.CheckConstraint(condition=~models.Q(text_version=""), name="a_wish_is_a_yes_to_a_text")
        ]

    class Privacy:
        personal = ("verification",)
        harmless = ("id", "text_version", "wished_at")
