"""Phases of a centre with their lists, the opening with its tests, the board, closing, and lessons."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Organisation
from nabij.centres.models import AdviceCentre
from nabij.kit.models import Record


class Phase(models.TextChoices):
    """Where a centre stands in its years."""

    READY = "ready", _("gereed")
    ACUTE = "acute", _("acuut")
    AFTERCARE = "aftercare", _("eerste nazorg")
    LONG = "long", _("langere termijn")
    CLOSING = "closing", _("sluiten")
    ARCHIVED = "archived", _("gearchiveerd")


ALLOWED: dict[str, set[str]] = {
    Phase.READY: {Phase.ACUTE},
    Phase.ACUTE: {Phase.AFTERCARE},
    Phase.AFTERCARE: {Phase.LONG, Phase.CLOSING},
    Phase.LONG: {Phase.CLOSING},
    Phase.CLOSING: {Phase.AFTERCARE, Phase.LONG, Phase.ARCHIVED},
    Phase.ARCHIVED: {Phase.ACUTE},
}


class TestKind(models.TextChoices):
    """What must each have been tested before the two hours are over."""

    __test__ = False

    OPEN_PART = "open_part", _("open deel te lezen")
    REGISTRATION = "registration", _("aanmelden werkt")
    DESK = "desk", _("loket neemt op")
    CLOSED_PART = "closed_part", _("besloten deel open, met moderator")


def _together(first: str, second: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=name,
    )


class PhaseDecision(Record):
    """The decision that a phase begins (fasebesluit): never changed, a later one stands above it."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField("nummer")
    phase = models.CharField("fase", max_length=12, choices=Phase.choices)
    reason_sealed = models.BinaryField("reden")
    decided_at = models.DateTimeField("besloten op")
    decided_by = models.UUIDField("besloten door", null=True)

    class Meta:
        verbose_name = "fasebesluit"
        verbose_name_plural = "fasebesluiten"
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="one_phase_decision_per_number"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="a_known_phase"),
            models.CheckConstraint(condition=~Q(reason_sealed=b""), name="a_phase_has_its_reason"),
        ]

    class Privacy:
        personal = ("reason_sealed",)
        harmless = ("id", "centre", "number", "phase", "decided_at", "decided_by")


class Opening(Record):
    """The two hours after a commission, or after a decision to open again (opening)."""

    decision = models.OneToOneField(
        PhaseDecision, verbose_name="fasebesluit", related_name="opening", on_delete=models.CASCADE
    )
    started_at = models.DateTimeField("klok begonnen op")
    target_at = models.DateTimeField("uiterlijk open")
    ready_at = models.DateTimeField("open op", null=True)
    late_reason_sealed = models.BinaryField("reden van te laat", blank=True)
    late_reason_at = models.DateTimeField("reden gegeven op", null=True)
    late_reason_by = models.UUIDField("reden gegeven door", null=True)

    class Meta:
        verbose_name = "opening"
        verbose_name_plural = "openingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(target_at__gt=F("started_at")), name="an_opening_has_time_to_open"
            ),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True) | Q(ready_at__gte=F("started_at")),
                name="open_after_the_clock_began",
            ),
            _together("late_reason_at", "late_reason_by", "reason_of_late_opening_by_somebody"),
        ]

    class Privacy:
        personal = ("late_reason_sealed",)
        harmless = (
            "id", "decision", "started_at", "target_at", "ready_at", "late_reason_at", "late_reason_by",
        )  # fmt: skip

    @property
    def is_late(self) -> bool:
        """Whether it was open after its target."""
        return self.ready_at is not None and self.ready_at > self.target_at

    @property
    def needs_reason(self) -> bool:
        """Whether somebody must still say why it was late."""
        return self.is_late and self.late_reason_at is None


