"""What the affected council says of a text, and what the editors did with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.centres.models import AdviceCentre, TextVersion
from nabij.kit.models import Record


class CommentState(models.TextChoices):
    """Where a comment stands."""

    OPEN = "open", _("wacht op antwoord")
    ANSWERED = "answered", _("beantwoord")
    TAKEN_UP = "taken_up", _("verwerkt")


ALLOWED: dict[str, set[str]] = {
    CommentState.OPEN: {CommentState.ANSWERED, CommentState.TAKEN_UP},
    CommentState.ANSWERED: {CommentState.TAKEN_UP},
    CommentState.TAKEN_UP: set(),
}


class CouncilComment(Record):
    """What a member of the affected council says of one version of a text (opmerking van de raad)."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    version = models.ForeignKey(
        TextVersion, verbose_name="tekstversie", related_name="+", on_delete=models.CASCADE
    )
    body_sealed = models.BinaryField("opmerking")
    written_at = models.DateTimeField("geschreven op")
    written_by = models.ForeignKey(
        Membership, verbose_name="geschreven door", related_name="+", on_delete=models.PROTECT
    )
    state = models.CharField("stand", max_length=10, choices=CommentState.choices, default=CommentState.OPEN)
    answer_sealed = models.BinaryField("antwoord", blank=True)
    settled_at = models.DateTimeField("beantwoord op", null=True)
    settled_by = models.ForeignKey(
        Membership, verbose_name="beantwoord door", null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "opmerking van de raad"
        verbose_name_plural = "opmerkingen van de raad"
        indexes = [models.Index(fields=["centre", "state"], name="council_comments_by_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(body_sealed=b""), name="a_council_comment_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=CommentState.values), name="a_council_comment_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=CommentState.OPEN, settled_at__isnull=True, settled_by__isnull=True)
                | (~Q(state=CommentState.OPEN) & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="a_council_comment_is_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=CommentState.ANSWERED) | ~Q(answer_sealed=b""),
                name="an_answer_to_the_council_says_something",
            ),
        ]

    class Privacy:
        personal = ("body_sealed", "answer_sealed", "written_by")
        harmless = ("id", "centre", "version", "written_at", "state", "settled_at", "settled_by")
