"""A working group: one draft of several municipalities, with remarks and decisions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from nabij.accounts.models import Organisation
from nabij.kit.models import Record
from nabij.protocols.models import STEP_ID_LENGTH
from nabij.protocols.plan import Plan


class WorkingGroup(Record):
    """Municipalities that make one step plan together (werkgroep); the host invites the others."""

    name = models.CharField("naam", max_length=80)
    host = models.ForeignKey(Organisation, verbose_name="trekker", related_name="+", on_delete=models.PROTECT)
    plan = models.JSONField("stappenplan")
    off = ArrayField(
        models.CharField(max_length=STEP_ID_LENGTH), verbose_name="stappen uit", default=list, blank=True
    )
    base = models.JSONField("uitgangspunt")
    made_at = models.DateTimeField("gemaakt op")
    made_by = models.UUIDField("gemaakt door")

    class Meta:
        verbose_name = "werkgroep"
        verbose_name_plural = "werkgroepen"

    class Privacy:
        harmless = ("id", "name", "host", "plan", "off", "base", "made_at", "made_by")

    @property
    def whole_plan(self) -> Plan:
        """Every step, also those that are switched off."""
        return Plan.model_validate(self.plan)

    @property
    def base_plan(self) -> Plan:
        """The example as it was when the group began."""
        return Plan.model_validate(self.base)


class GroupMember(Record):
    """A municipality in a working group (deelnemer); the host is one too."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name="werkgroep", related_name="members", on_delete=models.CASCADE
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "deelnemer van een werkgroep"
        verbose_name_plural = "deelnemers van werkgroepen"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"], name="a_municipality_joins_a_group_once"
            )
        ]

    class Privacy:
        harmless = ("id", "group", "organisation")


class Remark(Record):
    """What somebody of the group says about a step, or about the whole plan (opmerking); never changed."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name="werkgroep", related_name="remarks", on_delete=models.CASCADE
    )
    step_id = models.CharField("stap", max_length=STEP_ID_LENGTH, blank=True)
    text = models.CharField("opmerking", max_length=1000)
    written_at = models.DateTimeField("geschreven op")
    written_by = models.UUIDField("geschreven door")

    class Meta:
        verbose_name = "opmerking bij een stap"
        verbose_name_plural = "opmerkingen bij stappen"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_remark_says_something")]

    class Privacy:
        harmless = ("id", "group", "step_id", "text", "written_at", "written_by")


class GroupDecision(Record):
    """What the group decided about a step (besluit van een werkgroep); never changed, a later one stands."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name="werkgroep", related_name="decisions", on_delete=models.CASCADE
    )
    step_id = models.CharField("stap", max_length=STEP_ID_LENGTH, blank=True)
    text = models.CharField("besluit", max_length=1000)
    decided_at = models.DateTimeField("besloten op")
    decided_by = models.UUIDField("besloten door")

    class Meta:
        verbose_name = "besluit van een werkgroep"
        verbose_name_plural = "besluiten van werkgroepen"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_group_decision_says_something")]

    class Privacy:
        harmless = ("id", "group", "step_id", "text", "decided_at", "decided_by")
