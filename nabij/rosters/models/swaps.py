"""Asking whether somebody takes a duty, and whether the team wants to agree first."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Team
from nabij.kit.models import Record
from nabij.rosters.models.duties import Duty


class SwapState(models.TextChoices):
    """Where a swap stands."""

    ASKED = "asked", _("Gevraagd")
    TAKEN = "taken", _("Wacht op de teamleider")
    DONE = "done", _("Overgenomen")
    REFUSED = "refused", _("Niet goedgekeurd")
    WITHDRAWN = "withdrawn", _("Ingetrokken")
    UNDONE = "undone", _("Teruggedraaid")


OPEN = (SwapState.ASKED, SwapState.TAKEN)


class Swap(Record):
    """A duty that somebody asks others to take (ruil), perhaps for one of theirs in return."""

    duty = models.ForeignKey(Duty, verbose_name="dienst", related_name="swaps", on_delete=models.CASCADE)
    giver = models.ForeignKey(
        Membership, verbose_name="wie vraagt", related_name="+", on_delete=models.CASCADE
    )
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.UUIDField("gevraagd door")
    state = models.CharField("stand", max_length=10, choices=SwapState.choices, default=SwapState.ASKED)
    taker = models.ForeignKey(
        Membership, verbose_name="wie neemt over", null=True, related_name="+", on_delete=models.CASCADE
    )
    in_return = models.ForeignKey(
        Duty, verbose_name="dienst terug", null=True, related_name="+", on_delete=models.SET_NULL
    )
    taken_at = models.DateTimeField("overgenomen op", null=True)
    decided_at = models.DateTimeField("besloten op", null=True)
    decided_by = models.UUIDField("besloten door", null=True)

    class Meta:
        verbose_name = "ruil"
        verbose_name_plural = "ruilen"
        constraints = [
            models.UniqueConstraint(
                fields=["duty"],
                condition=Q(state__in=["asked", "taken"]),
                name="a_duty_is_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"])
                | Q(taker__isnull=False, taken_at__isnull=False),
                name="what_is_taken_has_a_taker",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "duty", "giver", "asked_at", "asked_by", "state", "taker", "in_return", "taken_at",
            "decided_at", "decided_by",
        )  # fmt: skip


class RosterAgreement(Record):
    """How a team works with its roster (roosterafspraak): whether a swap waits for the planner."""

    team = models.OneToOneField(Team, verbose_name="team", related_name="+", on_delete=models.CASCADE)
    is_swap_approved = models.BooleanField("ruil goedkeuren", default=True)
    changed_at = models.DateTimeField("gewijzigd op")
    changed_by = models.UUIDField("gewijzigd door")

    class Meta:
        verbose_name = "roosterafspraak"
        verbose_name_plural = "roosterafspraken"

    class Privacy:
        harmless = ("id", "team", "is_swap_approved", "changed_at", "changed_by")