class ChecklistItem(Record):
    """One thing on the list of a phase (punt op de lijst): whose it is, due when, done when and by whom."""

    decision = models.ForeignKey(
        PhaseDecision, verbose_name="fasebesluit", related_name="items", on_delete=models.CASCADE
    )
    code = models.CharField("punt", max_length=30)
    seat = models.CharField("van wie", max_length=30)
    position = models.PositiveSmallIntegerField("volgorde")
    due_at = models.DateTimeField("uiterlijk")
    done_at = models.DateTimeField("gedaan op", null=True)
    done_by = models.ForeignKey(
        Membership, verbose_name="gedaan door", null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "punt op de lijst"
        verbose_name_plural = "punten op de lijst"
        constraints = [
            models.UniqueConstraint(fields=["decision", "code"], name="an_item_stands_once_on_a_list"),
            _together("done_at", "done_by", "an_item_is_done_by_somebody"),
        ]

    class Privacy:
        harmless = ("id", "decision", "code", "seat", "position", "due_at", "done_at", "done_by")


class ReadinessTest(Record):
    """One test of what must work (proef bij opening): what came of it, and what a person heard or saw."""

    opening = models.ForeignKey(
        Opening, verbose_name="opening", related_name="tests", on_delete=models.CASCADE
    )
    kind = models.CharField("soort", max_length=12, choices=TestKind.choices)
    is_passed = models.BooleanField("gelukt")
    finding = models.CharField("bevinding", max_length=30)
    heard_sealed = models.BinaryField("gehoord of gezien", blank=True)
    tested_at = models.DateTimeField("getest op")
    tested_by = models.ForeignKey(
        Membership, verbose_name="getest door", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "proef bij opening"
        verbose_name_plural = "proeven bij opening"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TestKind.values), name="a_known_test"),
            models.CheckConstraint(
                condition=~Q(kind=TestKind.DESK) | ~Q(heard_sealed=b""),
                name="a_test_call_says_what_was_heard",
            ),
        ]

    class Privacy:
        personal = ("heard_sealed",)
        harmless = ("id", "opening", "kind", "is_passed", "finding", "tested_at", "tested_by")


class BoardSeat(Record):
    """Who sits on a seat of the board of a centre (plaats in de redactie), from when till when."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    seat = models.CharField("plaats", max_length=30)
    membership = models.ForeignKey(
        Membership, verbose_name="wie", null=True, related_name="+", on_delete=models.PROTECT
    )
    outsider_sealed = models.BinaryField("naam van buiten", blank=True)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot", null=True)
    appointed_at = models.DateTimeField("benoemd op")
    appointed_by = models.UUIDField("benoemd door")

    class Meta:
        verbose_name = "plaats in de redactie"
        verbose_name_plural = "plaatsen in de redactie"
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=False, outsider_sealed=b"")
                | (Q(membership__isnull=True) & ~Q(outsider_sealed=b"")),
                name="a_seat_is_a_colleague_or_a_name",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="a_seat_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["centre", "seat", "membership"],
                condition=Q(ends_at__isnull=True),
                name="once_on_the_same_seat",
            ),
        ]

    class Privacy:
        personal = ("outsider_sealed",)
        harmless = (
            "id", "centre", "seat", "membership", "starts_at", "ends_at", "appointed_at", "appointed_by",
        )  # fmt: skip


def _after_months(start: str, months: int) -> models.Func:
    return models.Func(
        F(start),
        template=f"(%(expressions)s + interval '{months} months')::date",
        output_field=models.DateField(),
    )


class ClosingPlan(Record):
    """How and when a centre closes (sluitingsplan): proposed, announced three months ahead, archived."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    proposed_at = models.DateTimeField("voorgesteld op")
    proposed_by = models.UUIDField("voorgesteld door")
    unmet = models.JSONField("niet gehaald", default=list)
    reason_sealed = models.BinaryField("reden", blank=True)
    council_on = models.DateField("raad van getroffenen gevraagd op", null=True)
    contact_point = models.CharField("daarna terecht bij", max_length=160, blank=True)
    inquiry_sealed = models.BinaryField("onderzoek en rechtszaak", blank=True)
    announced_on = models.DateField("aangekondigd op", null=True)
    announced_by = models.UUIDField("aangekondigd door", null=True)
    ends_on = models.DateField("laatste dag", null=True)
    notice_key = models.UUIDField("bericht voor de site", null=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)
    archived_on = models.DateField("gesloten op", null=True)

    class Meta:
        verbose_name = "sluitingsplan"
        verbose_name_plural = "sluitingsplannen"
        constraints = [
            models.UniqueConstraint(
                fields=["centre"],
                condition=Q(withdrawn_at__isnull=True, archived_on__isnull=True),
                name="one_closing_plan_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(unmet=[]) | ~Q(reason_sealed=b""), name="closing_without_criteria_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=_after_months("announced_on", 3)),
                name="a_closing_is_announced_three_months_ahead",
            ),
            models.CheckConstraint(
                condition=Q(announced_by__isnull=True) | ~Q(announced_by=F("proposed_by")),
                name="closing_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(archived_on__isnull=True)
                | Q(archived_on__gte=F("ends_on"), ends_on__isnull=False),
                name="archived_after_the_last_day",
            ),
            _together("announced_on", "announced_by", "closing_announced_by_somebody"),
            _together("announced_on", "ends_on", "an_announced_closing_has_its_day"),
        ]

    class Privacy:
        personal = ("reason_sealed", "inquiry_sealed")
        harmless = (
            "id", "centre", "proposed_at", "proposed_by", "unmet", "council_on", "contact_point",
            "announced_on", "announced_by", "ends_on", "notice_key", "withdrawn_at", "archived_on",
        )  # fmt: skip


