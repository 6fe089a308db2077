"""A proposed roster and its places."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Team
from nabij.kit.models import Record
from nabij.rosters.models import Seat


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    WAITING = "waiting", _("Wacht")
    RUNNING = "running", _("Rekent")
    READY = "ready", _("Klaar")
    CANCELLED = "cancelled", _("Gestopt")
    FAILED = "failed", _("Mislukt")
    PUBLISHED = "published", _("In het rooster gezet")


BUSY = (ProposalState.WAITING, ProposalState.RUNNING)


class Proposal(Record):
    """A roster that the planner has made by the solver (roostervoorstel), for one team and some weeks."""

    team = models.ForeignKey(Team, verbose_name="team", null=True, related_name="+", on_delete=models.PROTECT)
    starts_on = models.DateField("eerste dag")
    ends_on = models.DateField("laatste dag")
    seconds = models.PositiveSmallIntegerField("rekentijd")
    is_roster_changeable = models.BooleanField("mag staande diensten wijzigen")
    state = models.CharField(
        "stand", max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.UUIDField("gevraagd door")
    begun_at = models.DateTimeField("begonnen op", null=True)
    heard_at = models.DateTimeField("laatste teken van leven", null=True)
    ended_at = models.DateTimeField("klaar op", null=True)
    is_cancel_asked = models.BooleanField("stoppen gevraagd", default=False)
    cost = models.BigIntegerField("kosten", null=True)
    bound = models.BigIntegerField("ondergrens", null=True)
    error_code = models.CharField("fout", max_length=20, blank=True)
    published_at = models.DateTimeField("in het rooster gezet op", null=True)

    class Meta:
        verbose_name = "roostervoorstel"
        verbose_name_plural = "roostervoorstellen"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_proposal_has_days"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="published_has_a_moment",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "team", "starts_on", "ends_on", "seconds", "is_roster_changeable", "state", "asked_at",
            "asked_by", "begun_at", "heard_at", "ended_at", "is_cancel_asked", "cost", "bound", "error_code",
            "published_at",
        )  # fmt: skip


class Place(Record):
    """One place of a proposed roster (roosterplek): a chair from then till then, with somebody or empty."""

    proposal = models.ForeignKey(
        Proposal, verbose_name="voorstel", related_name="places", on_delete=models.CASCADE
    )
    seat = models.CharField("rol", max_length=20, choices=Seat.choices)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    membership = models.ForeignKey(
        Membership, verbose_name="wie", null=True, related_name="+", on_delete=models.CASCADE
    )
    is_pinned = models.BooleanField("vastgezet", default=False)
    is_reserve = models.BooleanField("reserve", default=False)
    is_refused = models.BooleanField("bij het plaatsen geweigerd", default=False)

    class Meta:
        verbose_name = "roosterplek"
        verbose_name_plural = "roosterplekken"
        indexes = [models.Index(fields=["proposal", "starts_at"], name="places_of_a_proposal")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_place_has_a_length"),
            models.CheckConstraint(
                condition=Q(is_pinned=False) | Q(membership__isnull=False), name="pinned_is_somebody"
            ),
        ]

    class Privacy:
        harmless = (
            "id", "proposal", "seat", "starts_at", "ends_at", "membership", "is_pinned", "is_reserve",
            "is_refused",
        )  # fmt: skip
