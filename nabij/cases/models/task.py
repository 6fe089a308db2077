"""What must be done in a case, and by when."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.cases.models.case import Case
from nabij.kit.models import Record


class TaskKind(models.TextChoices):
    """What is to be done; the words stand in lists, so they say nothing about anybody."""

    ASSIGN = "assign", _("hulpverlener toewijzen")
    APPROACH = "approach", _("bellen: eerste contact")
    LETTER = "letter", _("brief sturen")
    ASK_POLICE = "ask_police", _("politie vragen naar de beoordeling")
    ACKNOWLEDGE = "acknowledge", _("bericht van de politie bevestigen")
    CHECK_IN = "check_in", _("nog eens bellen: hoe gaat het nu?")
    APPROVE_VISIT = "approve_visit", _("bezoek goedkeuren")
    CASE_MANAGER = "case_manager", _("casemanager toewijzen")
    REVIEW_ACCESS = "review_access", _("noodtoegang beoordelen")
    MEASURE_ENDS = "measure_ends", _("een maatregel loopt af")
    QUIET = "quiet", _("lang geen contact: kijk of hulp nog loopt")
    UNANSWERED = "unanswered", _("doorverwijzing zonder antwoord")
    CALL_BACK = "call_back", _("terugbellen")
    ACCESS_REQUEST = "access_request", _("een collega vraagt inzage")
    OWN_REQUEST = "own_request", _("verzoek van de persoon beantwoorden")
    READ_MESSAGE = "read_message", _("bericht van de persoon lezen")
    INTERPRETER = "interpreter", _("tolk regelen of afzeggen")
    CONFLICT = "conflict", _("mogelijk conflict: kijk hoe u ieder apart helpt")
    COMPLAINT = "complaint", _("klacht over de hulp beantwoorden")
    DOUBLE = "double", _("twee dossiers van één persoon: neem over of houd gescheiden")


LEADERS = (
    TaskKind.ASSIGN, TaskKind.APPROVE_VISIT, TaskKind.CASE_MANAGER, TaskKind.REVIEW_ACCESS,
    TaskKind.ACCESS_REQUEST, TaskKind.OWN_REQUEST, TaskKind.CONFLICT, TaskKind.COMPLAINT,
    TaskKind.DOUBLE,
)  # fmt: skip


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks, chainable."""

    def to_do(self) -> "TaskQuerySet":
        """Those that are neither done nor dropped."""
        return self.filter(done_at__isnull=True, dropped_at__isnull=True)

    def overdue(self, at: datetime) -> "TaskQuerySet":
        """To do, and too late."""
        return self.to_do().filter(due_at__lt=at)


class Task(Record):
    """One thing to be done in a case (taak), by whoever helps in it then, or by the team leader."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="tasks", on_delete=models.CASCADE)
    kind = models.CharField("wat", max_length=16, choices=TaskKind.choices)
    is_for_leader = models.BooleanField("voor de teamleider")
    about_id = models.UUIDField("gaat over", null=True)
    due_at = models.DateTimeField("uiterlijk")
    made_at = models.DateTimeField("gemaakt op")
    done_at = models.DateTimeField("gedaan op", null=True)
    done_by = models.UUIDField("gedaan door", null=True)
    dropped_at = models.DateTimeField("vervallen op", null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "dossiertaak"
        verbose_name_plural = "dossiertaken"
        indexes = [
            models.Index(
                fields=["case", "due_at"],
                name="tasks_to_do",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
            ),
            models.Index(
                fields=["due_at"],
                name="tasks_for_leaders",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True, is_for_leader=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "about_id"],
                nulls_distinct=False,
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
                name="a_task_is_open_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=TaskKind.values), name="a_task_of_a_known_kind"),
        ]

    class Privacy:
        harmless = (
            "id", "case", "kind", "is_for_leader", "about_id", "due_at", "made_at", "done_at", "done_by",
            "dropped_at",
        )  # fmt: skip
