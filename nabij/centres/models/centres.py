"""Commissions, centres, their texts and the versions of each text."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Organisation, User
from nabij.incidents.models import Incident
from nabij.kit.models import Record


class CommissionKind(models.TextChoices):
    """How a commission came in."""

    FORM = "form", _("met het formulier")
    SPOKEN = "spoken", _("mondeling")


class Audience(models.TextChoices):
    """For whom a centre is meant."""

    DIRECT = "direct", _("mensen die het meemaakten")
    BEREAVED = "bereaved", _("nabestaanden")
    FAMILY = "family", _("familie en vrienden")
    RESIDENTS = "residents", _("bewoners en omwonenden")
    WITNESSES = "witnesses", _("getuigen")
    RESPONDERS = "responders", _("hulpverleners")
    PUBLIC = "public", _("iedereen")


class CentreStatus(models.TextChoices):
    """Where a centre stands."""

    COMMISSIONED = "commissioned", _("opdracht gegeven")
    BUILDING = "building", _("in opbouw")
    LIVE = "live", _("live")
    OFFLINE = "offline", _("offline gehaald")


ALLOWED: dict[str, set[str]] = {
    CentreStatus.COMMISSIONED: {CentreStatus.BUILDING},
    CentreStatus.BUILDING: {CentreStatus.LIVE},
    CentreStatus.LIVE: {CentreStatus.OFFLINE},
    CentreStatus.OFFLINE: {CentreStatus.LIVE},
}


class Language(models.TextChoices):
    """The languages in which a centre is written."""

    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "Engels"
    TURKISH = "tr", "Turks"
    ARABIC = "ar", "Arabisch"
    POLISH = "pl", "Pools"
    UKRAINIAN = "uk", "Oekraïens"


BASE_LANGUAGES = (Language.DUTCH.value, Language.ENGLISH.value)


class Readership(models.TextChoices):
    """Who reads a text: everybody, or only people in the closed part."""

    OPEN = "open", _("iedereen")
    CLOSED = "closed", _("alleen het besloten deel")


def both_or_none(first: str, second: str, name: str) -> models.CheckConstraint:
    """Two columns that are filled together."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=name,
    )


