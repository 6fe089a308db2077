"""Signals, and what the two sides decided about them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Municipality
from nabij.cases.models import Case
from nabij.kit.models import Record


class SignalKind(models.TextChoices):
    """Whom a signal is about."""

    GROUP = "group", _("een groep")
    AREA = "area", _("een plek of buurt")
    PERSON = "person", _("één persoon, met een ja")


class Signal(Record):
    """Something that a neighbourhood team notices (signaal); of one person only with consent, as a case."""

    kind = models.CharField("soort", max_length=8, choices=SignalKind.choices)
    subject = models.CharField("onderwerp", max_length=20)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    area = models.CharField("plek of buurt", max_length=120, blank=True)
    text_sealed = models.BinaryField("wat is gezien", blank=True)
    case = models.OneToOneField(
        Case, verbose_name="dossier", null=True, related_name="+", on_delete=models.SET_NULL
    )
    organisation_id = models.UUIDField("gestuurd door organisatie")
    sent_by = models.UUIDField("gestuurd door")
    sent_at = models.DateTimeField("gestuurd op")
    first_contact_at = models.DateTimeField("eerste contact op", null=True)
    reached = models.PositiveIntegerField("hoeveel mensen bereikt", null=True)

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        indexes = [models.Index(fields=["municipality", "-sent_at"], name="signals_of_municipality")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SignalKind.values), name="a_signal_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(first_contact_at__isnull=True) | Q(first_contact_at__gte=F("sent_at")),
                name="contact_comes_after_the_signal",
            ),
        ]

    class Privacy:
        personal = ("case", "text_sealed")
        harmless = (
            "id", "kind", "subject", "municipality", "area", "organisation_id", "sent_by", "sent_at",
            "first_contact_at", "reached",
        )  # fmt: skip


class Side(models.TextChoices):
    """The two who decide."""

    MUNICIPALITY = "municipality", _("gemeente")
    SUPPORT = "support", _("Slachtofferhulp")


class SignalDecision(Record):
    """What one side wants to do about a signal (besluit over een signaal); it holds when both agree."""

    signal = models.ForeignKey(
        Signal, verbose_name="signaal", related_name="decisions", on_delete=models.CASCADE
    )
    side = models.CharField("namens", max_length=12, choices=Side.choices)
    route = models.CharField("wat", max_length=10)
    by = models.UUIDField("door")
    at = models.DateTimeField("op")

    class Meta:
        verbose_name = "besluit over een signaal"
        verbose_name_plural = "besluiten over signalen"
        constraints = [models.UniqueConstraint(fields=["signal", "side"], name="one_decision_per_side")]

    class Privacy:
        harmless = ("id", "signal", "side", "route", "by", "at")
