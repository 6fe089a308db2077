"""A registration with its three consents, and how far each segment of the spool is read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.people.models.person import Person


class RegistrationState(models.TextChoices):
    """Where a registration stands."""

    NEW = "new", _("nieuw")
    HELD = "held", _("vastgehouden: gebeurtenis onbekend")
    SUSPECT = "suspect", _("apart gezet: lijkt van een programma")
    CORRECTION = "correction", _("nog eens verstuurd met andere antwoorden")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    MERGED = "merged", _("samengevoegd met een andere aanmelding")


ALLOWED: dict[str, set[str]] = {
    RegistrationState.NEW: {RegistrationState.WITHDRAWN, RegistrationState.MERGED},
    RegistrationState.HELD: {
        RegistrationState.NEW, RegistrationState.CORRECTION, RegistrationState.WITHDRAWN,
    },
    RegistrationState.SUSPECT: {
        RegistrationState.NEW, RegistrationState.CORRECTION, RegistrationState.WITHDRAWN,
    },
    RegistrationState.CORRECTION: {
        RegistrationState.NEW, RegistrationState.WITHDRAWN, RegistrationState.MERGED,
    },
    RegistrationState.MERGED: {RegistrationState.NEW, RegistrationState.CORRECTION},
    RegistrationState.WITHDRAWN: set(),
}  # fmt: skip


class Registration(Record):
    """What somebody told when signing up at an incident (aanmelding); one row for each form."""

    person = models.ForeignKey(
        Person, verbose_name="persoon", related_name="registrations", on_delete=models.CASCADE
    )
    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", null=True, related_name="+", on_delete=models.PROTECT
    )
    asked_for = models.UUIDField("gevraagde gebeurtenis")
    form_key = models.UUIDField("sleutel van het formulier", unique=True)
    content_index = models.BinaryField("kenmerk van de inhoud")
    corrects = models.ForeignKey(
        "self", verbose_name="verbetert", null=True, related_name="corrections", on_delete=models.CASCADE
    )
    reference = models.CharField("kenmerk", max_length=40, db_index=True)
    state = models.CharField("stand", max_length=12, choices=RegistrationState.choices)
    received_at = models.DateTimeField("ontvangen op")
    drained_at = models.DateTimeField("ingelezen op")
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)
    is_paper = models.BooleanField("van papier overgenomen", default=False)
    page_language = models.CharField("taal van het formulier", max_length=8)
    relation = models.CharField("relatie tot de gebeurtenis", max_length=20)
    age_group = models.CharField("leeftijdsgroep", max_length=8, blank=True)
    municipality_code = models.CharField("woongemeente", max_length=8, blank=True)
    needs = ArrayField(models.CharField(max_length=20), verbose_name="wat is nodig", default=list, blank=True)
    aids = ArrayField(models.CharField(max_length=20), verbose_name="hulpmiddelen", default=list, blank=True)
    is_urgent = models.BooleanField("vandaag nodig")
    wants_closed_part = models.BooleanField("wil het besloten deel")
    wants_newsletter = models.BooleanField("wil de nieuwsbrief")
    zone_sealed = models.BinaryField("waar toen", blank=True)
    municipality_sealed = models.BinaryField("woonplaats zoals ingevuld", blank=True)
    household_sealed = models.BinaryField("hoort bij", blank=True)
    guardian_sealed = models.BinaryField("ouder of verzorger", blank=True)

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        indexes = [
            models.Index(
                fields=["incident", "-is_urgent", "received_at", "id"], name="registrations_in_order"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.values), name="a_registration_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(incident__isnull=False) | ~Q(state=RegistrationState.NEW),
                name="a_new_registration_has_its_incident",
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=RegistrationState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                name="a_withdrawn_registration_has_its_moment",
            ),
            models.CheckConstraint(condition=~Q(corrects=F("id")), name="no_correction_of_itself"),
        ]

    class Privacy:
        personal = (
            "person", "relation", "age_group", "municipality_code", "needs", "aids", "is_urgent",
            "zone_sealed", "municipality_sealed", "household_sealed", "guardian_sealed",
        )  # fmt: skip
        harmless = (
            "id", "incident", "asked_for", "form_key", "content_index", "corrects", "reference", "state",
            "received_at", "drained_at", "withdrawn_at", "is_paper", "page_language", "wants_closed_part",
            "wants_newsletter",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class Receiver(models.TextChoices):
    """Who may receive somebody's data when that person says so: three, each asked separately."""

    VICTIM_SUPPORT = "victim_support", _("Slachtofferhulp")
    GGD = "ggd", _("GGD")
    MUNICIPALITY = "municipality", _("gemeente")


class Consent(Record):
    """A yes or no to one receiver (toestemming), to this version of the text, until it is taken back."""

    registration = models.ForeignKey(
        Registration, verbose_name="aanmelding", related_name="consents", on_delete=models.CASCADE
    )
    receiver = models.CharField("ontvanger", max_length=20, choices=Receiver.choices)
    is_given = models.BooleanField("gegeven")
    text_version = models.CharField("versie van de tekst", max_length=40)
    language = models.CharField("taal van de tekst", max_length=8)
    at = models.DateTimeField("moment")
    withdrawn_at = models.DateTimeField("ingetrokken of vervangen op", null=True)

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "receiver"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_answer_per_receiver",
            ),
            models.CheckConstraint(
                condition=Q(receiver__in=Receiver.values), name="a_consent_has_a_known_receiver"
            ),
        ]

    class Privacy:
        personal = ("is_given",)
        harmless = ("id", "registration", "receiver", "text_version", "language", "at", "withdrawn_at")


class SpoolPosition(models.Model):
    """How far one segment of the spool is read (leespositie); moved together with the rows."""

    segment = models.CharField("segment", max_length=100, primary_key=True)
    offset = models.BigIntegerField("gelezen tot")

    class Meta:
        verbose_name = "leespositie"
        verbose_name_plural = "leesposities"

    class Privacy:
        harmless = ("segment", "offset")


class SpoolTally(models.Model):
    """What came of one segment of the spool (telling), looked at once more before it was thrown away."""

    segment = models.CharField("segment", max_length=100, primary_key=True)
    receipts = models.PositiveIntegerField("ontvangstbewijzen")
    missed = models.PositiveIntegerField("nog niet ingelezen")
    at = models.DateTimeField("moment", db_index=True)

    class Meta:
        verbose_name = "telling van de spool"
        verbose_name_plural = "tellingen van de spool"

    class Privacy:
        harmless = ("segment", "receipts", "missed", "at")
