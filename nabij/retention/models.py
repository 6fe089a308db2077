"""What stays of registrations that are past their term: counts, and nothing about anybody."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.incidents.models import Incident
from nabij.kit.models import Record


class Counted(models.TextChoices):
    """What was counted; each apart, so that no two answers can be laid side by side again."""

    TOTAL = "total", _("aanmeldingen")
    DAY = "day", _("dag")
    RELATION = "relation", _("relatie tot de gebeurtenis")
    MUNICIPALITY = "municipality", _("woongemeente")
    NEED = "need", _("wat is nodig")


class RegistrationFigure(Record):
    """How many registrations at an incident gave one answer (aanmeldcijfer), once they are gone."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", null=True, related_name="+", on_delete=models.PROTECT
    )
    counted = models.CharField("wat", max_length=12, choices=Counted.choices)
    answer = models.CharField("antwoord", max_length=20, blank=True)
    number = models.PositiveIntegerField("hoeveel", default=0)

    class Meta:
        verbose_name = "aanmeldcijfer"
        verbose_name_plural = "aanmeldcijfers"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "counted", "answer"], nulls_distinct=False, name="one_figure_per_answer"
            ),
            models.CheckConstraint(condition=Q(counted__in=Counted.values), name="a_known_kind_of_figure"),
        ]

    class Privacy:
        harmless = ("id", "incident", "counted", "answer", "number")
