"""What counts as work besides duties: calls that somebody answered by going out."""

from django.db import models
from django.db.models import F, Q

from nabij.accounts.models import Membership
from nabij.kit.models import Record


class CallWork(Record):
    """Work because of a call (oproepwerk): from leaving home till done; it counts in the law's windows."""

    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.CASCADE)
    source_id = models.UUIDField("welke inzet", unique=True)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")

    class Meta:
        verbose_name = "oproepwerk"
        verbose_name_plural = "oproepwerk"
        indexes = [models.Index(fields=["membership", "ends_at"], name="work_of_somebody")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="work_ends_after_it_begins")
        ]

    class Privacy:
        personal = ("membership",)
        harmless = ("id", "source_id", "starts_at", "ends_at")
