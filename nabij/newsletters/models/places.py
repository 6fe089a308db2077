"""Where a centre is: online, at a place, or both; each decision stays."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.centres.models import AdviceCentre
from nabij.kit.models import Record


class Mode(models.TextChoices):
    """How a centre is there for people. Source: domain handbook iac §1."""

    ONLINE = "online", _("alleen online")
    PHYSICAL = "physical", _("op een plek")
    BOTH = "both", _("online en op een plek")


HAS_PLACE = (Mode.PHYSICAL.value, Mode.BOTH.value)


class CentrePlace(Record):
    """A decision about where a centre is (plek van een IAC); the one with the highest number counts."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField("nummer")
    mode = models.CharField("hoe", max_length=8, choices=Mode.choices)
    name = models.CharField("gebouw", max_length=120, blank=True)
    address = models.CharField("adres van het gebouw", max_length=200, blank=True)
    weekdays = ArrayField(models.SmallIntegerField(), verbose_name="open op", default=list, blank=True)
    opens = models.TimeField("open vanaf", null=True)
    closes = models.TimeField("open tot", null=True)
    route = models.CharField("route", max_length=300, blank=True)
    is_step_free = models.BooleanField("toegankelijk met een rolstoel", default=False)
    languages = ArrayField(
        models.CharField(max_length=2), verbose_name="talen aan de balie", default=list, blank=True
    )
    reason_sealed = models.BinaryField("reden")
    decided_at = models.DateTimeField("besloten op")
    decided_by = models.ForeignKey(
        Membership, verbose_name="besloten door", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "plek van een IAC"
        verbose_name_plural = "plekken van een IAC"
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="one_place_decision_per_number"),
            models.CheckConstraint(condition=~Q(reason_sealed=b""), name="a_place_decision_has_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    mode=Mode.ONLINE, name="", address="", weekdays=[], opens__isnull=True,
                    closes__isnull=True,
                )
                | (
                    Q(mode__in=HAS_PLACE, opens__isnull=False, closes__gt=F("opens"))
                    & ~Q(name="") & ~Q(address="") & ~Q(weekdays=[]) & ~Q(languages=[])
                ),
                name="a_place_says_where_and_when",
            ),  # fmt: skip
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]), name="a_place_names_known_days"
            ),
        ]  # fmt: skip

    class Privacy:
        personal = ("reason_sealed",)
        harmless = (
            "id", "centre", "number", "mode", "name", "address", "weekdays", "opens", "closes", "route",
            "is_step_free", "languages", "decided_at", "decided_by",
        )  # fmt: skip

    @property
    def has_place(self) -> bool:
        """Whether one can go there."""
        return self.mode in HAS_PLACE
