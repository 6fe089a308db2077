"""Documents of a case, and their sealed bytes in a table of their own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.cases.models import Case
from nabij.kit.models import Record


class Form(models.TextChoices):
    """What a document is kept as."""

    PICTURE = "jpg", _("foto")
    PAPER = "pdf", _("pdf")


class Document(Record):
    """A picture or paper of a case (stuk), written anew; its old file name is not kept."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    title_sealed = models.BinaryField("titel")
    kind = models.CharField("soort", max_length=20)
    form = models.CharField("vorm", max_length=3, choices=Form.choices)
    size = models.PositiveIntegerField("grootte")
    is_shown = models.BooleanField("de persoon ziet dit")
    is_of_person = models.BooleanField("van de persoon")
    added_at = models.DateTimeField("toegevoegd op")
    added_by = models.UUIDField("toegevoegd door")
    seen_at = models.DateTimeField("gezien op", null=True)
    removed_at = models.DateTimeField("verwijderd op", null=True)
    removed_by = models.UUIDField("verwijderd door", null=True)
    reason_sealed = models.BinaryField("reden", blank=True)

    class Meta:
        verbose_name = "stuk"
        verbose_name_plural = "stukken"
        constraints = [
            models.CheckConstraint(condition=~Q(title_sealed=b""), name="a_document_has_a_title"),
            models.CheckConstraint(
                condition=Q(is_of_person=False) | Q(is_shown=True), name="who_sent_it_sees_it"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, reason_sealed=b"")
                | (Q(removed_at__isnull=False) & ~Q(reason_sealed=b"")),
                name="a_document_is_removed_with_a_reason",
            ),
        ]

    class Privacy:
        personal = ("case", "title_sealed", "kind", "reason_sealed")
        harmless = (
            "id", "form", "size", "is_shown", "is_of_person", "added_at", "added_by", "seen_at",
            "removed_at", "removed_by",
        )  # fmt: skip


class DocumentContent(Record):
    """The sealed bytes of a document (inhoud van een stuk); gone when it is removed."""

    document = models.OneToOneField(
        Document, verbose_name="stuk", related_name="content", on_delete=models.CASCADE
    )
    bytes_sealed = models.BinaryField("inhoud")

    class Meta:
        verbose_name = "inhoud van een stuk"
        verbose_name_plural = "inhoud van stukken"

    class Privacy:
        personal = ("document", "bytes_sealed")
        harmless = ("id",)
