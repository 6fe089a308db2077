"""How often a centre was read in an hour, and that this says that it may close."""

from django.db import models
from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.centres.models import AdviceCentre
from nabij.kit.models import Record

EMBEDDED = "web"  # counted by Nabij's own web processes; a log of another server has a name of its own


class VisitHour(Record):
    """How often the page of a centre was read in one hour (bezoeken per uur); a nought was counted too."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    hour_at = models.DateTimeField("uur vanaf")
    source = models.CharField("geteld door", max_length=40, default=EMBEDDED)
    visits = models.PositiveIntegerField("bezoeken")

    class Meta:
        verbose_name = "bezoeken per uur"
        verbose_name_plural = "bezoeken per uur"
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "hour_at", "source"], name="one_number_per_centre_and_hour"
            )
        ]

    class Privacy:
        harmless = ("id", "centre", "hour_at", "source", "visits")


class ClosingHint(Record):
    """That a centre was hardly read for weeks, told to who decides about closing (hint om te sluiten)."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    week_on = models.DateField("laatste week van maandag")
    given_at = models.DateTimeField("gegeven op")
    set_aside_at = models.DateTimeField("nu niet, op", null=True)
    set_aside_by = models.ForeignKey(
        Membership, verbose_name="nu niet, door", null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "hint om te sluiten"
        verbose_name_plural = "hints om te sluiten"
        constraints = [
            models.UniqueConstraint(
                fields=["centre"], condition=Q(set_aside_at__isnull=True), name="one_closing_hint_at_a_time"
            ),
            models.UniqueConstraint(fields=["centre", "week_on"], name="one_closing_hint_per_week"),
            models.CheckConstraint(condition=Q(week_on__iso_week_day=1), name="a_hint_names_a_monday"),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_by__isnull=True)
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False),
                name="a_hint_is_set_aside_by_somebody",
            ),
        ]

    class Privacy:
        harmless = ("id", "centre", "week_on", "given_at", "set_aside_at", "set_aside_by")
