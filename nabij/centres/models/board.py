"""What approvers answered to the word check."""

from django.db import models

from nabij.accounts.models import User
from nabij.centres.models.centres import TextVersion
from nabij.kit.models import Record


class TextAnswer(Record):
    """Why an approver let something stand that the word check asked about (antwoord op de woordcontrole)."""

    version = models.ForeignKey(
        TextVersion, verbose_name="tekstversie", related_name="answers", on_delete=models.CASCADE
    )
    kind = models.CharField("soort vraag", max_length=20)
    hit_sealed = models.BinaryField("waar het om gaat")
    reason_sealed = models.BinaryField("reden")
    by = models.ForeignKey(User, verbose_name="door", related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField("moment")

    class Meta:
        verbose_name = "antwoord op de woordcontrole"
        verbose_name_plural = "antwoorden op de woordcontrole"

    class Privacy:
        personal = ("hit_sealed", "reason_sealed")
        harmless = ("id", "version", "kind", "by", "at")
