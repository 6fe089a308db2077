"""How many people must sit on a chair, when; and who was told that there are too few."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Team
from nabij.kit.models import Record
from nabij.rosters.models.duties import Seat


class Demand(Record):
    """How many people a team needs on a chair in a part of the day (bezetting), and how long."""

    team = models.ForeignKey(
        Team, verbose_name="team", null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    seat = models.CharField("rol", max_length=20, choices=Seat.choices)
    weekdays = models.JSONField("dagen", default=list)
    starts = models.TimeField("van")
    ends = models.TimeField("tot")
    needed = models.PositiveSmallIntegerField("nodig")
    wished = models.PositiveSmallIntegerField("gewenst")
    starts_on = models.DateField("eerste dag")
    ends_on = models.DateField("laatste dag", null=True, blank=True)
    entered_by = models.UUIDField("ingevoerd door")

    class Meta:
        verbose_name = "bezetting"
        verbose_name_plural = "bezetting"
        constraints = [
            models.CheckConstraint(condition=Q(wished__gte=F("needed")), name="wished_is_at_least_needed"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="demand_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(seat="national", team__isnull=True)
                | (~Q(seat="national") & Q(team__isnull=False)),
                name="only_the_national_demand_has_no_team",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "team", "seat", "weekdays", "starts", "ends", "needed", "wished", "starts_on", "ends_on",
            "entered_by",
        )  # fmt: skip


class GapAlarm(Record):
    """That planners were told of a gap this long before it begins (gatmelding)."""

    team = models.ForeignKey(Team, verbose_name="team", null=True, related_name="+", on_delete=models.CASCADE)
    seat = models.CharField("rol", max_length=20, choices=Seat.choices)
    starts_at = models.DateTimeField("begin van de dienst")
    hours_before = models.PositiveSmallIntegerField("uren vooraf")
    told_at = models.DateTimeField("gemeld op")

    class Meta:
        verbose_name = "gatmelding"
        verbose_name_plural = "gatmeldingen"
        constraints = [
            models.UniqueConstraint(
                fields=["team", "seat", "starts_at", "hours_before"],
                name="a_gap_is_told_once",
                nulls_distinct=False,
            )
        ]

    class Privacy:
        harmless = ("id", "team", "seat", "starts_at", "hours_before", "told_at")


WEEKDAYS = (
    _("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"), _("zondag"),
)  # fmt: skip
