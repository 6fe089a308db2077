"""When the SIS number stood on the page of a centre."""

from django.db import models
from django.db.models import F, Q

from nabij.accounts.models import Membership, Organisation
from nabij.centres.models import AdviceCentre
from nabij.kit.models import Record


class SisPeriod(Record):
    """A time in which the SIS number stood on the page of a centre (SIS-periode), and who decided that."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    number = models.CharField("telefoonnummer", max_length=20)
    decided_by = models.ForeignKey(
        Organisation, verbose_name="wie besloot het", related_name="+", on_delete=models.PROTECT
    )
    since_at = models.DateTimeField("aan sinds")
    started_by = models.ForeignKey(
        Membership, verbose_name="aangezet door", related_name="+", on_delete=models.PROTECT
    )
    ended_at = models.DateTimeField("uit sinds", null=True)
    ended_by = models.ForeignKey(
        Membership, verbose_name="uitgezet door", null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "SIS-periode"
        verbose_name_plural = "SIS-periodes"
        constraints = [
            models.UniqueConstraint(
                fields=["centre"], condition=Q(ended_at__isnull=True), name="sis_is_on_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="sis_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since_at")),
                name="sis_ends_after_it_began",
            ),
        ]

    class Privacy:
        harmless = ("id", "centre", "number", "decided_by", "since_at", "started_by", "ended_at", "ended_by")
