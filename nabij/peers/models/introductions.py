"""Two members who want to meet: asked without a name, together only after both said yes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.kit.models import Record
from nabij.peers.models.spaces import GroupMember


class IntroductionState(models.TextChoices):
    """Where an introduction stands; that somebody said no is no state, and nobody sees it."""

    LOOKING = "looking", _("wij zoeken iemand")
    TOGETHER = "together", _("u hebt contact")
    ENDED = "ended", _("gestopt")


class Introduction(Record):
    """A member asks to meet one other with a like experience (kennismaking)."""

    asker = models.ForeignKey(
        GroupMember, verbose_name="wie vraagt", related_name="introductions", on_delete=models.CASCADE
    )
    other = models.ForeignKey(
        GroupMember, verbose_name="met wie", null=True, related_name="+", on_delete=models.CASCADE
    )
    subjects = ArrayField(models.CharField(max_length=20), verbose_name="waarover")
    state = models.CharField(
        "stand", max_length=10, choices=IntroductionState.choices, default=IntroductionState.LOOKING
    )
    asked_at = models.DateTimeField("gevraagd op")
    together_at = models.DateTimeField("contact sinds", null=True)
    ended_at = models.DateTimeField("gestopt op", null=True)

    class Meta:
        verbose_name = "kennismaking"
        verbose_name_plural = "kennismakingen"
        constraints = [
            models.UniqueConstraint(
                fields=["asker"], condition=Q(state="looking"), name="one_search_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="looking", other__isnull=True)
                | Q(state="together", other__isnull=False, together_at__isnull=False)
                | Q(state="ended", ended_at__isnull=False),
                name="together_only_after_two_yeses",
            ),
        ]

    class Privacy:
        personal = ("subjects",)
        harmless = ("id", "asker", "other", "state", "asked_at", "together_at", "ended_at")


class Invitation(Record):
    """The question to one member whether they want to meet somebody (vraag om kennis te maken)."""

    introduction = models.ForeignKey(
        Introduction, verbose_name="kennismaking", related_name="invitations", on_delete=models.CASCADE
    )
    member = models.ForeignKey(
        GroupMember, verbose_name="aan wie", related_name="invitations", on_delete=models.CASCADE
    )
    asked_at = models.DateTimeField("gevraagd op")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    is_yes = models.BooleanField("ja", null=True)

    class Meta:
        verbose_name = "vraag om kennis te maken"
        verbose_name_plural = "vragen om kennis te maken"
        constraints = [
            models.UniqueConstraint(fields=["introduction", "member"], name="asked_once_to_meet"),
            models.UniqueConstraint(
                fields=["introduction"], condition=Q(answered_at__isnull=True), name="asked_one_at_a_time"
            ),
        ]

    class Privacy:
        personal = ("is_yes",)
        harmless = ("id", "introduction", "member", "asked_at", "answered_at")
