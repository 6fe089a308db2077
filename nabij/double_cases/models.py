"""That one person has two open cases, and what the leader decided about them."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.cases.models import Case
from nabij.kit.models import Record


class Decision(models.TextChoices):
    """What was decided about two cases of one person."""

    OPEN = "open", _("nog te besluiten")
    ONE = "one", _("één dossier gaat door")
    APART = "apart", _("beide blijven apart")


class DoubleCase(Record):
    """Two cases of one person, found because their registrations were merged (dubbel dossier)."""

    stays = models.ForeignKey(
        Case, verbose_name="dossier van de aanmelding die bleef", related_name="+", on_delete=models.CASCADE
    )
    folded = models.ForeignKey(
        Case, verbose_name="dossier van de aanmelding die wegviel", related_name="+", on_delete=models.CASCADE
    )
    found_at = models.DateTimeField("gevonden op")
    decision = models.CharField("besluit", max_length=8, choices=Decision.choices, default=Decision.OPEN)
    ended = models.ForeignKey(
        Case, verbose_name="afgesloten dossier", null=True, related_name="+", on_delete=models.CASCADE
    )
    state_before = models.CharField("stand voor het afsluiten", max_length=12, blank=True)
    decided_at = models.DateTimeField("besloten op", null=True)
    decided_by = models.UUIDField("besloten door", null=True)
    undone_at = models.DateTimeField("samenvoegen teruggezet op", null=True)

    class Meta:
        verbose_name = "dubbel dossier"
        verbose_name_plural = "dubbele dossiers"
        constraints = [
            models.CheckConstraint(condition=~Q(stays=F("folded")), name="no_case_is_double_with_itself"),
            models.UniqueConstraint(
                fields=["stays", "folded"], condition=Q(undone_at__isnull=True), name="double_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decision="open", decided_at__isnull=True)
                | (Q(decision__in=["one", "apart"]) & Q(decided_at__isnull=False)),
                name="a_decision_about_two_cases_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(decision="one", ended__isnull=False)
                | (~Q(decision="one") & Q(ended__isnull=True)),
                name="when_one_goes_on_the_other_ended",
            ),
        ]

    class Privacy:
        personal = ("stays", "folded", "ended")
        harmless = (
            "id", "found_at", "decision", "state_before", "decided_at", "decided_by", "undone_at",
        )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.decision == Decision.OPEN and self.undone_at is None

    def other_than(self, case_id: UUID) -> Case:
        """The other case."""
        return self.folded if self.stays_id == case_id else self.stays
