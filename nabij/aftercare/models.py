"""Runs of a protocol: steps with their moments and owners, proof, facts told, and contacts of households."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Municipality
from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.protocols.models import Version
from nabij.protocols.plan import Plan, Step

SETTLED = ("done", "skipped")


class Run(Record):
    """A protocol carried out for one event (nazorgtraject), with its own copy of the plan."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    code = models.CharField("protocol", max_length=5)
    version = models.ForeignKey(
        Version, verbose_name="versie", null=True, related_name="+", on_delete=models.PROTECT
    )
    version_number = models.PositiveIntegerField("nummer van de versie", null=True)
    plan = models.JSONField("stappenplan")
    trigger_at = models.DateTimeField("telt vanaf")
    started_at = models.DateTimeField("gestart op")
    started_by = models.UUIDField("gestart door", null=True)
    closed_at = models.DateTimeField("afgesloten op", null=True)
    closed_by = models.UUIDField("afgesloten door", null=True)
    close_reason = models.CharField("reden van afsluiten", max_length=300, blank=True)
    replaced_by = models.ForeignKey(
        "self", verbose_name="vervangen door", null=True, related_name="replaces", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "nazorgtraject"
        verbose_name_plural = "nazorgtrajecten"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "code", "municipality"],
                condition=Q(closed_at__isnull=True),
                name="one_open_run_of_a_protocol",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(closed_at__isnull=False),
                name="a_replaced_run_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_run_is_closed_by_somebody",
            ),
        ]

    class Privacy:
        personal = ("close_reason",)
        harmless = (
            "id", "incident", "municipality", "code", "version", "version_number", "plan", "trigger_at",
            "started_at", "started_by", "closed_at", "closed_by", "replaced_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether steps are still being done."""
        return self.closed_at is None

    @property
    def steps_of_plan(self) -> Plan:
        """The plan as it was when the run started; read once per row in hand."""
        known: Plan | None = self.__dict__.get("_plan")
        if known is None:
            known = self.__dict__["_plan"] = Plan.model_validate(self.plan)
        return known


class StepState(models.TextChoices):
    """Where a step stands."""

    WAITING = "waiting", _("wacht")
    OPEN = "open", _("te doen")
    DONE = "done", _("gedaan")
    SKIPPED = "skipped", _("overgeslagen")
    DROPPED = "dropped", _("niet nodig")


S = StepState
ALLOWED: dict[str, set[str]] = {
    S.WAITING: {S.OPEN, S.DROPPED, S.SKIPPED},
    S.OPEN: {S.WAITING, S.DONE, S.SKIPPED, S.DROPPED},
    S.DROPPED: {S.WAITING, S.OPEN},
    S.DONE: {S.OPEN, S.WAITING, S.DROPPED},
    S.SKIPPED: {S.OPEN, S.WAITING, S.DROPPED},
}


class RunStep(Record):
    """One step at one moment (nazorgstap): when it is due, whose it is, and what became of it."""

    run = models.ForeignKey(Run, verbose_name="nazorgtraject", related_name="steps", on_delete=models.CASCADE)
    step_id = models.CharField("stap", max_length=6)
    position = models.PositiveSmallIntegerField("volgorde")
    occurrence = models.PositiveSmallIntegerField("keer", default=1)
    state = models.CharField("stand", max_length=8, choices=StepState.choices, default=S.WAITING)
    start_at = models.DateTimeField("telt vanaf", null=True)
    opened_at = models.DateTimeField("kan sinds", null=True)
    not_before_at = models.DateTimeField("niet eerder dan", null=True)
    due_at = models.DateTimeField("uiterlijk op", null=True)
    owner_org = models.CharField("van welke organisatie", max_length=30)
    owner_role = models.CharField("van welke rol", max_length=40)
    owner = models.ForeignKey(
        Membership, verbose_name="van wie", null=True, related_name="+", on_delete=models.PROTECT
    )
    late_told_at = models.DateTimeField("te laat gemeld op", null=True)
    coordinator_told_at = models.DateTimeField("aan coördinator gemeld op", null=True)
    done_at = models.DateTimeField("klaar op", null=True)
    done_by = models.UUIDField("klaar door", null=True)
    reason = models.CharField("reden", max_length=300, blank=True)

    class Meta:
        verbose_name = "nazorgstap"
        verbose_name_plural = "nazorgstappen"
        indexes = [models.Index(fields=["state", "due_at"], name="aftercare_step_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "step_id", "occurrence"], name="a_step_stands_once_per_moment"
            ),
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="a_known_step_state"),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, done_at__isnull=False)
                | (~Q(state__in=SETTLED) & Q(done_at__isnull=True, done_by__isnull=True)),
                name="a_settled_step_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(opened_at__isnull=False, start_at__isnull=False),
                name="an_open_step_has_begun",
            ),
            models.CheckConstraint(
                condition=Q(coordinator_told_at__isnull=True) | Q(late_told_at__isnull=False),
                name="the_owner_hears_it_before_the_coordinator",
            ),
        ]

    class Privacy:
        personal = ("reason",)
        harmless = (
            "id", "run", "step_id", "position", "occurrence", "state", "start_at", "opened_at",
            "not_before_at",
            "due_at", "owner_org", "owner_role", "owner", "late_told_at", "coordinator_told_at", "done_at",
            "done_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.step_id

    @property
    def step(self) -> Step:
        """What the plan of this run says of the step."""
        return self.run.steps_of_plan.step(self.step_id)

    @property
    def is_settled(self) -> bool:
        """Whether it was done, or skipped."""
        return self.state in SETTLED


class Evidence(Record):
    """What was written down when a step was done (bewijs): numbers, moments, choices; no names."""

    run_step = models.OneToOneField(
        RunStep, verbose_name="nazorgstap", related_name="evidence", on_delete=models.CASCADE
    )
    values: "models.JSONField[Any, Any]" = models.JSONField("wat is opgeschreven", default=dict)
    written_at = models.DateTimeField("geschreven op")
    written_by = models.UUIDField("geschreven door", null=True)

    class Meta:
        verbose_name = "bewijs"
        verbose_name_plural = "bewijzen"

    class Privacy:
        personal = ("values",)
        harmless = ("id", "run_step", "written_at", "written_by")


class RunFact(Record):
    """Something that somebody told of the event and on which steps depend (nazorgfeit)."""

    run = models.ForeignKey(Run, verbose_name="nazorgtraject", related_name="facts", on_delete=models.CASCADE)
    name = models.CharField("welk feit", max_length=60)
    value: "models.JSONField[Any, Any]" = models.JSONField("wat")
    told_at = models.DateTimeField("verteld op")
    told_by = models.UUIDField("verteld door", null=True)

    class Meta:
        verbose_name = "nazorgfeit"
        verbose_name_plural = "nazorgfeiten"
        constraints = [
            models.UniqueConstraint(fields=["run", "name"], name="a_fact_is_told_once"),
            models.CheckConstraint(condition=Q(name__regex=r"^[A-Za-z0-9_:-]+$"), name="a_fact_is_a_word"),
        ]

    class Privacy:
        harmless = ("id", "run", "name", "value", "told_at", "told_by")


class HouseholdContact(Record):
    """The one person of the municipality for a household that cannot go home (contactpersoon).

    The household is a number or label, never a name; an address, when it is given at all, is sealed.
    """

    run = models.ForeignKey(
        Run, verbose_name="nazorgtraject", related_name="households", on_delete=models.CASCADE
    )
    label = models.CharField("huishouden", max_length=40)
    address_sealed = models.BinaryField("adres", blank=True)
    contact = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    named_at = models.DateTimeField("aangewezen op")
    named_by = models.UUIDField("aangewezen door", null=True)
    is_from_earlier = models.BooleanField("van een eerdere gebeurtenis", default=False)

    class Meta:
        verbose_name = "contactpersoon van een huishouden"
        verbose_name_plural = "contactpersonen van huishoudens"
        constraints = [
            models.UniqueConstraint(fields=["run", "label"], name="one_contact_per_household"),
            models.CheckConstraint(condition=~Q(label=""), name="a_household_has_its_label"),
        ]

    class Privacy:
        personal = ("label", "address_sealed")
        harmless = ("id", "run", "contact", "named_at", "named_by", "is_from_earlier")
