"""A protocol of a municipality, its versions, why they were changed, and who agreed with them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Organisation
from nabij.kit.models import Record
from nabij.protocols.plan import Plan

STEP_ID_LENGTH = 6


class Protocol(Record):
    """One protocol of one municipality (protocol), whatever version of it is in force."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    code = models.CharField("code", max_length=5)

    class Meta:
        verbose_name = "protocol"
        verbose_name_plural = "protocollen"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="a_municipality_has_a_protocol_once"
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^P-[A-Z]{3}$"), name="a_protocol_has_its_code"),
        ]

    class Privacy:
        harmless = ("id", "organisation", "code")


class State(models.TextChoices):
    """Where a version stands."""

    DRAFT = "draft", _("concept")
    SENT = "sent", _("wacht op akkoord")
    IN_FORCE = "in_force", _("geldt")
    REPLACED = "replaced", _("vervangen")
    DROPPED = "dropped", _("vervallen")


ALLOWED: dict[str, set[str]] = {
    State.DRAFT: {State.SENT, State.DROPPED},
    State.SENT: {State.DRAFT, State.IN_FORCE},
    State.IN_FORCE: {State.REPLACED},
    State.REPLACED: set(),
    State.DROPPED: set(),
}
OPEN = (State.DRAFT, State.SENT)


class Version(Record):
    """One version of a protocol (protocolversie); only a draft can change, the database sees to it.

    `plan` holds every step, `off` the ids of those that are switched off; `base` is the example as it was
    when this draft began, so that its later changes can be told from one's own. `turn` counts how often the
    version was sent: an approval counts for its own turn only.
    """

    protocol = models.ForeignKey(
        Protocol, verbose_name="protocol", related_name="versions", on_delete=models.PROTECT
    )
    number = models.PositiveSmallIntegerField("versie")
    plan = models.JSONField("stappenplan")
    off = ArrayField(
        models.CharField(max_length=STEP_ID_LENGTH), verbose_name="stappen uit", default=list, blank=True
    )
    base = models.JSONField("uitgangspunt", null=True)
    state = models.CharField("stand", max_length=10, choices=State.choices, default=State.DRAFT)
    turn = models.PositiveSmallIntegerField("ronde", default=0)
    made_at = models.DateTimeField("gemaakt op")
    made_by = models.UUIDField("gemaakt door")
    sent_at = models.DateTimeField("verstuurd op", null=True)
    sent_by = models.UUIDField("verstuurd door", null=True)
    in_force_at = models.DateTimeField("geldt sinds", null=True)
    ended_at = models.DateTimeField("geldt tot", null=True)

    class Meta:
        verbose_name = "protocolversie"
        verbose_name_plural = "protocolversies"
        constraints = [
            models.UniqueConstraint(fields=["protocol", "number"], name="a_version_has_its_own_number"),
            models.UniqueConstraint(
                fields=["protocol"], condition=Q(state__in=["draft", "sent"]), name="one_draft_per_protocol"
            ),
            models.UniqueConstraint(
                fields=["protocol"], condition=Q(state="in_force"), name="one_version_in_force"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_known_version_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "in_force", "replaced"]) | Q(sent_at__isnull=False),
                name="what_is_in_force_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=False, state__in=["in_force", "replaced"])
                | Q(in_force_at__isnull=True, state__in=["draft", "sent", "dropped"]),
                name="in_force_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False, state__in=["replaced", "dropped"])
                | Q(ended_at__isnull=True, state__in=["draft", "sent", "in_force"]),
                name="a_version_ends_at_a_moment",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "protocol", "number", "plan", "off", "base", "state", "turn", "made_at", "made_by",
            "sent_at", "sent_by", "in_force_at", "ended_at",
        )  # fmt: skip

    @property
    def whole_plan(self) -> Plan:
        """Every step, also those that are switched off."""
        return Plan.model_validate(self.plan)

    @property
    def plan_in_use(self) -> Plan:
        """The steps that are carried out; the number of this version stands in it."""
        whole = self.whole_plan
        steps = tuple(step for step in whole.steps if step.id not in self.off)
        return whole.model_copy(update={"steps": steps, "version": self.number})

    @property
    def base_plan(self) -> Plan | None:
        """The example as it was when this draft began; None for a plan from a file or a working group."""
        return Plan.model_validate(self.base) if self.base else None


class Approval(Record):
    """What one party said of a version (akkoord): yes, no with a reason, or yes in writing outside Nabij."""

    version = models.ForeignKey(
        Version, verbose_name="versie", related_name="approvals", on_delete=models.CASCADE
    )
    turn = models.PositiveSmallIntegerField("ronde")
    kind = models.CharField("partij", max_length=30)
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", null=True, related_name="+", on_delete=models.PROTECT
    )
    is_approved = models.BooleanField("akkoord")
    reason = models.CharField("reden", max_length=500, blank=True)
    job_title = models.CharField("functie", max_length=120, blank=True)
    agreed_on = models.DateField("schriftelijk akkoord op", null=True)
    given_at = models.DateTimeField("gegeven op")
    given_by = models.UUIDField("gegeven door")

    class Meta:
        verbose_name = "akkoord"
        verbose_name_plural = "akkoorden"
        constraints = [
            models.UniqueConstraint(fields=["version", "turn", "kind"], name="a_party_answers_once_a_turn"),
            models.CheckConstraint(
                condition=Q(is_approved=True) | ~Q(reason=""), name="a_refusal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True, job_title="", organisation__isnull=False)
                | Q(agreed_on__isnull=False, organisation__isnull=True, is_approved=True) & ~Q(job_title=""),
                name="agreed_here_or_in_writing",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "version", "turn", "kind", "organisation", "is_approved", "reason", "job_title",
            "agreed_on", "given_at", "given_by",
        )  # fmt: skip


class ChangeReason(Record):
    """Why a step differs from what it was (reden van een wijziging)."""

    version = models.ForeignKey(
        Version, verbose_name="versie", related_name="reasons", on_delete=models.CASCADE
    )
    step_id = models.CharField("stap", max_length=STEP_ID_LENGTH)
    fields = ArrayField(models.CharField(max_length=20), verbose_name="wat")
    reason = models.CharField("reden", max_length=500)
    changed_at = models.DateTimeField("gewijzigd op")
    changed_by = models.UUIDField("gewijzigd door")

    class Meta:
        verbose_name = "reden van een wijziging"
        verbose_name_plural = "redenen van wijzigingen"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_change_has_a_reason"),
        ]

    class Privacy:
        harmless = ("id", "version", "step_id", "fields", "reason", "changed_at", "changed_by")
