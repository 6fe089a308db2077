"""What somebody brings along when called, and when they can."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Municipality
from nabij.kit.models import Record


class Profile(Record):
    """What a member of staff brings along when called: languages, and their town (inzetprofiel)."""

    membership = models.OneToOneField(
        Membership, verbose_name="wie", related_name="profile", on_delete=models.CASCADE
    )
    languages = models.JSONField("talen", default=list)
    home = models.ForeignKey(
        Municipality, verbose_name="woongemeente", null=True, related_name="+", on_delete=models.SET_NULL
    )
    changed_at = models.DateTimeField("gewijzigd op")

    class Meta:
        verbose_name = "inzetprofiel"
        verbose_name_plural = "inzetprofielen"

    class Privacy:
        personal = ("languages", "home")
        harmless = ("id", "membership", "changed_at")


class Wish(models.TextChoices):
    """What somebody says about days on which they might have a duty."""

    AWAY = "away", _("Ik kan niet")
    RATHER_NOT = "rather_not", _("Liever niet")
    RATHER = "rather", _("Graag")


class Availability(Record):
    """Days on which somebody cannot have a duty, would rather not, or would like to (beschikbaarheid)."""

    membership = models.ForeignKey(
        Membership, verbose_name="wie", related_name="availabilities", on_delete=models.CASCADE
    )
    wish = models.CharField("wens", max_length=12, choices=Wish.choices)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    entered_by = models.UUIDField("ingevoerd door")
    entered_at = models.DateTimeField("ingevoerd op")

    class Meta:
        verbose_name = "beschikbaarheid"
        verbose_name_plural = "beschikbaarheid"
        indexes = [models.Index(fields=["membership", "ends_at"], name="availability_of_somebody")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="days_end_after_they_begin")
        ]

    class Privacy:
        personal = ("wish",)
        harmless = ("id", "membership", "starts_at", "ends_at", "entered_by", "entered_at")
