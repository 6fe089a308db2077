"""What a municipality made of a template: its editions, who approved them, and letters in bulk."""

from collections.abc import Mapping

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.flyers.content import Words, templates
from nabij.kit.models import Record

BOTH = [OrganisationKind.MUNICIPALITY.value, OrganisationKind.VICTIM_SUPPORT.value]


class Leaflet(Record):
    """A template as one municipality uses it (drukwerk)."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    template = models.CharField("sjabloon", max_length=20)

    class Meta:
        verbose_name = "drukwerk"
        verbose_name_plural = "drukwerk"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "template"], name="one_leaflet_per_template")
        ]

    class Privacy:
        harmless = ("id", "organisation", "template")


class EditionState(models.TextChoices):
    """Where an edition stands."""

    DRAFT = "draft", _("concept")
    SENT = "sent", _("wacht op akkoord")
    APPROVED = "approved", _("goedgekeurd")
    REPLACED = "replaced", _("vervangen")
    WITHDRAWN = "withdrawn", _("ingetrokken")


ALLOWED: dict[EditionState, frozenset[EditionState]] = {
    EditionState.DRAFT: frozenset({EditionState.SENT, EditionState.WITHDRAWN}),
    EditionState.SENT: frozenset({EditionState.APPROVED, EditionState.DRAFT}),
    EditionState.APPROVED: frozenset({EditionState.REPLACED, EditionState.WITHDRAWN}),
    EditionState.REPLACED: frozenset(),
    EditionState.WITHDRAWN: frozenset(),
}
OPEN = (EditionState.DRAFT, EditionState.SENT)


class Edition(Record):
    """One version of a leaflet, the same number in all its languages (uitgave)."""

    leaflet = models.ForeignKey(
        Leaflet, verbose_name="drukwerk", related_name="editions", on_delete=models.PROTECT
    )
    number = models.PositiveIntegerField("versie")
    texts = models.JSONField("teksten")
    checked_languages = ArrayField(
        models.CharField(max_length=2), verbose_name="nagelezen talen", default=list, blank=True
    )
    state = models.CharField("stand", max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    approved_kinds = ArrayField(
        models.CharField(max_length=20), verbose_name="akkoord van", default=list, blank=True
    )
    refusal = models.CharField("waarom niet akkoord", max_length=500, blank=True)
    written_at = models.DateTimeField("geschreven op")
    written_by = models.UUIDField("geschreven door")
    sent_at = models.DateTimeField("voorgelegd op", null=True)
    approved_at = models.DateTimeField("goedgekeurd op", null=True)
    ended_at = models.DateTimeField("niet meer in gebruik sinds", null=True)

    class Meta:
        verbose_name = "uitgave van drukwerk"
        verbose_name_plural = "uitgaven van drukwerk"
        constraints = [
            models.UniqueConstraint(fields=["leaflet", "number"], name="an_edition_number_per_leaflet"),
            models.UniqueConstraint(
                fields=["leaflet"], condition=Q(state="approved"), name="one_approved_edition_per_leaflet"
            ),
            models.UniqueConstraint(
                fields=["leaflet"],
                condition=Q(state__in=["draft", "sent"]),
                name="one_open_edition_per_leaflet",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "replaced"])
                | Q(approved_kinds__contains=BOTH, approved_at__isnull=False),
                name="approved_means_both_organisations",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True, approved_kinds=[])
                | (~Q(state="draft") & (Q(state="withdrawn") | Q(sent_at__isnull=False))),
                name="a_draft_has_no_approvals",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["replaced", "withdrawn"], ended_at__isnull=False)
                | (~Q(state__in=["replaced", "withdrawn"]) & Q(ended_at__isnull=True)),
                name="what_is_replaced_or_withdrawn_ended",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "leaflet", "number", "texts", "checked_languages", "state", "approved_kinds", "refusal",
            "written_at", "written_by", "sent_at", "approved_at", "ended_at",
        )  # fmt: skip

    @property
    def template_name(self) -> str:
        """What it is called, in the reader's language."""
        return templates()[self.leaflet.template].name

    @property
    def words(self) -> Mapping[str, Words]:
        """The text in each of its languages."""
        return {language: Words(told["title"], told["body"]) for language, told in self.texts.items()}

    @property
    def printable(self) -> dict[str, Words]:
        """The languages that somebody who speaks them has read; no other is handed out."""
        return {each: words for each, words in self.words.items() if each in self.checked_languages}


