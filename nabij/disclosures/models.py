"""What was handed to whom: exports by consent, their lines and copies, and what must be deleted again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nabij.accounts.models import Membership
from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.people.models import Receiver


class NamedReceiver(Record):
    """A member of a receiver who may collect its exports (ontvanger van een verstrekking), by name."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    receiver = models.CharField("ontvanger", max_length=20, choices=Receiver.choices)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    named_at = models.DateTimeField("aangewezen op")
    named_by = models.UUIDField("aangewezen door")
    ended_at = models.DateTimeField("tot", null=True)

    class Meta:
        verbose_name = "ontvanger van een verstrekking"
        verbose_name_plural = "ontvangers van een verstrekking"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "receiver", "membership"],
                condition=Q(ended_at__isnull=True),
                name="named_once_at_a_time",
            ),
        ]

    class Privacy:
        harmless = ("id", "incident", "receiver", "membership", "named_at", "named_by", "ended_at")


class Disclosure(Record):
    """Everybody who said yes to one receiver at one moment (verstrekking), sealed, until the next."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    receiver = models.CharField("ontvanger", max_length=20, choices=Receiver.choices)
    number = models.PositiveIntegerField("nummer")
    count = models.PositiveIntegerField("aantal mensen")
    rows_sealed = models.BinaryField("regels", blank=True)
    made_at = models.DateTimeField("gemaakt op")
    made_by = models.UUIDField("gemaakt door", null=True)
    replaced_at = models.DateTimeField("vervangen of gewist op", null=True)

    class Meta:
        verbose_name = "verstrekking"
        verbose_name_plural = "verstrekkingen"
        indexes = [models.Index(fields=["made_at"], name="disclosures_by_moment")]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "receiver", "number"], name="one_disclosure_per_number"
            ),
            models.UniqueConstraint(
                fields=["incident", "receiver"],
                condition=Q(replaced_at__isnull=True),
                name="one_disclosure_holds",
            ),
            models.CheckConstraint(
                condition=Q(receiver__in=Receiver.values), name="a_disclosure_has_a_known_receiver"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) ^ Q(rows_sealed=b""),
                name="what_was_replaced_is_gone",
            ),
        ]

    class Privacy:
        personal = ("rows_sealed",)
        harmless = (
            "id", "incident", "receiver", "number", "count", "made_at", "made_by", "replaced_at",
        )  # fmt: skip

    @property
    def mark(self) -> str:
        """How this export is named on paper: event, receiver and number."""
        return f"{self.incident.reference} · {self.get_receiver_display()} · {self.number}"


class DisclosedLine(Record):
    """That one registration stood in an export (regel van een verstrekking); kept to ask for its deletion."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="verstrekking", related_name="lines", on_delete=models.CASCADE
    )
    registration_id = models.UUIDField("aanmelding", db_index=True)
    reference = models.CharField("kenmerk", max_length=40)

    class Meta:
        verbose_name = "regel van een verstrekking"
        verbose_name_plural = "regels van een verstrekking"
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "registration_id"], name="one_line_per_person"),
        ]

    class Privacy:
        personal = ("registration_id",)
        harmless = ("id", "disclosure", "reference")


class Copy(Record):
    """An export that somebody collected (exemplaar van een verstrekking), with its own number on it."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="verstrekking", related_name="copies", on_delete=models.CASCADE
    )
    number = models.PositiveIntegerField("exemplaar")
    form = models.CharField("vorm", max_length=4, choices=[("csv", "CSV"), ("pdf", "PDF")])
    membership = models.ForeignKey(
        Membership, verbose_name="opgehaald door", related_name="+", on_delete=models.PROTECT
    )
    collected_at = models.DateTimeField("opgehaald op")

    class Meta:
        verbose_name = "exemplaar van een verstrekking"
        verbose_name_plural = "exemplaren van een verstrekking"
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="one_copy_per_number"),
        ]

    class Privacy:
        harmless = ("id", "disclosure", "number", "form", "membership", "collected_at")


class Withdrawal(Record):
    """A receiver must delete lines of people who took their yes back (intrekkingsbericht), and confirm it."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    receiver = models.CharField("ontvanger", max_length=20, choices=Receiver.choices)
    membership = models.ForeignKey(
        Membership, verbose_name="aan wie", related_name="+", on_delete=models.PROTECT
    )
    registrations = ArrayField(models.UUIDField(), verbose_name="aanmeldingen")
    references = ArrayField(models.CharField(max_length=40), verbose_name="kenmerken")
    told_at = models.DateTimeField("bericht gestuurd op")
    reminded_at = models.DateTimeField("laatst herinnerd op")
    confirmed_at = models.DateTimeField("bevestigd op", null=True)
    confirmed_by = models.UUIDField("bevestigd door", null=True)

    class Meta:
        verbose_name = "intrekkingsbericht"
        verbose_name_plural = "intrekkingsberichten"
        indexes = [
            models.Index(
                fields=["reminded_at"],
                name="withdrawals_not_confirmed",
                condition=Q(confirmed_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__gte=F("told_at"), confirmed_by__isnull=False),
                name="a_deletion_is_confirmed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(registrations=[]), name="a_withdrawal_names_lines"),
        ]

    class Privacy:
        personal = ("registrations",)
        harmless = (
            "id", "incident", "receiver", "membership", "references", "told_at", "reminded_at",
            "confirmed_at", "confirmed_by",
        )  # fmt: skip
