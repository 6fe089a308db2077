"""Waves of burglary or fraud: reports without names, the wave they make, addresses that get a letter."""

from django.db import models
from django.db.models import Q

from nabij.accounts.models import Municipality, Organisation
from nabij.campaigns.content import families, kinds
from nabij.incidents.models import Incident
from nabij.kit.models import Record


class Wave(Record):
    """Many of the same in a short time (golf), with the event under which the aftercare runs."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    incident = models.OneToOneField(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    family = models.CharField("waarvan", max_length=20)
    area = models.CharField("gebied", max_length=80, blank=True)
    area_key = models.CharField("gebied, in zoekvorm", max_length=80, blank=True)
    opened_at = models.DateTimeField("begonnen op")
    told_victims_at = models.DateTimeField("slachtoffers verteld op", null=True)
    closed_at = models.DateTimeField("voorbij op", null=True)

    class Meta:
        verbose_name = "golf"
        verbose_name_plural = "golven"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "family", "area_key"],
                condition=Q(closed_at__isnull=True),
                name="one_running_wave_of_a_place",
            )
        ]

    class Privacy:
        harmless = (
            "id", "municipality", "incident", "family", "area", "area_key", "opened_at", "told_victims_at",
            "closed_at",
        )  # fmt: skip

    @property
    def family_in_words(self) -> str:
        """What the wave is of, in the words of who reads it."""
        return str(families()[self.family])


class Report(Record):
    """One burglary or scam as it was reported (melding): where and when, never who; the address as a mark."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    wave = models.ForeignKey(
        Wave, verbose_name="golf", null=True, related_name="reports", on_delete=models.PROTECT
    )
    kind = models.CharField("soort", max_length=20)
    family = models.CharField("waarvan", max_length=20)
    area = models.CharField("gebied", max_length=80, blank=True)
    area_key = models.CharField("gebied, in zoekvorm", max_length=80, blank=True)
    happened_on = models.DateField("gebeurd op")
    is_attempt = models.BooleanField("poging", default=False)
    wants_contact = models.BooleanField("wil contact met Slachtofferhulp")
    contact_due_at = models.DateTimeField("contact uiterlijk op", null=True)
    contacted_at = models.DateTimeField("contact gehad op", null=True)
    address_mark = models.BinaryField("afdruk van het adres", null=True)
    is_repeat = models.BooleanField("eerder op dit adres", default=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="gemeld door", related_name="+", on_delete=models.PROTECT
    )
    reported_at = models.DateTimeField("gemeld op")

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        indexes = [
            models.Index(fields=["municipality", "family", "area_key", "happened_on"], name="reports_of_area")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(wants_contact=True, contact_due_at__isnull=False)
                | Q(wants_contact=False, contact_due_at__isnull=True, contacted_at__isnull=True),
                name="only_who_said_yes_is_contacted",
            )
        ]

    class Privacy:
        personal = ("address_mark",)
        harmless = (
            "id", "municipality", "wave", "kind", "family", "area", "area_key", "happened_on", "is_attempt",
            "wants_contact", "contact_due_at", "contacted_at", "is_repeat", "organisation", "reported_at",
        )  # fmt: skip

    @property
    def kind_in_words(self) -> str:
        """What was reported, in the words of who reads it."""
        return str(kinds()[self.kind])


class LetterAddress(Record):
    """An address that gets a letter once in this wave (briefadres), sealed; of whom it is, nobody writes."""

    wave = models.ForeignKey(
        Wave, verbose_name="golf", related_name="letter_addresses", on_delete=models.CASCADE
    )
    template = models.CharField("brief", max_length=12)
    mark = models.BinaryField("afdruk van het adres")
    address_sealed = models.BinaryField("adres")
    added_at = models.DateTimeField("toegevoegd op")

    class Meta:
        verbose_name = "briefadres"
        verbose_name_plural = "briefadressen"
        constraints = [
            models.UniqueConstraint(fields=["wave", "mark"], name="an_address_gets_one_letter_of_a_wave")
        ]

    class Privacy:
        personal = ("mark", "address_sealed")
        harmless = ("id", "wave", "template", "added_at")
