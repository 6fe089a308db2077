"""What people who registered need, and who belongs together."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.desk import content
from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.paging.models import Page
from nabij.people.models import Registration


class NeedState(models.TextChoices):
    """Where a need stands."""

    OPEN = "open", _("wacht op iemand")
    TAKEN = "taken", _("opgepakt")
    PASSED = "passed", _("bij een partner")
    DONE = "done", _("klaar")
    DROPPED = "dropped", _("vervallen")


ALLOWED: dict[str, set[str]] = {
    NeedState.OPEN: {NeedState.TAKEN, NeedState.DROPPED},
    NeedState.TAKEN: {NeedState.OPEN, NeedState.PASSED, NeedState.DONE, NeedState.DROPPED},
    NeedState.PASSED: {NeedState.TAKEN, NeedState.DONE, NeedState.DROPPED},
    NeedState.DONE: set(),
    NeedState.DROPPED: {NeedState.OPEN},
}
LIVE = (NeedState.OPEN, NeedState.TAKEN, NeedState.PASSED)


class Need(Record):
    """Something that somebody who registered needs (hulpvraag), with an owner, a partner and a clock."""

    registration = models.ForeignKey(
        Registration, verbose_name="aanmelding", related_name="+", on_delete=models.CASCADE
    )
    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    kind = models.CharField("wat is nodig", max_length=20)
    is_urgent = models.BooleanField("vandaag nodig")
    state = models.CharField("stand", max_length=10, choices=NeedState.choices, default=NeedState.OPEN)
    owner_role = models.CharField("rol van wie het oppakt", max_length=40)
    partner = models.CharField("partner", max_length=20, blank=True)
    owner = models.ForeignKey(
        Membership, verbose_name="eigenaar", null=True, related_name="+", on_delete=models.PROTECT
    )
    page = models.ForeignKey(
        Page, verbose_name="oproep", null=True, related_name="+", on_delete=models.SET_NULL
    )
    told_sealed = models.BinaryField("wat de partner hoorde", blank=True)
    outcome = models.CharField("uitkomst", max_length=20, blank=True)
    made_at = models.DateTimeField("ontstaan op")
    due_at = models.DateTimeField("uiterlijk")
    taken_at = models.DateTimeField("opgepakt op", null=True)
    passed_at = models.DateTimeField("doorgegeven op", null=True)
    ended_at = models.DateTimeField("klaar op", null=True)
    late_told_at = models.DateTimeField("te laat gemeld op", null=True)

    class Meta:
        verbose_name = "hulpvraag van een aanmelding"
        verbose_name_plural = "hulpvragen van aanmeldingen"
        indexes = [
            models.Index(
                fields=["incident", "-is_urgent", "due_at"],
                name="needs_that_live",
                condition=Q(state__in=["open", "taken", "passed"]),
            ),
            models.Index(fields=["due_at"], name="needs_not_told_late", condition=Q(late_told_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["registration", "kind"], name="one_need_of_a_kind"),
            models.CheckConstraint(condition=Q(state__in=NeedState.values), name="a_need_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "passed"]) | Q(owner__isnull=False, taken_at__isnull=False),
                name="a_taken_need_has_an_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(owner__isnull=True), name="an_open_need_has_no_owner"
            ),
            models.CheckConstraint(
                condition=~Q(state="passed") | (~Q(partner="") & Q(passed_at__isnull=False)),
                name="a_passed_need_has_a_partner",
            ),
            models.CheckConstraint(
                condition=Q(state="done", ended_at__isnull=False) & ~Q(outcome="")
                | Q(state="dropped", ended_at__isnull=False, outcome="")
                | Q(state__in=["open", "taken", "passed"], ended_at__isnull=True, outcome=""),
                name="an_ended_need_says_how",
            ),
        ]

    class Privacy:
        personal = ("registration", "kind", "is_urgent", "told_sealed", "outcome")
        harmless = (
            "id", "incident", "state", "owner_role", "partner", "owner", "page", "made_at", "due_at",
            "taken_at", "passed_at", "ended_at", "late_told_at",
        )  # fmt: skip

    @property
    def is_live(self) -> bool:
        """Whether something still has to be done."""
        return self.state in LIVE

    @property
    def kind_in_words(self) -> str:
        """What is needed."""
        return content.kind_in_words(self.kind)

    @property
    def partner_in_words(self) -> str:
        """Who usually helps, or where it lies now."""
        return content.partner_in_words(self.partner) if self.partner else ""

    @property
    def outcome_in_words(self) -> str:
        """How it ended."""
        return content.outcome_in_words(self.outcome) if self.outcome else ""

    @property
    def waits_for_the_desk(self) -> bool:
        """Whether the desk may take it: nobody did, or only the chief editor said to see to it."""
        if self.state == NeedState.OPEN:
            return True
        return self.state == NeedState.TAKEN and self.owner is not None and self.owner.role == Role.IAC_CHIEF

    def left(self, at: datetime) -> timedelta:
        """How long until it is late; below zero when it is."""
        return self.due_at - at

    def is_late(self, at: datetime) -> bool:
        """Whether its moment has passed while something still has to be done."""
        return self.is_live and self.due_at < at


class Together(Record):
    """Registrations that belong together (groep aanmeldingen), with a letter that the desk can say aloud."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    letter = models.CharField("letter", max_length=4)
    made_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "groep aanmeldingen"
        verbose_name_plural = "groepen aanmeldingen"
        constraints = [
            models.UniqueConstraint(fields=["incident", "letter"], name="one_group_per_letter"),
        ]

    class Privacy:
        harmless = ("id", "incident", "letter", "made_at")

    def __str__(self) -> str:
        return self.letter


class TogetherMember(Record):
    """That one registration belongs to a group (lid van een groep aanmeldingen)."""

    group = models.ForeignKey(
        Together, verbose_name="groep", related_name="members", on_delete=models.CASCADE
    )
    registration = models.OneToOneField(
        Registration, verbose_name="aanmelding", related_name="+", on_delete=models.CASCADE
    )
    added_at = models.DateTimeField("erbij gezet op")
    added_by = models.UUIDField("erbij gezet door")

    class Meta:
        verbose_name = "lid van een groep aanmeldingen"
        verbose_name_plural = "leden van een groep aanmeldingen"

    class Privacy:
        personal = ("registration",)
        harmless = ("id", "group", "added_at", "added_by")
