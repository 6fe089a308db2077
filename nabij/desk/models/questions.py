"""Questions at the desk, answered once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.desk import content
from nabij.incidents.models import Incident
from nabij.kit.models import Record


class QuestionState(models.TextChoices):
    """Where a question at the desk stands."""

    OPEN = "open", _("nog geen antwoord")
    ROUTED = "routed", _("bij een partner")
    ANSWERED = "answered", _("beantwoord")


ALLOWED_QUESTION: dict[str, set[str]] = {
    QuestionState.OPEN: {QuestionState.ROUTED, QuestionState.ANSWERED},
    QuestionState.ROUTED: {QuestionState.ANSWERED, QuestionState.OPEN},
    QuestionState.ANSWERED: set(),
}


class DeskQuestion(Record):
    """What people ask at the desk (vraag aan de balie), without who asked; answered once for everybody."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    question_sealed = models.BinaryField("vraag")
    answer_sealed = models.BinaryField("antwoord", blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN
    )
    partner = models.CharField("partner", max_length=20, blank=True)
    times = models.PositiveIntegerField("hoe vaak gevraagd", default=1)
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.UUIDField("opgeschreven door")
    due_at = models.DateTimeField("antwoord uiterlijk")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.UUIDField("beantwoord door", null=True)
    offered_at = models.DateTimeField("aangeboden aan de redactie op", null=True)
    late_told_at = models.DateTimeField("te laat gemeld op", null=True)

    class Meta:
        verbose_name = "vraag aan de balie"
        verbose_name_plural = "vragen aan de balie"
        indexes = [models.Index(fields=["incident", "-asked_at"], name="desk_questions_by_moment")]
        constraints = [
            models.CheckConstraint(condition=Q(times__gte=1), name="a_question_was_asked"),
            models.CheckConstraint(
                condition=~Q(state="routed") | ~Q(partner=""), name="a_routed_question_has_a_partner"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="answered", answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer_sealed=b"")
                )
                | Q(state__in=["open", "routed"], answered_at=None, answered_by=None, answer_sealed=b""),
                name="an_answered_question_has_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=True) | Q(offered_at__gte=F("answered_at")),
                name="only_an_answer_is_offered",
            ),
        ]

    class Privacy:
        personal = ("question_sealed", "answer_sealed")
        harmless = (
            "id", "incident", "state", "partner", "times", "asked_at", "asked_by", "due_at", "answered_at",
            "answered_by", "offered_at", "late_told_at",
        )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether it still needs an answer."""
        return self.state != QuestionState.ANSWERED

    @property
    def partner_in_words(self) -> str:
        """Where it lies."""
        return content.partner_in_words(self.partner) if self.partner else ""