class Commission(Record):
    """The order to open a centre (opdracht): who gives it, controls the data, and speaks."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    kind = models.CharField("hoe gegeven", max_length=10, choices=CommissionKind.choices)
    organisation = models.ForeignKey(
        Organisation, verbose_name="opdrachtgevende organisatie", related_name="+", on_delete=models.PROTECT
    )
    commissioner_sealed = models.BinaryField("opdrachtgever")
    commissioner_email_sealed = models.BinaryField("e-mailadres van de opdrachtgever", blank=True)
    controller = models.CharField("verwerkingsverantwoordelijke", max_length=160)
    spokesman_sealed = models.BinaryField("woordvoerder")
    name_reason_sealed = models.BinaryField("waarom de naam zo mag", blank=True)
    area = models.CharField("gebied", max_length=200)
    audiences = models.JSONField("doelgroepen", default=list)
    wants_closed_part = models.BooleanField("besloten deel gewenst", default=False)
    commissioned_at = models.DateTimeField("opdracht gegeven op")
    entered_at = models.DateTimeField("ingevoerd op")
    entered_by = models.ForeignKey(
        Membership, verbose_name="ingevoerd door", related_name="+", on_delete=models.PROTECT
    )
    confirm_hash = models.CharField("sleutel van de bevestigingslink", max_length=64, null=True, unique=True)
    confirm_until = models.DateTimeField("bevestigen kan tot", null=True)
    confirmed_at = models.DateTimeField("bevestigd op", null=True)
    confirmed_by = models.UUIDField("bevestigd door", null=True)

    class Meta:
        verbose_name = "opdracht"
        verbose_name_plural = "opdrachten"
        constraints = [
            models.UniqueConstraint(fields=["incident"], name="one_commission_per_incident"),
            models.CheckConstraint(
                condition=~Q(commissioner_sealed=b""), name="a_commission_has_a_commissioner"
            ),
            models.CheckConstraint(condition=~Q(spokesman_sealed=b""), name="a_commission_has_a_spokesman"),
            models.CheckConstraint(condition=~Q(controller=""), name="a_commission_has_a_controller"),
            models.CheckConstraint(
                condition=Q(kind__in=CommissionKind.values), name="a_commission_has_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=CommissionKind.SPOKEN) | Q(confirmed_at__isnull=False),
                name="a_commission_by_form_is_confirmed",
            ),
            both_or_none("confirmed_at", "confirmed_by", "commission_confirmed_by_somebody"),
            both_or_none("confirm_hash", "confirm_until", "a_confirmation_link_ends"),
        ]

    class Privacy:
        personal = (
            "commissioner_sealed", "commissioner_email_sealed", "spokesman_sealed", "name_reason_sealed",
        )  # fmt: skip
        harmless = (
            "id", "incident", "kind", "organisation", "controller", "area", "audiences", "wants_closed_part",
            "commissioned_at", "entered_at", "entered_by", "confirm_hash", "confirm_until", "confirmed_at",
            "confirmed_by",
        )  # fmt: skip

    @property
    def is_confirmed(self) -> bool:
        """Whether the commissioner has said so himself, by form or by link."""
        return self.confirmed_at is not None


class AdviceCentre(Record):
    """One information and advice centre (IAC) of one incident."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    commission = models.OneToOneField(
        Commission, verbose_name="opdracht", related_name="centre", on_delete=models.PROTECT
    )
    status = models.CharField(
        "status", max_length=12, choices=CentreStatus.choices, default=CentreStatus.COMMISSIONED
    )
    name = models.CharField("naam op de site", max_length=120)
    slug = models.SlugField("kort adres", max_length=60, unique=True)
    target_at = models.DateTimeField("uiterlijk live")
    built_at = models.DateTimeField("ingericht op", null=True)
    live_at = models.DateTimeField("live op", null=True)
    live_by = models.ForeignKey(
        Membership, verbose_name="live gezet door", null=True, related_name="+", on_delete=models.PROTECT
    )
    late_reason_sealed = models.BinaryField("reden van te laat", blank=True)
    late_reason_at = models.DateTimeField("reden gegeven op", null=True)
    late_reason_by = models.ForeignKey(
        Membership, verbose_name="reden gegeven door", null=True, related_name="+", on_delete=models.PROTECT
    )
    offline_at = models.DateTimeField("offline gehaald op", null=True)
    archived_at = models.DateTimeField("gearchiveerd op", null=True)
    next_message_at = models.DateTimeField("volgende bericht", null=True, blank=True)

    class Meta:
        verbose_name = "informatie- en adviescentrum (IAC)"
        verbose_name_plural = "informatie- en adviescentra (IAC)"
        constraints = [
            models.UniqueConstraint(fields=["incident"], name="one_centre_per_incident"),
            models.CheckConstraint(
                condition=Q(status__in=CentreStatus.values), name="a_centre_has_a_known_status"
            ),
            both_or_none("live_at", "live_by", "centre_live_by_somebody"),
            both_or_none("late_reason_at", "late_reason_by", "late_reason_by_somebody"),
            models.CheckConstraint(
                condition=Q(status__in=[CentreStatus.LIVE, CentreStatus.OFFLINE], live_at__isnull=False)
                | Q(status__in=[CentreStatus.COMMISSIONED, CentreStatus.BUILDING], live_at__isnull=True),
                name="a_live_centre_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(status=CentreStatus.OFFLINE, offline_at__isnull=False)
                | (~Q(status=CentreStatus.OFFLINE) & Q(offline_at__isnull=True)),
                name="an_offline_centre_has_its_moment",
            ),
        ]

    class Privacy:
        personal = ("late_reason_sealed",)
        harmless = (
            "id", "incident", "commission", "status", "name", "slug", "target_at", "built_at", "live_at",
            "live_by",
            "late_reason_at", "late_reason_by", "offline_at", "archived_at", "next_message_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """The public page in Dutch, other languages below their code; an exercise stands at none like it."""
        return f"/{'oefening' if self.incident.is_exercise else 'iac'}/{self.slug}/"

    @property
    def is_live(self) -> bool:
        """Whether the public can read it now."""
        return self.status == CentreStatus.LIVE

    @property
    def minutes(self) -> int | None:
        """Whole minutes from commission to live, never one within the norm when it was late; None before."""
        if self.live_at is None:
            return None
        minute, started = timedelta(minutes=1), self.commission.commissioned_at
        allowed = (self.target_at - started) // minute
        return max((self.live_at - started) // minute, allowed + 1 if self.is_late else 0)

    @property
    def is_late(self) -> bool:
        """Whether it went live after its target."""
        return self.live_at is not None and self.live_at > self.target_at

    @property
    def needs_reason(self) -> bool:
        """Whether somebody must still say why it was late."""
        return self.is_late and self.late_reason_at is None


QUESTION = "q-"  # begins the code of a question with its answer


class CentreText(Record):
    """One piece of a centre in one language (tekst): a section, or a message with moment and source."""

    centre = models.ForeignKey(
        AdviceCentre, verbose_name="IAC", related_name="texts", on_delete=models.CASCADE
    )
    section = models.CharField("onderdeel", max_length=30)
    language = models.CharField("taal", max_length=2, choices=Language.choices)
    is_message = models.BooleanField("bericht", default=False)
    stated_at = models.DateTimeField("moment van het bericht", null=True)
    source = models.CharField("bron", max_length=120, blank=True)
    message_key = models.UUIDField("zelfde bericht in andere talen", null=True)
    audience = models.CharField("voor wie", max_length=6, choices=Readership.choices, default=Readership.OPEN)
    embargo_minutes = models.PositiveSmallIntegerField("minuten later openbaar", default=0)

    class Meta:
        verbose_name = "tekst"
        verbose_name_plural = "teksten"
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "section", "language"],
                condition=Q(is_message=False),
                name="one_text_per_section_and_language",
            ),
            models.CheckConstraint(
                condition=(
                    Q(is_message=True, stated_at__isnull=False, message_key__isnull=False) & ~Q(source="")
                )
                | Q(is_message=False, stated_at__isnull=True, message_key__isnull=True, source=""),
                name="a_message_has_moment_and_source",
            ),
            models.UniqueConstraint(
                fields=["centre", "message_key", "language"], name="one_text_per_message_and_language"
            ),
            models.CheckConstraint(
                condition=Q(audience=Readership.OPEN)
                | Q(audience=Readership.CLOSED, is_message=True, embargo_minutes=0),
                name="only_a_message_is_for_the_closed_part",
            ),
            models.CheckConstraint(
                condition=Q(is_message=True) | Q(embargo_minutes=0), name="only_a_message_has_an_embargo"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="a_text_has_a_known_language"
            ),
        ]

    class Privacy:
        harmless = (
            "id", "centre", "section", "language", "is_message", "stated_at", "source", "message_key",
            "audience", "embargo_minutes",
        )  # fmt: skip

    @property
    def needs_two(self) -> bool:
        """Whether one person reads a ready-made translation and another approves it."""
        return self.language not in BASE_LANGUAGES

    @property
    def is_question(self) -> bool:
        """Whether it is one question with its answer; its first line is the question."""
        return self.section.startswith(QUESTION)


class TextVersion(Record):
    """One version of a text (tekstversie): written by one person, approved by another, never changed."""

    text = models.ForeignKey(
        CentreText, verbose_name="tekst", related_name="versions", on_delete=models.CASCADE
    )
    number = models.PositiveSmallIntegerField("versie")
    based_on = models.PositiveSmallIntegerField("geschreven op basis van versie", default=0)
    replaces = models.PositiveSmallIntegerField("komt in de plaats van versie", null=True)
    body = models.TextField("inhoud")
    author = models.ForeignKey(
        User, verbose_name="geschreven door", null=True, related_name="+", on_delete=models.PROTECT
    )
    created_at = models.DateTimeField("geschreven op")
    approved_at = models.DateTimeField("goedgekeurd op", null=True)
    approved_by = models.ForeignKey(
        User, verbose_name="goedgekeurd door", null=True, related_name="+", on_delete=models.PROTECT
    )
    public_at = models.DateTimeField("openbaar vanaf", null=True)
    told_at = models.DateTimeField("op de site gezet op", null=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)
    withdrawn_by = models.ForeignKey(
        User, verbose_name="ingetrokken door", null=True, related_name="+", on_delete=models.PROTECT
    )
    withdraw_reason_sealed = models.BinaryField("reden van intrekken", blank=True)

    class Meta:
        verbose_name = "tekstversie"
        verbose_name_plural = "tekstversies"
        indexes = [
            models.Index(
                fields=["public_at"],
                name="embargoes_that_end",
                condition=Q(public_at__isnull=False, told_at__isnull=True, withdrawn_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(approved_by__isnull=True) | ~Q(author=F("approved_by")),
                name="four_eyes",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="a_version_says_something"),
            models.UniqueConstraint(fields=["text", "replaces"], name="no_version_overwrites_unseen"),
            models.CheckConstraint(condition=Q(based_on__lt=F("number")), name="a_version_follows_its_base"),
            both_or_none("approved_at", "replaces", "an_approved_version_has_its_place"),
            models.CheckConstraint(
                condition=Q(public_at__isnull=True) | Q(approved_at__isnull=False),
                name="only_approved_versions_are_public",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(public_at__isnull=False, told_at__gte=F("public_at")),
                name="no_version_is_told_before_it_is_public",
            ),
            both_or_none("approved_at", "approved_by", "version_approved_by_somebody"),
            both_or_none("withdrawn_at", "withdrawn_by", "version_withdrawn_by_somebody"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdraw_reason_sealed=b""),
                name="a_withdrawal_has_its_reason",
            ),
        ]

    class Privacy:
        personal = ("withdraw_reason_sealed",)
        harmless = (
            "id", "text", "number", "based_on", "replaces", "body", "author", "created_at", "approved_at",
            "approved_by", "public_at", "told_at", "withdrawn_at", "withdrawn_by",
        )  # fmt: skip

    @property
    def is_from_template(self) -> bool:
        """Whether nobody wrote it here: it came with the template."""
        return self.author_id is None
