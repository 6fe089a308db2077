"""Finding a case by what somebody says, and opening one in an emergency."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.cases.models.case import Case
from nabij.kit.models import Record


class SearchKey(Record):
    """A name, phone, e-mail or address as a mark within one organisation (zoeksleutel): never read again."""

    case = models.ForeignKey(
        Case, verbose_name="dossier", related_name="search_keys", on_delete=models.CASCADE
    )
    kind = models.CharField("soort", max_length=10)
    digest = models.BinaryField("kenmerk")

    class Meta:
        verbose_name = "zoeksleutel"
        verbose_name_plural = "zoeksleutels"
        indexes = [models.Index(fields=["digest"], name="search_key_digest")]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "digest"], name="each_search_key_once")
        ]

    class Privacy:
        personal = ("digest",)
        harmless = ("id", "case", "kind")


class CaseTie(Record):
    """That a member of staff knows somebody in this case (band met een zaak), and so does not help in it."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="ties", on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.CASCADE)
    told_at = models.DateTimeField("gemeld op")

    class Meta:
        verbose_name = "band met een zaak"
        verbose_name_plural = "banden met een zaak"
        constraints = [models.UniqueConstraint(fields=["case", "membership"], name="a_tie_is_told_once")]

    class Privacy:
        harmless = ("id", "case", "membership", "told_at")


class Unsealed(models.TextChoices):
    """What is opened only with a reason, each time."""

    ADDRESS = "address", _("het adres")
    NOTES = "notes", _("aantekeningen van een collega")


class SpecialReading(Record):
    """Something opened with a reason (bijzondere inzage): the real address, or a predecessor's notes."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    what = models.CharField("wat", max_length=8, choices=Unsealed.choices)
    about_id = models.UUIDField("van wie of wat")
    reason_sealed = models.BinaryField("reden")
    at = models.DateTimeField("op")

    class Meta:
        verbose_name = "bijzondere inzage"
        verbose_name_plural = "bijzondere inzagen"
        constraints = [
            models.CheckConstraint(condition=~Q(reason_sealed=b""), name="a_special_reading_has_a_reason")
        ]

    class Privacy:
        personal = ("reason_sealed",)
        harmless = ("id", "case", "membership", "what", "about_id", "at")


class BreakGlass(Record):
    """A case opened in an emergency (noodtoegang): with a reason, for some hours, reviewed afterwards."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    outside_reference_sealed = models.BinaryField("nummer van buiten")
    reason_sealed = models.BinaryField("reden")
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    reviewed_at = models.DateTimeField("beoordeeld op", null=True)
    reviewed_by = models.UUIDField("beoordeeld door", null=True)
    is_justified = models.BooleanField("was terecht", null=True)

    class Meta:
        verbose_name = "noodtoegang"
        verbose_name_plural = "noodtoegangen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason_sealed=b"") & ~Q(outside_reference_sealed=b""),
                name="an_emergency_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="an_emergency_lasts_a_while"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, is_justified__isnull=True)
                | Q(reviewed_at__isnull=False, is_justified__isnull=False),
                name="reviewed_with_an_answer",
            ),
        ]

    class Privacy:
        personal = ("outside_reference_sealed", "reason_sealed")
        harmless = (
            "id", "case", "membership", "starts_at", "ends_at", "reviewed_at", "reviewed_by", "is_justified",
        )  # fmt: skip
