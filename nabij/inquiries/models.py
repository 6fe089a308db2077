"""That somebody outside asked about a person, without that person."""

from django.db import models
from django.db.models import F, Q

from nabij.kit.models import Record


class Inquiry(Record):
    """Somebody outside asked something about a person (vraag van buiten); about whom is written nowhere."""

    reference = models.CharField("kenmerk", max_length=60, unique=True)
    organisation_id = models.UUIDField("organisatie")
    asker = models.CharField("wie vraagt", max_length=20)
    wish = models.CharField("wat die wil", max_length=20)
    asked_at = models.DateTimeField("gevraagd op")
    taken_by = models.UUIDField("aangenomen door")
    due_at = models.DateTimeField("antwoord uiterlijk", null=True)
    outcome = models.CharField("uitkomst", max_length=20, blank=True)
    reason_sealed = models.BinaryField("reden", blank=True)
    settled_at = models.DateTimeField("afgehandeld op", null=True)
    settled_by = models.UUIDField("afgehandeld door", null=True)

    class Meta:
        verbose_name = "vraag van buiten"
        verbose_name_plural = "vragen van buiten"
        indexes = [
            models.Index(
                fields=["organisation_id", "due_at"],
                name="inquiries_to_answer",
                condition=Q(due_at__isnull=False, settled_at__isnull=True),
            ),
            models.Index(fields=["organisation_id", "-asked_at"], name="inquiries_by_moment"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, outcome="", reason_sealed=b"")
                | (
                    Q(settled_at__gte=F("asked_at"), settled_by__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(reason_sealed=b"")
                ),
                name="an_inquiry_is_settled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(due_at__isnull=False),
                name="only_what_goes_to_the_officer_is_settled",
            ),
        ]

    class Privacy:
        personal = ("reason_sealed",)
        harmless = (
            "id", "reference", "organisation_id", "asker", "wish", "asked_at", "taken_by", "due_at",
            "outcome", "settled_at", "settled_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def waits(self) -> bool:
        """Whether the officer still has to answer."""
        return self.due_at is not None and self.settled_at is None
