"""Check-ins, alarms, relief, materials, and tests of phones."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Team
from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.on_call.models import Deployment
from nabij.paging.models import Page


class Watch(Record):
    """By when somebody on site must say that they are all right (welzijnscheck)."""

    deployment = models.OneToOneField(
        Deployment, verbose_name="inzet", related_name="watch", on_delete=models.PROTECT
    )
    due_at = models.DateTimeField("uiterlijk")
    page = models.ForeignKey(
        Page, verbose_name="oproep", null=True, related_name="+", on_delete=models.SET_NULL
    )
    last_ok_at = models.DateTimeField("het laatst in orde op", null=True)
    relief_told_at = models.DateTimeField("aflossing gemeld op", null=True)
    ended_at = models.DateTimeField("geëindigd op", null=True)

    class Meta:
        verbose_name = "welzijnscheck"
        verbose_name_plural = "welzijnschecks"
        indexes = [models.Index(fields=["due_at"], name="watch_due", condition=Q(ended_at__isnull=True))]

    class Privacy:
        personal = ("deployment",)
        harmless = ("id", "due_at", "page", "last_ok_at", "relief_told_at", "ended_at")

    @property
    def is_missed(self) -> bool:
        """Whether somebody is called now, because this person did not report."""
        return self.page is not None and not self.page.is_closed


class Ending(models.TextChoices):
    """How an alarm ended."""

    SAFE = "safe", _("medewerker is veilig")
    POLICE = "police", _("politie is ter plaatse")
    MISTAKE = "mistake", _("per ongeluk gedrukt")


class Alarm(Record):
    """Somebody on the way or on site asked for help at once (noodmelding)."""

    deployment = models.ForeignKey(
        Deployment, verbose_name="inzet", related_name="alarms", on_delete=models.PROTECT
    )
    page = models.ForeignKey(
        Page, verbose_name="oproep", null=True, related_name="+", on_delete=models.SET_NULL
    )
    raised_at = models.DateTimeField("gemeld op")
    ended_at = models.DateTimeField("geëindigd op", null=True)
    ended_by = models.UUIDField("beëindigd door", null=True)
    ending = models.CharField("hoe", max_length=10, choices=Ending.choices, blank=True)

    class Meta:
        verbose_name = "noodmelding"
        verbose_name_plural = "noodmeldingen"
        constraints = [
            models.UniqueConstraint(
                fields=["deployment"], condition=Q(ended_at__isnull=True), name="one_open_alarm_each"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=Ending.values),
                name="an_alarm_ends_in_a_known_way",
            ),
        ]

    class Privacy:
        personal = ("deployment",)
        harmless = ("id", "page", "raised_at", "ended_at", "ended_by", "ending")


class Relief(Record):
    """Somebody else was called to take over from this person (aflossing)."""

    deployment = models.OneToOneField(
        Deployment, verbose_name="inzet", related_name="relief", on_delete=models.PROTECT
    )
    page = models.ForeignKey(Page, verbose_name="oproep", related_name="+", on_delete=models.PROTECT)
    asked_at = models.DateTimeField("gevraagd op")

    class Meta:
        verbose_name = "aflossing"
        verbose_name_plural = "aflossingen"

    class Privacy:
        personal = ("deployment",)
        harmless = ("id", "page", "asked_at")


class Material(Record):
    """Something that was taken along to the scene (meegenomen spullen), as a code from the list."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    code = models.CharField("wat", max_length=20)
    ticked_at = models.DateTimeField("afgevinkt op")
    ticked_by = models.UUIDField("afgevinkt door")

    class Meta:
        verbose_name = "meegenomen spullen"
        verbose_name_plural = "meegenomen spullen"
        constraints = [
            models.UniqueConstraint(fields=["incident", "code"], name="each_material_is_ticked_once")
        ]

    class Privacy:
        harmless = ("id", "incident", "code", "ticked_at", "ticked_by")


class PhoneTest(Record):
    """A test of the phones of who is on duty in a team (proefoproep); the page holds who answered."""

    team = models.ForeignKey(Team, verbose_name="team", related_name="+", on_delete=models.PROTECT)
    page = models.ForeignKey(
        Page, verbose_name="oproep", null=True, related_name="+", on_delete=models.SET_NULL
    )
    people = models.ManyToManyField(Membership, verbose_name="wie", related_name="+")
    started_at = models.DateTimeField("begonnen op")
    started_by = models.UUIDField("begonnen door", null=True)

    class Meta:
        verbose_name = "proefoproep"
        verbose_name_plural = "proefoproepen"

    class Privacy:
        personal = ("people",)
        harmless = ("id", "team", "page", "started_at", "started_by")
