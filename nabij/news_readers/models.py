"""Readers of the news of a centre who gave an address and nothing else."""

from django.db import models
from django.db.models import F, Q

from nabij.centres.models import AdviceCentre, Language
from nabij.kit.models import Record


class NewsReader(Record):
    """Who asked the news of one centre by e-mail (nieuwslezer) without registering, and nothing else of them.

    The address lies sealed in a contact point; what is here tells it apart within the centre. Ended, the
    address and its mark are gone and only the moments stay.
    """

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    address_index = models.BinaryField("afdruk van het adres", null=True)
    language = models.CharField("taal", max_length=8, choices=Language.choices)
    sent_at = models.DateTimeField("verstuurd op, volgens de webmachine")
    asked_at = models.DateTimeField("gevraagd op")
    asks = models.PositiveSmallIntegerField("keren gevraagd binnen de termijn", default=1)
    waits_since_at = models.DateTimeField("wacht op een mail sinds", null=True)
    is_flooded = models.BooleanField("kwam in een stroom", default=False)
    mailed_at = models.DateTimeField("link gemaild op", null=True)
    confirm_hash = models.CharField("kenmerk van de link", max_length=64, null=True, unique=True)
    confirmed_at = models.DateTimeField("bevestigd op", null=True)
    ended_at = models.DateTimeField("gestopt op", null=True)

    class Meta:
        verbose_name = "nieuwslezer"
        verbose_name_plural = "nieuwslezers"
        indexes = [
            models.Index(
                fields=["waits_since_at"], name="readers_that_wait", condition=Q(waits_since_at__isnull=False)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["centre", "address_index"], name="an_address_reads_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) ^ Q(address_index__isnull=True),
                name="who_stopped_left_no_address",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(confirm_hash__isnull=True, waits_since_at__isnull=True),
                name="who_stopped_waits_for_nothing",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(mailed_at__isnull=False),
                name="only_a_mail_can_be_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("asked_at")),
                name="a_reader_stops_after_asking",
            ),
        ]

    class Privacy:
        personal = ("address_index", "confirm_hash")
        harmless = (
            "id", "centre", "language", "sent_at", "asked_at", "asks", "waits_since_at", "is_flooded",
            "mailed_at", "confirmed_at", "ended_at",
        )  # fmt: skip
