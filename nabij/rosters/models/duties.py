"""Duties and hand-overs."""

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Team
from nabij.kit.models import Record


class Seat(models.TextChoices):
    """The chairs that somebody must sit on, day and night."""

    COORDINATOR = "coordinator", _("piketcoördinator")
    SECOND_COORDINATOR = "second_coordinator", _("tweede coördinator")
    WORKER = "worker", _("piketmedewerker")
    NATIONAL = "national", _("landelijke achterwacht")


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties, chainable."""

    def at(self, moment: datetime) -> "DutyQuerySet":
        """Duties that run at this moment; the end moment itself no longer counts."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)

    def of_seat(self, seat: str, team_id: UUID | None) -> "DutyQuerySet":
        """Duties of one chair; the national chair belongs to no team."""
        return self.filter(Q(team_id=None if seat == Seat.NATIONAL else team_id), seat=seat)


class Duty(Record):
    """One person's duty on one chair, from then till then (dienst)."""

    membership = models.ForeignKey(
        Membership, verbose_name="wie", related_name="duties", on_delete=models.PROTECT
    )
    seat = models.CharField("rol", max_length=20, choices=Seat.choices)
    team = models.ForeignKey(Team, verbose_name="team", null=True, blank=True, on_delete=models.PROTECT)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    entered_by = models.UUIDField("ingevoerd door", null=True)
    exception = models.CharField("uitzondering op een regel", max_length=20, blank=True)
    confirmed_at = models.DateTimeField("bevestigd op", null=True)
    reminded_at = models.DateTimeField("herinnerd op", null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "dienst"
        verbose_name_plural = "diensten"
        indexes = [models.Index(fields=["seat", "team", "ends_at"], name="duty_now")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_duty_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(seat="national", team__isnull=True)
                | (~Q(seat="national") & Q(team__isnull=False)),
                name="only_the_national_chair_has_no_team",
            ),
            ExclusionConstraint(
                name="nobody_sits_on_two_chairs",
                deferrable=models.Deferrable.IMMEDIATE,  # two people exchange in one transaction
                expressions=[
                    (
                        Func(F("membership"), function="uuid_point", output_field=models.TextField()),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("starts_at"),
                            F("ends_at"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    class Privacy:
        harmless = (
            "id", "membership", "seat", "team", "starts_at", "ends_at", "entered_by", "exception",
            "confirmed_at", "reminded_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_seat_display()} {self.starts_at:%d-%m %H:%M}"


class HandOver(Record):
    """What the one who leaves tells the one who comes (overdracht)."""

    team = models.ForeignKey(Team, verbose_name="team", on_delete=models.PROTECT)
    from_duty = models.ForeignKey(Duty, verbose_name="van dienst", on_delete=models.CASCADE, related_name="+")
    note_sealed = models.BinaryField("notitie", blank=True, default=b"")
    written_by = models.UUIDField("geschreven door")
    written_at = models.DateTimeField("geschreven op")

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"

    class Privacy:
        personal = ("note_sealed",)
        harmless = ("id", "team", "from_duty", "written_by", "written_at")
