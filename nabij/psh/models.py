"""Requests for staff with their offers; advice, plan, contacts, meetings and shelter of the core team."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Organisation
from nabij.incidents.models import Incident
from nabij.kit.models import Record


class RequestState(models.TextChoices):
    """Where a request for staff stands."""

    OPEN = "open", _("loopt")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class StaffRequest(Record):
    """The GGD asks for staff (personeelsverzoek): how many, for what, when, with which courses."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="gevraagd door", related_name="+", on_delete=models.PROTECT
    )
    asked_by = models.UUIDField("gevraagd door wie")
    asked_at = models.DateTimeField("gevraagd op")
    task = models.CharField("waarvoor", max_length=40)
    modules = ArrayField(models.CharField(max_length=20), verbose_name="ook nodig", default=list, blank=True)
    number = models.PositiveSmallIntegerField("hoeveel")
    where = models.CharField("waar", max_length=120)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    state = models.CharField("stand", max_length=10, choices=RequestState.choices, default=RequestState.OPEN)

    class Meta:
        verbose_name = "personeelsverzoek"
        verbose_name_plural = "personeelsverzoeken"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="staff_leave_after_they_come"
            ),
            models.CheckConstraint(condition=Q(number__range=(1, 200)), name="staff_are_asked_in_reason"),
        ]

    class Privacy:
        harmless = (
            "id", "incident", "organisation", "asked_by", "asked_at", "task", "modules", "number", "where",
            "starts_at", "ends_at", "state",
        )  # fmt: skip


class OfferState(models.TextChoices):
    """Where an offered person stands."""

    OFFERED = "offered", _("aangeboden")
    CONFIRMED = "confirmed", _("bevestigd")
    DROPPED = "dropped", _("valt af")
    DECLINED = "declined", _("kan niet")


O = OfferState  # noqa: E741  (read as a word in the table below)
ALLOWED: dict[str, set[str]] = {
    O.OFFERED: {O.CONFIRMED, O.DROPPED, O.DECLINED},
    O.CONFIRMED: {O.DROPPED, O.DECLINED},
    O.DROPPED: set(),
    O.DECLINED: {O.CONFIRMED, O.DROPPED},
}


class StaffOffer(Record):
    """One member of staff offered to the GGD (aangeboden medewerker)."""

    request = models.ForeignKey(
        StaffRequest, verbose_name="verzoek", related_name="offers", on_delete=models.PROTECT
    )
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    state = models.CharField("stand", max_length=10, choices=OfferState.choices, default=O.OFFERED)
    offered_at = models.DateTimeField("aangeboden op")
    offered_by = models.UUIDField("aangeboden door")
    decided_at = models.DateTimeField("beslist op", null=True)

    class Meta:
        verbose_name = "aangeboden medewerker"
        verbose_name_plural = "aangeboden medewerkers"
        constraints = [
            models.UniqueConstraint(fields=["request", "membership"], name="offered_once_per_request"),
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="a_known_offer_state"),
            models.CheckConstraint(
                condition=Q(state="offered") | Q(decided_at__isnull=False), name="a_decision_has_its_moment"
            ),
        ]

    class Privacy:
        harmless = ("id", "request", "membership", "state", "offered_at", "offered_by", "decided_at")


class Advice(Record):
    """A question of the core team and what was advised (PSH-advies); it stays in the core team."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    adviser = models.ForeignKey(
        Membership, verbose_name="adviseur", related_name="+", on_delete=models.PROTECT
    )
    question_sealed = models.BinaryField("vraag")
    advice_sealed = models.BinaryField("advies")
    given_at = models.DateTimeField("gegeven op")
    is_adopted = models.BooleanField("overgenomen", null=True)
    decided_at = models.DateTimeField("beslist op", null=True)

    class Meta:
        verbose_name = "PSH-advies"
        verbose_name_plural = "PSH-adviezen"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_adopted__isnull=True, decided_at__isnull=True)
                | Q(is_adopted__isnull=False, decided_at__isnull=False),
                name="advice_is_adopted_or_not_at_some_moment",
            )
        ]

    class Privacy:
        personal = ("question_sealed", "advice_sealed")
        harmless = ("id", "incident", "adviser", "given_at", "is_adopted", "decided_at")


class AftercarePlan(Record):
    """One version of the plan of the core team (PSH-nazorgplan); a version is never changed."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    version = models.PositiveSmallIntegerField("versie")
    text_sealed = models.BinaryField("inhoud")
    written_at = models.DateTimeField("geschreven op")
    written_by = models.UUIDField("geschreven door")

    class Meta:
        verbose_name = "PSH-nazorgplan"
        verbose_name_plural = "PSH-nazorgplannen"
        constraints = [
            models.UniqueConstraint(fields=["incident", "version"], name="a_plan_version_is_written_once")
        ]

    class Privacy:
        personal = ("text_sealed",)
        harmless = ("id", "incident", "version", "written_at", "written_by")


class FamilyContact(Record):
    """Who is the one contact person of a family (contactpersoon); the family is a letter and a number."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    family = models.CharField("gezin", max_length=6)
    contact = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot", null=True)

    class Meta:
        verbose_name = "contactpersoon van een gezin"
        verbose_name_plural = "contactpersonen van gezinnen"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "family"],
                condition=Q(ends_at__isnull=True),
                name="one_contact_person_per_family",
            ),
            models.CheckConstraint(condition=Q(family__regex=r"^[A-Z]\d{1,4}$"), name="a_family_is_a_code"),
        ]

    class Privacy:
        harmless = ("id", "incident", "family", "contact", "starts_at", "ends_at")


class MeetingFor(models.TextChoices):
    """For whom a meeting is."""

    BEREAVED = "bereaved", _("nabestaanden")
    RESIDENTS = "residents", _("bewoners")
    STAFF = "staff", _("hulpverleners")


class PshMeeting(Record):
    """A meeting that the core team plans (PSH-bijeenkomst)."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    audience = models.CharField("voor wie", max_length=12, choices=MeetingFor.choices)
    where = models.CharField("waar", max_length=120)
    starts_at = models.DateTimeField("begint op")

    class Meta:
        verbose_name = "PSH-bijeenkomst"
        verbose_name_plural = "PSH-bijeenkomsten"

    class Privacy:
        harmless = ("id", "incident", "audience", "where", "starts_at")


class ShelterCount(Record):
    """How many people were in the emergency shelter at a moment (stand van de noodopvang); never who."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    people = models.PositiveIntegerField("hoeveel mensen")
    counted_at = models.DateTimeField("geteld op")
    counted_by = models.UUIDField("geteld door")
    is_rehousing_decided = models.BooleanField("herhuisvesting besloten", default=False)

    class Meta:
        verbose_name = "stand van de noodopvang"
        verbose_name_plural = "standen van de noodopvang"

    class Privacy:
        harmless = ("id", "incident", "people", "counted_at", "counted_by", "is_rehousing_decided")
