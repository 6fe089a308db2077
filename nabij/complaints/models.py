"""Complaints about help, with their answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.cases.models import Case
from nabij.kit.models import Record


class Finding(models.TextChoices):
    """What the leader found."""

    RIGHT = "right", _("u hebt gelijk")
    PARTLY = "partly", _("u hebt voor een deel gelijk")
    NOT_RIGHT = "not_right", _("wij zien dit anders")


class Complaint(Record):
    """Somebody is not content with the help (klacht); who helps in the case never reads it."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    text_sealed = models.BinaryField("klacht")
    is_about_leader = models.BooleanField("gaat over de teamleider")
    made_at = models.DateTimeField("gemaakt op")
    written_by = models.UUIDField("opgeschreven door", null=True)
    due_at = models.DateTimeField("antwoord uiterlijk")
    finding = models.CharField("uitkomst", max_length=12, choices=Finding.choices, blank=True)
    answer_sealed = models.BinaryField("antwoord", blank=True)
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.UUIDField("beantwoord door", null=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)

    class Meta:
        verbose_name = "klacht"
        verbose_name_plural = "klachten"
        indexes = [
            models.Index(
                fields=["due_at"],
                name="open_complaints",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_complaint_per_case",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, finding="")
                | (Q(answered_at__isnull=False) & ~Q(finding="") & ~Q(answer_sealed=b"")),
                name="a_complaint_is_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="a_complaint_is_answered_or_withdrawn",
            ),
        ]

    class Privacy:
        personal = ("case", "text_sealed", "answer_sealed", "is_about_leader", "finding")
        harmless = (
            "id", "made_at", "written_by", "due_at", "answered_at", "answered_by", "withdrawn_at",
        )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self.answered_at is None and self.withdrawn_at is None
