"""Codes by which police, municipality and hospital let their own people in: marks only, never a name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.centres.models import AdviceCentre
from nabij.closed_part.models.relations import GROUPS, Relation
from nabij.kit.models import Record


class CodeSource(models.TextChoices):
    """Who hands the codes to people of its own list."""

    POLICE = "police", _("politie")
    MUNICIPALITY = "municipality", _("gemeente")
    HOSPITAL = "hospital", _("ziekenhuis")


class CodeList(Record):
    """Codes made for one organisation to hand out (codelijst); readable until it is given out, once."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    source = models.CharField("voor", max_length=12, choices=CodeSource.choices)
    relation = models.CharField("voor wie", max_length=10, choices=Relation.choices)
    number = models.PositiveSmallIntegerField("aantal codes")
    made_at = models.DateTimeField("gemaakt op")
    made_by = models.UUIDField("gemaakt door")
    codes_sealed = models.BinaryField("codes", blank=True)
    given_out_at = models.DateTimeField("uitgegeven op", null=True)
    given_out_by = models.UUIDField("uitgegeven door", null=True)
    stopped_at = models.DateTimeField("ongeldig sinds", null=True)

    class Meta:
        verbose_name = "codelijst"
        verbose_name_plural = "codelijsten"
        constraints = [
            models.CheckConstraint(
                condition=Q(given_out_at__isnull=True, given_out_by__isnull=True)
                | Q(given_out_at__isnull=False, given_out_by__isnull=False, codes_sealed=b""),
                name="codes_are_given_out_once",
            ),
            models.CheckConstraint(condition=Q(number__range=(1, 1000)), name="codes_in_reason"),
            models.CheckConstraint(
                condition=Q(relation__in=[each.value for each in GROUPS]), name="codes_for_a_group"
            ),
        ]

    class Privacy:
        harmless = (
            "id", "centre", "source", "relation", "number", "made_at", "made_by", "codes_sealed",
            "given_out_at", "given_out_by", "stopped_at",
        )  # fmt: skip


class EntryCode(Record):
    """One code (toegangscode), kept as a keyed mark; whose it is, only its owner and the giver know."""

    list = models.ForeignKey(
        CodeList, verbose_name="codelijst", related_name="codes", on_delete=models.CASCADE
    )
    code_index = models.BinaryField("kenmerk van de code", unique=True)

    class Meta:
        verbose_name = "toegangscode"
        verbose_name_plural = "toegangscodes"

    class Privacy:
        harmless = ("id", "list", "code_index")
