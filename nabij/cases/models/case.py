"""The case of one person, who helps in it, and how it ended."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Team
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.keys.sealing import Opener
from nabij.kit.models import Record
from nabij.notify.models import ContactRule
from nabij.people.models import ContactWish, Person


class Capacity(models.TextChoices):
    """What the event made of this person."""

    VICTIM = "victim", _("slachtoffer")
    BEREAVED = "bereaved", _("nabestaande")
    WITNESS = "witness", _("getuige")
    INVOLVED = "involved", _("betrokkene")
    RELATIVE = "relative", _("naaste van een vermiste")


class WayIn(models.TextChoices):
    """How the case came to us."""

    POLICE = "police", _("politie")
    REGISTRATION = "registration", _("aanmelding")
    RECEPTION = "reception", _("opvang")
    DOOR = "door", _("deur aan deur")
    OWN_REQUEST = "own_request", _("eigen vraag")
    MUNICIPALITY = "municipality", _("gemeente")
    PARTNER = "partner", _("partner")


class CaseState(models.TextChoices):
    """Where a case stands."""

    APPROACH = "approach", _("benaderen")
    ACTIVE = "active", _("loopt")
    CLOSED = "closed", _("afgesloten")


ALLOWED: dict[str, set[str]] = {
    CaseState.APPROACH: {CaseState.ACTIVE, CaseState.CLOSED},
    CaseState.ACTIVE: {CaseState.CLOSED},
    CaseState.CLOSED: {CaseState.ACTIVE},
}
OPEN_STATES = (CaseState.APPROACH, CaseState.ACTIVE)


class Case(Record):
    """The help given to one person after one event, or without one (dossier); `next_due_at` sorts every list.

    `helper` and `next_due_at` repeat what the rows of helpers and tasks say, so that a list reads one table.
    """

    reference = models.CharField("kenmerk", max_length=60, unique=True)
    person = models.ForeignKey(Person, verbose_name="persoon", related_name="+", on_delete=models.CASCADE)
    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", null=True, related_name="+", on_delete=models.PROTECT
    )
    wish = models.OneToOneField(
        ContactWish, verbose_name="contactwens", null=True, related_name="+", on_delete=models.SET_NULL
    )
    topic = models.CharField("soort gebeurtenis", max_length=40)
    is_severe = models.BooleanField("ernstig", default=False)
    is_minor = models.BooleanField("via de ouder of voogd bereikt", default=False)
    happened_on = models.DateField("gebeurd op", null=True)
    capacity = models.CharField("hoedanigheid", max_length=12, choices=Capacity.choices)
    way_in = models.CharField("komt via", max_length=16, choices=WayIn.choices)
    consent_version = models.CharField("versie van de tekst bij het ja", max_length=40)
    team = models.ForeignKey(Team, verbose_name="team", related_name="+", on_delete=models.PROTECT)
    helper = models.ForeignKey(
        Membership, verbose_name="hulpverlener", null=True, related_name="+", on_delete=models.PROTECT
    )
    state = models.CharField("stand", max_length=12, choices=CaseState.choices, default=CaseState.APPROACH)
    opened_at = models.DateTimeField("geopend op")
    next_due_at = models.DateTimeField("eerstvolgende moment", null=True)
    last_contact_at = models.DateTimeField("laatste contact", null=True)
    has_case_manager = models.BooleanField("toch wel of geen casemanager", null=True)
    override_reason_sealed = models.BinaryField("reden", blank=True)

    # Who was found to see this row, and when, with what was found out then: for one page, never stored.
    seen_by: tuple[Actor, datetime] | None = None
    is_helped_by: bool | None = None
    opener: Opener | None = None
    rule_seen: tuple[ContactRule | None] | None = None

    class Meta:
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        indexes = [
            models.Index(
                fields=["helper", "next_due_at", "id"],
                name="open_cases_of_helper",
                condition=~Q(state="closed"),
            ),
            models.Index(
                fields=["team", "next_due_at", "id"], name="open_cases_of_team", condition=~Q(state="closed")
            ),
            models.Index(
                fields=["team", "next_due_at", "id"], name="cases_to_approach", condition=Q(state="approach")
            ),
            models.Index(
                fields=["team", "-opened_at", "id"], name="closed_cases_of_team", condition=Q(state="closed")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "incident"], nulls_distinct=False, name="one_case_per_person_and_event"
            ),
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="a_case_has_a_known_state"),
            models.CheckConstraint(condition=~Q(consent_version=""), name="no_case_without_a_ground"),
            models.CheckConstraint(
                condition=Q(has_case_manager__isnull=True) | ~Q(override_reason_sealed=b""),
                name="an_override_has_a_reason",
            ),
        ]

    class Privacy:
        personal = (
            "person", "incident", "wish", "topic", "is_severe", "is_minor", "happened_on", "capacity",
            "override_reason_sealed",
        )  # fmt: skip
        harmless = (
            "id", "reference", "way_in", "consent_version", "team", "helper", "state", "opened_at",
            "next_due_at", "last_contact_at", "has_case_manager",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether help is still being given."""
        return self.state != CaseState.CLOSED


class Part(models.TextChoices):
    """The part somebody has in a case."""

    MAIN = "main", _("hulpverlener")
    DEPUTY = "deputy", _("vervanger")
    CASE_MANAGER = "case_manager", _("casemanager")
    BACK_UP = "back_up", _("achtervang van de casemanager")


class CaseHelper(Record):
    """Who helps in a case, in which part, from when till when (hulpverlener in een dossier)."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="helpers", on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    part = models.CharField("als", max_length=12, choices=Part.choices)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot", null=True)

    class Meta:
        verbose_name = "hulpverlener in een dossier"
        verbose_name_plural = "hulpverleners in een dossier"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "part"], condition=Q(ends_at__isnull=True), name="each_part_is_of_one_helper"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="helping_ends_after_it_starts",
            ),
        ]

    class Privacy:
        harmless = ("id", "case", "membership", "part", "starts_at", "ends_at")


class DeclinedHelp(Record):
    """Somebody met by the police who wants no help (afgezien van hulp): counted, without who."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", null=True, related_name="+", on_delete=models.PROTECT
    )
    organisation_id = models.UUIDField("gemeld door organisatie")
    topic = models.CharField("soort gebeurtenis", max_length=40)
    at = models.DateTimeField("op")

    class Meta:
        verbose_name = "afgezien van hulp"
        verbose_name_plural = "afgezien van hulp"

    class Privacy:
        harmless = ("id", "incident", "organisation_id", "topic", "at")