class EditionApproval(Record):
    """That one of both organisations agrees with an edition (akkoord met een uitgave)."""

    edition = models.ForeignKey(
        Edition, verbose_name="uitgave", related_name="approvals", on_delete=models.CASCADE
    )
    organisation_kind = models.CharField("namens", max_length=20, choices=OrganisationKind.choices)
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="+", on_delete=models.PROTECT
    )
    approved_at = models.DateTimeField("op")
    approved_by = models.UUIDField("door")

    class Meta:
        verbose_name = "akkoord met een uitgave"
        verbose_name_plural = "akkoorden met uitgaven"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "organisation_kind"], name="one_approval_of_each_organisation"
            ),
            models.CheckConstraint(condition=Q(organisation_kind__in=BOTH), name="only_both_approve"),
        ]

    class Privacy:
        harmless = ("id", "edition", "organisation_kind", "organisation", "approved_at", "approved_by")


class JobState(models.TextChoices):
    """Where a job of letters stands."""

    WAITING = "waiting", _("wacht")
    RUNNING = "running", _("bezig")
    READY = "ready", _("klaar")
    FAILED = "failed", _("mislukt")


class LetterJob(Record):
    """Letters to many addresses, asked in one go (brievenopdracht) and made bundle by bundle."""

    edition = models.ForeignKey(Edition, verbose_name="uitgave", related_name="+", on_delete=models.PROTECT)
    languages = ArrayField(models.CharField(max_length=2), verbose_name="talen")
    fields = models.JSONField("ingevuld")
    count = models.PositiveIntegerField("aantal adressen")
    done = models.PositiveIntegerField("aantal gemaakt", default=0)
    addresses_sealed = models.BinaryField("adressen")
    state = models.CharField("stand", max_length=10, choices=JobState.choices, default=JobState.WAITING)
    error_code = models.CharField("fout", max_length=20, blank=True)
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.UUIDField("gevraagd door")
    ended_at = models.DateTimeField("klaar op", null=True)

    class Meta:
        verbose_name = "brievenopdracht"
        verbose_name_plural = "brievenopdrachten"
        indexes = [models.Index(fields=["asked_at"], name="letters_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(done=F("count")), name="ready_letters_are_all_there"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("count")), name="no_more_letters_than_were_asked"),
            models.CheckConstraint(
                condition=Q(state="failed") ^ Q(error_code=""), name="failed_letters_say_why"
            ),
        ]

    class Privacy:
        personal = ("addresses_sealed",)
        harmless = (
            "id", "edition", "languages", "fields", "count", "done", "state", "error_code", "asked_at",
            "asked_by", "ended_at",
        )  # fmt: skip

    @property
    def is_busy(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def template_name(self) -> str:
        """What is sent, in the reader's language."""
        return self.edition.template_name

    @property
    def error_in_words(self) -> str:
        """What went wrong and what to do."""
        if self.error_code == "sign":
            return gettext("Er staat een teken in dat we niet kunnen afdrukken. Maak de brieven opnieuw.")
        return gettext("Er ging iets mis. Probeer het nog een keer. Lukt het weer niet? Bel de beheerder.")


class LetterBundle(Record):
    """Some letters of a job as one PDF (brievenbundel), sealed with the key of the job; made once."""

    job = models.ForeignKey(
        LetterJob, verbose_name="brievenopdracht", related_name="bundles", on_delete=models.CASCADE
    )
    number = models.PositiveSmallIntegerField("nummer")
    count = models.PositiveSmallIntegerField("aantal brieven")
    paper_sealed = models.BinaryField("brieven")

    class Meta:
        verbose_name = "brievenbundel"
        verbose_name_plural = "brievenbundels"
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="each_bundle_is_made_once"),
            models.CheckConstraint(
                condition=Q(count__gt=0) & ~Q(paper_sealed=b""), name="a_bundle_has_letters"
            ),
        ]

    class Privacy:
        personal = ("paper_sealed",)
        harmless = ("id", "job", "number", "count")
