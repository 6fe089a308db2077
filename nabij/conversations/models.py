"""Messages of one case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.cases.models import Case
from nabij.kit.models import Record


class Side(models.TextChoices):
    """Who wrote it."""

    PERSON = "person", _("de persoon")
    HELPER = "helper", _("wie helpt")


class CaseMessageQuerySet(models.QuerySet["CaseMessage"]):
    """Messages, chainable."""

    def sent(self) -> "CaseMessageQuerySet":
        """Without what somebody is still writing."""
        return self.filter(sent_at__isnull=False)

    def unread(self) -> "CaseMessageQuerySet":
        """Sent, not taken back, and not seen by the other side."""
        return self.sent().filter(read_at__isnull=True, withdrawn_at__isnull=True)


class CaseMessage(Record):
    """One message between a person and who helps (bericht in een dossier); a draft of its writer until sent.

    Nobody changes it. Its writer takes it back: then the words are gone, and that it stood there stays.
    """

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    side = models.CharField("geschreven door", max_length=8, choices=Side.choices)
    written_by = models.UUIDField("schrijver")
    text_sealed = models.BinaryField("tekst", blank=True)
    saved_at = models.DateTimeField("bewaard op")
    sent_at = models.DateTimeField("verstuurd op", null=True)
    read_at = models.DateTimeField("gelezen op", null=True)
    read_by = models.UUIDField("gelezen door", null=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)

    objects = CaseMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht in een dossier"
        verbose_name_plural = "berichten in een dossier"
        indexes = [models.Index(fields=["case", "sent_at"], name="messages_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "written_by"],
                condition=Q(sent_at__isnull=True),
                name="one_draft_message_per_writer",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, text_sealed__gt=b"")
                | Q(withdrawn_at__isnull=False, sent_at__isnull=False, text_sealed=b""),
                name="a_withdrawn_message_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False, sent_at__isnull=False),
                name="only_what_was_sent_is_read",
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="a_message_has_a_known_side"),
        ]

    class Privacy:
        personal = ("case", "text_sealed")
        harmless = (
            "id", "side", "written_by", "saved_at", "sent_at", "read_at", "read_by", "withdrawn_at",
        )  # fmt: skip
