"""What a person asks about their own data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.kit.models import Record
from nabij.people.models import Person


class RequestKind(models.TextChoices):
    """The rights of the person (GDPR art. 16 to 21)."""

    CORRECT = "correct", _("iets klopt niet")
    OBJECT = "object", _("neem geen contact meer met mij op")
    ERASE = "erase", _("wis mijn gegevens")


class OwnRequest(Record):
    """Somebody asks to correct, stop or erase (verzoek over eigen gegevens); answered within a month."""

    person = models.ForeignKey(Person, verbose_name="persoon", related_name="+", on_delete=models.CASCADE)
    kind = models.CharField("wat", max_length=8, choices=RequestKind.choices)
    text_sealed = models.BinaryField("toelichting", blank=True)
    asked_at = models.DateTimeField("gevraagd op")
    due_at = models.DateTimeField("antwoord uiterlijk")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.UUIDField("beantwoord door", null=True)
    is_granted = models.BooleanField("gedaan wat gevraagd is", null=True)
    answer_sealed = models.BinaryField("antwoord", blank=True)

    class Meta:
        verbose_name = "verzoek over eigen gegevens"
        verbose_name_plural = "verzoeken over eigen gegevens"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(answered_at__isnull=True),
                name="one_open_request_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_granted__isnull=True)
                | (Q(answered_at__isnull=False, is_granted__isnull=False) & ~Q(answer_sealed=b"")),
                name="an_own_request_is_answered_in_words",
            ),
        ]

    class Privacy:
        personal = ("person", "kind", "text_sealed", "answer_sealed")
        harmless = ("id", "asked_at", "due_at", "answered_at", "answered_by", "is_granted")
