"""What stands inside: contact persons, meetings with their places, and documents under embargo."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nabij.accounts.models import Membership, User
from nabij.centres.models import AdviceCentre
from nabij.closed_part.models.relations import Relation
from nabij.closed_part.models.verifying import Verification
from nabij.kit.models import Record


def _relations() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=10, choices=Relation.choices), verbose_name="voor wie")


def _for_somebody(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(relations__len__gt=0), name=name)


class ContactPerson(Record):
    """Whom people inside may ask for by name (contactpersoon in het besloten deel)."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    relations = _relations()
    starts_at = models.DateTimeField("vanaf")
    ends_at = models.DateTimeField("tot", null=True)

    class Meta:
        verbose_name = "contactpersoon in het besloten deel"
        verbose_name_plural = "contactpersonen in het besloten deel"
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "membership"],
                condition=Q(ends_at__isnull=True),
                name="a_contact_person_once_at_a_time",
            ),
            _for_somebody("a_contact_person_for_somebody"),
        ]

    class Privacy:
        harmless = ("id", "centre", "membership", "relations", "starts_at", "ends_at")


class ClosedMeeting(Record):
    """A meeting only for people inside (besloten bijeenkomst); where it is, nobody outside can read."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    title = models.CharField("wat", max_length=120)
    where_sealed = models.BinaryField("waar")
    relations = _relations()
    seats = models.PositiveSmallIntegerField("plaatsen")
    starts_at = models.DateTimeField("begint op")
    ends_at = models.DateTimeField("eindigt op")
    made_at = models.DateTimeField("gemaakt op")
    made_by = models.UUIDField("gemaakt door")
    cancelled_at = models.DateTimeField("afgezegd op", null=True)

    class Meta:
        verbose_name = "besloten bijeenkomst"
        verbose_name_plural = "besloten bijeenkomsten"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_closed_meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(seats__range=(1, 2000)), name="seats_in_reason"),
            _for_somebody("a_closed_meeting_for_somebody"),
            models.CheckConstraint(
                condition=~Q(relations__contains=[Relation.APART.value])
                | Q(relations=[Relation.APART.value]),
                name="a_suspects_family_meets_nobody_else",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "centre", "title", "where_sealed", "relations", "seats", "starts_at", "ends_at", "made_at",
            "made_by", "cancelled_at",
        )  # fmt: skip


class SignUp(Record):
    """Somebody comes to a meeting, with how many (aanmelding voor een bijeenkomst)."""

    meeting = models.ForeignKey(
        ClosedMeeting, verbose_name="bijeenkomst", related_name="sign_ups", on_delete=models.CASCADE
    )
    verification = models.ForeignKey(
        Verification, verbose_name="verificatie", related_name="+", on_delete=models.CASCADE
    )
    number = models.PositiveSmallIntegerField("met hoeveel")
    signed_up_at = models.DateTimeField("aangemeld op")
    left_at = models.DateTimeField("afgemeld op", null=True)

    class Meta:
        verbose_name = "aanmelding voor een bijeenkomst"
        verbose_name_plural = "aanmeldingen voor een bijeenkomst"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "verification"],
                condition=Q(left_at__isnull=True),
                name="signed_up_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="somebody_comes"),
        ]

    class Privacy:
        personal = ("verification", "number")
        harmless = ("id", "meeting", "signed_up_at", "left_at")


class ClosedDocument(Record):
    """A paper for people inside (besloten stuk), read from a moment on; one adds it, another releases it."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    title = models.CharField("titel", max_length=120)
    form = models.CharField("vorm", max_length=3)
    size = models.PositiveIntegerField("grootte")
    relations = _relations()
    shown_from_at = models.DateTimeField("te lezen vanaf")
    added_at = models.DateTimeField("toegevoegd op")
    added_by = models.ForeignKey(
        User, verbose_name="toegevoegd door", related_name="+", on_delete=models.PROTECT
    )
    released_at = models.DateTimeField("vrijgegeven op", null=True)
    released_by = models.ForeignKey(
        User, verbose_name="vrijgegeven door", null=True, related_name="+", on_delete=models.PROTECT
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)
    withdrawn_by = models.UUIDField("ingetrokken door", null=True)

    class Meta:
        verbose_name = "besloten stuk"
        verbose_name_plural = "besloten stukken"
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(released_by=F("added_by"))),
                name="a_closed_document_is_released_by_another",
            ),
            _for_somebody("a_closed_document_for_somebody"),
        ]

    class Privacy:
        harmless = (
            "id", "centre", "title", "form", "size", "relations", "shown_from_at", "added_at", "added_by",
            "released_at", "released_by", "withdrawn_at", "withdrawn_by",
        )  # fmt: skip


class ClosedDocumentContent(Record):
    """The sealed bytes of a paper (inhoud van een besloten stuk); gone when it is withdrawn."""

    document = models.OneToOneField(
        ClosedDocument, verbose_name="besloten stuk", related_name="content", on_delete=models.CASCADE
    )
    bytes_sealed = models.BinaryField("inhoud")

    class Meta:
        verbose_name = "inhoud van een besloten stuk"
        verbose_name_plural = "inhoud van besloten stukken"

    class Privacy:
        harmless = ("id", "document", "bytes_sealed")
