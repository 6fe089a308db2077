"""Shifts of moderators, the subjects they leave out, and putting somebody out of a group."""

from django.db import models
from django.db.models import F, Q

from nabij.accounts.models import Membership
from nabij.kit.models import Record
from nabij.peers.models import GroupMember, Space


class ModeratorShift(Record):
    """Who watches over the groups of a space, from when till when (moderatordienst)."""

    space = models.ForeignKey(
        Space, verbose_name="groepsruimte", related_name="shifts", on_delete=models.CASCADE
    )
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    entered_by = models.UUIDField("ingevoerd door")

    class Meta:
        verbose_name = "moderatordienst"
        verbose_name_plural = "moderatordiensten"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_watch_over_groups_lasts"),
        ]

    class Privacy:
        harmless = ("id", "space", "membership", "starts_at", "ends_at", "entered_by")


class SubjectOptOut(Record):
    """A subject that a moderator does not want to read about (onderwerp dat een moderator overslaat)."""

    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.CASCADE)
    subject = models.CharField("onderwerp", max_length=20)

    class Meta:
        verbose_name = "onderwerp dat een moderator overslaat"
        verbose_name_plural = "onderwerpen die een moderator overslaat"
        constraints = [models.UniqueConstraint(fields=["membership", "subject"], name="opted_out_once")]

    class Privacy:
        personal = ("subject",)
        harmless = ("id", "membership")


class Expulsion(Record):
    """Putting somebody out of the groups (verwijdering uit een groep): one asks, another decides."""

    member = models.ForeignKey(
        GroupMember, verbose_name="wie", related_name="expulsions", on_delete=models.CASCADE
    )
    reason = models.CharField("reden", max_length=20)
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.UUIDField("gevraagd door")
    decided_at = models.DateTimeField("beslist op", null=True)
    decided_by = models.UUIDField("beslist door", null=True)
    is_confirmed = models.BooleanField("akkoord", null=True)

    class Meta:
        verbose_name = "verwijdering uit een groep"
        verbose_name_plural = "verwijderingen uit een groep"
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(decided_at__isnull=True), name="one_open_expulsion"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, is_confirmed__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_confirmed__isnull=False),
                name="an_expulsion_is_decided_whole",
            ),
            models.CheckConstraint(condition=~Q(asked_by=F("decided_by")), name="four_eyes_put_somebody_out"),
        ]

    class Privacy:
        personal = ("reason",)
        harmless = (
            "id", "member", "asked_at", "asked_by", "decided_at", "decided_by", "is_confirmed",
        )  # fmt: skip
