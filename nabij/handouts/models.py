"""What a step of the aftercare hands out: filled in once, agreed by both organisations, printed."""

from django.db import models
from django.db.models import Q

from nabij.aftercare.models import RunStep
from nabij.flyers.models import Edition, LetterJob
from nabij.kit.models import Record


class Handout(Record):
    """A flyer or letter for one step of the aftercare (uitdeelwerk), with what is filled in.

    In an exercise it has no edition: it is printed as an example, and nobody agrees with it.
    """

    run_step = models.ForeignKey(
        RunStep, verbose_name="nazorgstap", related_name="+", on_delete=models.CASCADE
    )
    edition = models.ForeignKey(
        Edition, verbose_name="uitgave", null=True, related_name="+", on_delete=models.PROTECT
    )
    template = models.CharField("sjabloon", max_length=20)
    fields = models.JSONField("ingevuld")
    filled_at = models.DateTimeField("ingevuld op")
    filled_by = models.UUIDField("ingevuld door")
    letters = models.OneToOneField(
        LetterJob, verbose_name="brievenopdracht", null=True, related_name="+", on_delete=models.SET_NULL
    )
    copies = models.PositiveIntegerField("aantal", null=True)
    printed_at = models.DateTimeField("geprint op", null=True)

    class Meta:
        verbose_name = "uitdeelwerk"
        verbose_name_plural = "uitdeelwerk"
        constraints = [
            models.UniqueConstraint(
                fields=["run_step", "template"],
                condition=Q(copies__isnull=True),
                name="one_handout_is_filled_in_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(copies__isnull=True) | Q(copies__gt=0), name="something_is_handed_out"
            ),
            models.CheckConstraint(
                condition=Q(printed_at__isnull=True) | Q(copies__isnull=False),
                name="what_is_printed_is_counted",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "run_step", "edition", "template", "fields", "filled_at", "filled_by", "letters", "copies",
            "printed_at",
        )  # fmt: skip