class VisitCount(Record):
    """How often a centre was visited in a week, typed with its source (bezoekcijfer)."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    week_on = models.DateField("week van maandag")
    visits = models.PositiveIntegerField("bezoeken")
    source = models.CharField("bron", max_length=120)
    entered_at = models.DateTimeField("ingevoerd op")
    entered_by = models.UUIDField("ingevoerd door")

    class Meta:
        verbose_name = "bezoekcijfer"
        verbose_name_plural = "bezoekcijfers"
        constraints = [
            models.UniqueConstraint(fields=["centre", "week_on"], name="one_visit_count_per_week"),
            models.CheckConstraint(condition=~Q(source=""), name="a_visit_count_has_its_source"),
            models.CheckConstraint(condition=Q(week_on__iso_week_day=1), name="a_week_begins_on_monday"),
        ]

    class Privacy:
        harmless = ("id", "centre", "week_on", "visits", "source", "entered_at", "entered_by")


class Lesson(Record):
    """What was learnt from a centre (les), and the version of the template that took it up."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    lesson_sealed = models.BinaryField("wat we leerden")
    written_at = models.DateTimeField("geschreven op")
    written_by = models.UUIDField("geschreven door")
    template_version = models.CharField("in het sjabloon sinds versie", max_length=20, blank=True)
    taken_up_at = models.DateTimeField("in het sjabloon op", null=True)

    class Meta:
        verbose_name = "les uit een centrum"
        verbose_name_plural = "lessen uit een centrum"
        constraints = [
            models.CheckConstraint(condition=~Q(lesson_sealed=b""), name="a_lesson_says_something"),
            models.CheckConstraint(
                condition=Q(template_version="", taken_up_at__isnull=True)
                | (~Q(template_version="") & Q(taken_up_at__isnull=False)),
                name="a_lesson_is_taken_up_in_a_version",
            ),
        ]

    class Privacy:
        personal = ("lesson_sealed",)
        harmless = ("id", "centre", "written_at", "written_by", "template_version", "taken_up_at")


class Preparation(Record):
    """That something is ready in peace time (gereedheid), said by somebody on a day."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="+", on_delete=models.CASCADE
    )
    code = models.CharField("punt", max_length=30)
    done_on = models.DateField("gereed op")
    said_at = models.DateTimeField("gezegd op")
    said_by = models.UUIDField("gezegd door")

    class Meta:
        verbose_name = "gereedheid"
        verbose_name_plural = "gereedheid"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_answer_per_preparation"),
        ]

    class Privacy:
        harmless = ("id", "organisation", "code", "done_on", "said_at", "said_by")
