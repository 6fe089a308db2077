"""What may not be removed yet because of a case or complaint, and what was removed, as counts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.kit.models import Record


class HoldOn(models.TextChoices):
    """What a hold keeps: everything about one person, or about everybody at one incident."""

    PERSON = "person", _("deze persoon")
    INCIDENT = "incident", _("iedereen bij deze gebeurtenis")


class HoldGround(models.TextChoices):
    """Why data are kept beyond their term, in a word that says nothing about what happened."""

    COURT = "court", _("een rechtszaak")
    COMPLAINT = "complaint", _("een klacht")
    CLAIM = "claim", _("een schadezaak")
    INSPECTION = "inspection", _("een onderzoek door een toezichthouder")


class LegalHold(Record):
    """Nothing about this person or incident goes until the hold ends (wisstop); its reason is sealed."""

    subject_kind = models.CharField("waarover", max_length=8, choices=HoldOn.choices)
    subject_id = models.UUIDField("van wie of wat")
    ground = models.CharField("waarvoor", max_length=10, choices=HoldGround.choices)
    reason_sealed = models.BinaryField("reden")
    organisation_id = models.UUIDField("van organisatie")
    placed_at = models.DateTimeField("gezet op")
    placed_by = models.UUIDField("gezet door")
    ends_at = models.DateTimeField("tot")
    lifted_at = models.DateTimeField("opgeheven op", null=True)
    lifted_by = models.UUIDField("opgeheven door", null=True)

    class Meta:
        verbose_name = "wisstop"
        verbose_name_plural = "wisstops"
        indexes = [
            models.Index(fields=["subject_id"], name="holds_that_run", condition=Q(lifted_at__isnull=True))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_kind__in=HoldOn.values, ground__in=HoldGround.values),
                name="a_hold_of_a_known_kind",
            ),
            models.CheckConstraint(condition=~Q(reason_sealed=b""), name="a_hold_has_a_reason"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("placed_at")), name="a_hold_lasts_a_while"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_at__gte=F("placed_at"), lifted_by__isnull=False),
                name="a_hold_is_lifted_by_somebody",
            ),
        ]

    class Privacy:
        personal = ("subject_id", "ground", "reason_sealed")
        harmless = (
            "id", "subject_kind", "organisation_id", "placed_at", "placed_by", "ends_at", "lifted_at",
            "lifted_by",
        )  # fmt: skip


class RetentionRun(Record):
    """What one day's removal did with one kind of data (wisronde): counts and nothing else."""

    ran_on = models.DateField("dag")
    kind = models.CharField("soort gegevens", max_length=30)
    seen = models.PositiveIntegerField("termijn voorbij", default=0)
    removed = models.PositiveIntegerField("gewist", default=0)
    held_back = models.PositiveIntegerField("tegengehouden", default=0)
    failed = models.PositiveIntegerField("mislukt", default=0)
    started_at = models.DateTimeField("begonnen op")
    ended_at = models.DateTimeField("klaar op", null=True)

    class Meta:
        verbose_name = "wisronde"
        verbose_name_plural = "wisrondes"
        constraints = [
            models.UniqueConstraint(fields=["ran_on", "kind"], name="one_run_per_day_and_kind"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="a_run_ends_after_it_starts",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "ran_on", "kind", "seen", "removed", "held_back", "failed", "started_at", "ended_at",
        )  # fmt: skip
