"""Keys to find somebody again, possible doubles, and what was merged."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.matching.scoring import Reason
from nabij.people.models import Registration


class Comparison(models.Model):
    """That a registration got its keys and was compared with the others (vergelijking)."""

    registration = models.OneToOneField(
        Registration, verbose_name="aanmelding", primary_key=True, related_name="+", on_delete=models.CASCADE
    )
    rules = models.PositiveSmallIntegerField("regels")
    keyed_at = models.DateTimeField("sleutels gemaakt op")
    compared_at = models.DateTimeField("vergeleken op", null=True)

    class Meta:
        verbose_name = "vergelijking"
        verbose_name_plural = "vergelijkingen"
        indexes = [
            models.Index(fields=["keyed_at"], name="still_to_compare", condition=Q(compared_at__isnull=True))
        ]

    class Privacy:
        harmless = ("registration", "rules", "keyed_at", "compared_at")


class MatchKey(models.Model):
    """One key under which a registration is found again (vergelijkingssleutel), as a mark of its incident.

    Eight bytes of the mark are enough: two that fall together by chance give one candidate too many.
    """

    registration = models.ForeignKey(
        Registration, verbose_name="aanmelding", related_name="+", db_index=False, on_delete=models.CASCADE
    )
    digest = models.BigIntegerField("kenmerk")

    class Meta:
        verbose_name = "vergelijkingssleutel"
        verbose_name_plural = "vergelijkingssleutels"
        indexes = [models.Index(fields=["digest"], include=["registration"], name="keys_by_digest")]
        constraints = [models.UniqueConstraint(fields=["registration", "digest"], name="a_key_is_kept_once")]

    class Privacy:
        personal = ("registration", "digest")
        harmless = ("id",)


class PairState(models.TextChoices):
    """What somebody said of a possible double."""

    OPEN = "open", _("nog te bekijken")
    DIFFERENT = "different", _("niet dezelfde persoon")
    MERGED = "merged", _("samengevoegd")


ALLOWED: dict[str, set[str]] = {
    PairState.OPEN: {PairState.DIFFERENT, PairState.MERGED},
    PairState.DIFFERENT: {PairState.MERGED},
    PairState.MERGED: {PairState.OPEN},
}


class PossibleDouble(Record):
    """Two registrations at one incident that may be of one person (mogelijk dubbele aanmelding)."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    first = models.ForeignKey(
        Registration, verbose_name="eerste aanmelding", related_name="+", on_delete=models.CASCADE
    )
    second = models.ForeignKey(
        Registration, verbose_name="tweede aanmelding", related_name="+", on_delete=models.CASCADE
    )
    score = models.FloatField("gelijkenis")
    reasons = ArrayField(
        models.CharField(max_length=12, choices=Reason.choices), verbose_name="redenen", default=list
    )
    state = models.CharField("stand", max_length=12, choices=PairState.choices, default=PairState.OPEN)
    found_at = models.DateTimeField("gevonden op")
    decided_at = models.DateTimeField("beslist op", null=True)
    decided_by = models.UUIDField("beslist door", null=True)

    class Meta:
        verbose_name = "mogelijk dubbele aanmelding"
        verbose_name_plural = "mogelijk dubbele aanmeldingen"
        indexes = [models.Index(fields=["incident", "state", "-score", "id"], name="doubles_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_found_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_has_one_order"),
            models.CheckConstraint(condition=Q(state__in=PairState.values), name="a_known_pair_state"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="a_pair_is_decided_by_somebody",
            ),
        ]

    class Privacy:
        personal = ("first", "second", "score", "reasons", "state")
        harmless = ("id", "incident", "found_at", "decided_at", "decided_by")


class Merge(Record):
    """One registration folded away under another (samenvoeging), with all that undoing needs, sealed."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    kept = models.ForeignKey(
        Registration, verbose_name="blijft", null=True, related_name="+", on_delete=models.SET_NULL
    )
    folded = models.ForeignKey(
        Registration, verbose_name="weggevouwen", related_name="+", on_delete=models.CASCADE
    )
    merged_at = models.DateTimeField("samengevoegd op")
    merged_by = models.UUIDField("samengevoegd door")
    undone_at = models.DateTimeField("teruggezet op", null=True)
    undone_by = models.UUIDField("teruggezet door", null=True)
    before_sealed = models.BinaryField("hoe het was")

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        indexes = [models.Index(fields=["incident", "-merged_at"], name="merges_of_incident")]
        constraints = [
            models.UniqueConstraint(
                fields=["folded"], condition=Q(undone_at__isnull=True), name="folded_away_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="undone_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kept__isnull=True) | ~Q(kept=F("folded")), name="nobody_is_folded_under_themself"
            ),
        ]

    class Privacy:
        personal = ("kept", "folded", "before_sealed")
        harmless = ("id", "incident", "merged_at", "merged_by", "undone_at", "undone_by")
