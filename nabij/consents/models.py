"""Answers about sharing, and what was shared."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.kit.models import Record
from nabij.people.models import Person
from nabij.privacy.purposes import Purpose


class Manner(models.TextChoices):
    """How the answer was given."""

    PHONE = "phone", _("aan de telefoon")
    PRESENT = "present", _("in een gesprek")
    WRITTEN = "written", _("op papier")
    OWN_SPACE = "own_space", _("in de eigen omgeving")


class ConsentState(models.TextChoices):
    """Where an answer stands on a day."""

    GIVEN = "given", _("gegeven")
    REFUSED = "refused", _("geweigerd")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    EXPIRED = "expired", _("verlopen")


class SharingConsent(Record):
    """A yes or no of a person to sharing with one receiver for one purpose (toestemming om te delen)."""

    person = models.ForeignKey(Person, verbose_name="persoon", related_name="+", on_delete=models.CASCADE)
    receiver = models.CharField("ontvanger", max_length=24)
    purpose = models.CharField("doel", max_length=40, choices=Purpose.choices)
    kinds = ArrayField(models.CharField(max_length=24), verbose_name="wat")
    is_given = models.BooleanField("ja gezegd")
    manner = models.CharField("hoe gevraagd", max_length=12, choices=Manner.choices)
    text_version = models.CharField("versie van de tekst", max_length=40)
    language = models.CharField("taal", max_length=8)
    asked_by = models.UUIDField("gevraagd door", null=True)
    guardian = models.UUIDField("geantwoord door ouder of voogd", null=True)
    answered_at = models.DateTimeField("geantwoord op")
    last_valid_on = models.DateField("geldig tot en met", null=True)
    withdrawn_at = models.DateTimeField("ingetrokken of vervangen op", null=True)
    is_by_person = models.BooleanField("door de persoon zelf ingetrokken", default=False)
    withdrawn_by_guardian = models.UUIDField("ingetrokken door ouder of voogd", null=True)

    class Meta:
        verbose_name = "toestemming om te delen"
        verbose_name_plural = "toestemmingen om te delen"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "receiver", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_running_answer_per_receiver_and_purpose",
            ),
            models.CheckConstraint(
                condition=Q(is_given=False) | Q(last_valid_on__isnull=False), name="a_yes_has_a_last_day"
            ),
            models.CheckConstraint(condition=~Q(text_version=""), name="an_answer_has_its_text"),
            models.CheckConstraint(
                condition=Q(guardian__isnull=True) | Q(asked_by__isnull=True),
                name="a_guardian_answers_without_being_asked",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by_guardian__isnull=True)
                | Q(withdrawn_at__isnull=False, is_by_person=False),
                name="one_hand_takes_an_answer_back",
            ),
        ]

    class Privacy:
        personal = (
            "person", "receiver", "purpose", "kinds", "is_given", "guardian", "withdrawn_by_guardian",
        )  # fmt: skip
        harmless = (
            "id", "manner", "text_version", "language", "asked_by", "answered_at", "last_valid_on",
            "withdrawn_at", "is_by_person",
        )  # fmt: skip

    def state_on(self, day: date) -> ConsentState:
        """Given, refused, withdrawn or expired, on this day."""
        if not self.is_given:
            return ConsentState.REFUSED
        if self.withdrawn_at is not None:
            return ConsentState.WITHDRAWN
        if self.last_valid_on is not None and self.last_valid_on < day:
            return ConsentState.EXPIRED
        return ConsentState.GIVEN


class ShareEnd(models.TextChoices):
    """Why sharing ended."""

    WITHDRAWN = "withdrawn", _("toestemming ingetrokken")
    EXPIRED = "expired", _("toestemming verlopen")
    DONE = "done", _("klaar")
    REVOKED = "revoked", _("door ons gestopt")


class Share(Record):
    """What was shared about a person with whom (gedeeld gegeven); it lives until it is ended."""

    person = models.ForeignKey(Person, verbose_name="persoon", related_name="+", on_delete=models.CASCADE)
    receiver = models.CharField("ontvanger", max_length=24)
    purpose = models.CharField("doel", max_length=40, choices=Purpose.choices)
    kinds = ArrayField(models.CharField(max_length=24), verbose_name="wat")
    summary_sealed = models.BinaryField("wat er staat")
    consent = models.ForeignKey(
        SharingConsent, verbose_name="toestemming", null=True, related_name="shares", on_delete=models.CASCADE
    )
    ground = models.CharField("wettelijke grond", max_length=24, blank=True)
    weighing_sealed = models.BinaryField("afweging", blank=True)
    starts_at = models.DateTimeField("vanaf")
    shared_by = models.UUIDField("gedeeld door")
    ended_at = models.DateTimeField("geëindigd op", null=True)
    end_reason = models.CharField("waarom", max_length=10, choices=ShareEnd.choices, blank=True)

    class Meta:
        verbose_name = "gedeeld gegeven"
        verbose_name_plural = "gedeelde gegevens"
        indexes = [
            models.Index(fields=["consent"], name="live_shares", condition=Q(ended_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent__isnull=True) | Q(ground=""), name="consent_or_a_ground_not_both"
            ),
            models.CheckConstraint(
                condition=Q(ground="") | ~Q(weighing_sealed=b""), name="a_ground_has_its_weighing"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | (Q(ended_at__gte=F("starts_at")) & ~Q(end_reason="")),
                name="what_ended_says_why",
            ),
        ]

    class Privacy:
        personal = ("person", "receiver", "purpose", "kinds", "summary_sealed", "ground", "weighing_sealed")
        harmless = ("id", "consent", "starts_at", "shared_by", "ended_at", "end_reason")

    @property
    def is_live(self) -> bool:
        """Whether the receiver can still read it."""
        return self.ended_at is None
