"""Messages between somebody inside and the desk: read by nobody else, never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.closed_part.models.verifying import Verification
from nabij.kit.models import Record


class Side(models.TextChoices):
    """Who wrote it."""

    PERSON = "person", _("de persoon")
    DESK = "desk", _("de balie")


class DeskMessageQuerySet(models.QuerySet["DeskMessage"]):
    """Messages, chainable."""

    def sent(self) -> "DeskMessageQuerySet":
        """Without what somebody is still writing."""
        return self.filter(sent_at__isnull=False)

    def waiting(self) -> "DeskMessageQuerySet":
        """What a person sent and nobody at the desk answered or settled yet."""
        return self.sent().filter(side=Side.PERSON, settled_at__isnull=True)

    def unread(self) -> "DeskMessageQuerySet":
        """Sent, not taken back, and not seen by the other side."""
        return self.sent().filter(read_at__isnull=True, withdrawn_at__isnull=True)


class DeskMessage(Record):
    """One message to or from the desk (bericht aan de balie); a draft of its writer until sent.

    Its writer takes it back: then the words are gone, and that it stood there stays. What a person sent has a
    term, and waits until somebody at the desk answers, or says that no answer is needed.
    """

    verification = models.ForeignKey(
        Verification, verbose_name="verificatie", related_name="+", on_delete=models.CASCADE
    )
    side = models.CharField("geschreven door", max_length=8, choices=Side.choices)
    written_by = models.UUIDField("schrijver")
    text_sealed = models.BinaryField("tekst", blank=True)
    saved_at = models.DateTimeField("bewaard op")
    sent_at = models.DateTimeField("verstuurd op", null=True)
    due_at = models.DateTimeField("antwoord uiterlijk", null=True)
    settled_at = models.DateTimeField("afgehandeld op", null=True)
    read_at = models.DateTimeField("gelezen op", null=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)

    objects = DeskMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht aan de balie"
        verbose_name_plural = "berichten aan de balie"
        indexes = [
            models.Index(
                fields=["due_at"],
                name="desk_messages_that_wait",
                condition=Q(side="person", sent_at__isnull=False, settled_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["verification", "written_by"],
                condition=Q(sent_at__isnull=True),
                name="one_draft_to_the_desk_per_writer",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, text_sealed__gt=b"")
                | Q(withdrawn_at__isnull=False, sent_at__isnull=False, text_sealed=b""),
                name="a_withdrawn_desk_message_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True)
                | Q(side="desk", due_at__isnull=True)
                | Q(side="person", due_at__isnull=False),
                name="what_a_person_sends_has_a_term",
            ),
        ]

    class Privacy:
        personal = ("verification", "text_sealed")
        harmless = (
            "id", "side", "written_by", "saved_at", "sent_at", "due_at", "settled_at", "read_at",
            "withdrawn_at",
        )  # fmt: skip
