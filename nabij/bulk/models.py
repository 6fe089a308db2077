"""Work for many people at once, person by person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.people.models import Registration


class Bulk(models.TextChoices):
    """What is done for many people at once."""

    MESSAGE = "message", _("bericht")
    LETTER = "letter", _("brief")
    ASSIGN = "assign", _("hulpvragen verdelen")


class BulkState(models.TextChoices):
    """Where work for many stands."""

    BUSY = "busy", _("bezig")
    READY = "ready", _("klaar")


class BulkJob(Record):
    """Work for many who registered (werk voor velen): a message, a letter, or needs to one colleague."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    kind = models.CharField("soort", max_length=10, choices=Bulk.choices)
    message = models.CharField("bericht", max_length=40, blank=True)
    values = models.JSONField("ingevuld", default=dict)
    text_sealed = models.BinaryField("brief", blank=True)
    english_sealed = models.BinaryField("brief in het Engels", blank=True)
    need = models.CharField("hulpvraag", max_length=20, blank=True)
    owner = models.ForeignKey(
        Membership, verbose_name="aan wie", null=True, related_name="+", on_delete=models.PROTECT
    )
    state = models.CharField("stand", max_length=10, choices=BulkState.choices, default=BulkState.BUSY)
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.ForeignKey(
        Membership, verbose_name="gevraagd door", related_name="+", on_delete=models.PROTECT
    )
    ended_at = models.DateTimeField("klaar op", null=True)

    class Meta:
        verbose_name = "werk voor velen"
        verbose_name_plural = "werk voor velen"
        indexes = [models.Index(fields=["incident", "-asked_at"], name="bulk_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="message", owner__isnull=True, text_sealed=b"") & ~Q(message=""))
                | (Q(kind="letter", owner__isnull=True, message="") & ~Q(text_sealed=b""))
                | Q(kind="assign", owner__isnull=False, message="", text_sealed=b""),
                name="bulk_is_a_message_a_letter_or_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(state="ready") ^ Q(ended_at__isnull=True), name="ended_bulk_has_its_moment"
            ),
        ]

    class Privacy:
        personal = ("text_sealed", "english_sealed")
        harmless = (
            "id", "incident", "kind", "message", "values", "need", "owner", "state", "asked_at", "asked_by",
            "ended_at",
        )  # fmt: skip


class ItemState(models.TextChoices):
    """Where one person's part of work for many stands."""

    WAITING = "waiting", _("wacht")
    DONE = "done", _("gedaan")
    FAILED = "failed", _("niet gelukt")


class BulkItem(Record):
    """One person's part of work for many (deel van werk voor velen), so that each is done once."""

    job = models.ForeignKey(BulkJob, verbose_name="werk", related_name="items", on_delete=models.CASCADE)
    registration = models.ForeignKey(
        Registration, verbose_name="aanmelding", related_name="+", on_delete=models.CASCADE
    )
    state = models.CharField("stand", max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    reason = models.CharField("waarom niet", max_length=40, blank=True)

    class Meta:
        verbose_name = "deel van werk voor velen"
        verbose_name_plural = "delen van werk voor velen"
        constraints = [
            models.UniqueConstraint(fields=["job", "registration"], name="each_person_once_per_bulk"),
            models.CheckConstraint(condition=Q(state="failed") ^ Q(reason=""), name="what_failed_says_why"),
        ]
        indexes = [models.Index(fields=["job", "state"], name="bulk_items_by_state")]

    class Privacy:
        personal = ("registration", "reason")
        harmless = ("id", "job", "state")
