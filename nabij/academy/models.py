"""Certificates, training sessions, and a volunteer's way."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.academy.catalogue import Module, modules, rules
from nabij.accounts.models import Team, User
from nabij.kit.models import Record


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates, chainable."""

    def standing(self) -> "CertificateQuerySet":
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at__isnull=True)


class Certificate(Record):
    """Proof that somebody passed a course, from a day up to and including a day (certificaat)."""

    user = models.ForeignKey(
        User, verbose_name="van wie", related_name="certificates", on_delete=models.PROTECT
    )
    module = models.CharField("opleiding", max_length=20)
    issued_on = models.DateField("behaald op")
    last_valid_on = models.DateField("geldig tot en met")
    issued_by = models.ForeignKey(
        User, verbose_name="gegeven door", null=True, related_name="+", on_delete=models.PROTECT
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)
    withdrawn_by = models.UUIDField("ingetrokken door", null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "certificaat"
        verbose_name_plural = "certificaten"
        indexes = [models.Index(fields=["last_valid_on"], name="certificate_end")]
        constraints = [
            models.UniqueConstraint(fields=["user", "module", "issued_on"], name="one_certificate_a_day"),
            models.CheckConstraint(
                condition=Q(last_valid_on__gte=F("issued_on")), name="a_certificate_lasts_at_least_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(issued_by=F("user")) | Q(issued_by__isnull=True), name="nobody_certifies_himself"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawal_says_by_whom",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "user", "module", "issued_on", "last_valid_on", "issued_by", "withdrawn_at", "withdrawn_by"
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.module} {self.issued_on:%d-%m-%Y}"

    @property
    def course(self) -> Module | None:
        """The course of this certificate; None when the content no longer has it."""
        return modules().get(self.module)

    def was_given_by(self, day: date) -> bool:
        """Whether the holder had it by that day, ended or not; a withdrawn one never was."""
        return self.withdrawn_at is None and self.issued_on <= day


class ConductCheck(Record):
    """A certificate of conduct (VOG) was seen that day; the paper and its number are never kept."""

    user = models.ForeignKey(
        User, verbose_name="van wie", related_name="conduct_checks", on_delete=models.PROTECT
    )
    profile_code = models.CharField("profielcode", max_length=10)
    seen_on = models.DateField("gezien op")
    seen_by = models.ForeignKey(User, verbose_name="gezien door", related_name="+", on_delete=models.PROTECT)

    class Meta:
        verbose_name = "VOG gezien"
        verbose_name_plural = "VOG's gezien"
        constraints = [
            models.CheckConstraint(condition=~Q(seen_by=F("user")), name="nobody_checks_his_own_conduct")
        ]

    class Privacy:
        harmless = ("id", "user", "profile_code", "seen_on", "seen_by")

    @property
    def last_valid_on(self) -> date:
        """The last day on which this look counts."""
        return rules().last_conduct_day(self.seen_on)


class Session(Record):
    """A course or an exercise at a place and time, with a trainer and a number of seats (opleidingsdag)."""

    module = models.CharField("opleiding", max_length=20)
    is_drill = models.BooleanField("oefening", default=False)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    place = models.CharField("plaats", max_length=120)
    trainer = models.ForeignKey(User, verbose_name="trainer", related_name="+", on_delete=models.PROTECT)
    seats = models.PositiveSmallIntegerField("plaatsen")
    cancelled_at = models.DateTimeField("afgelast op", null=True)
    cancelled_by = models.UUIDField("afgelast door", null=True)

    class Meta:
        verbose_name = "opleidingsdag"
        verbose_name_plural = "opleidingsdagen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="a_session_has_a_seat"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="a_cancelling_says_by_whom",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "module", "is_drill", "starts_at", "ends_at", "place", "trainer", "seats", "cancelled_at",
            "cancelled_by",
        )  # fmt: skip

    @property
    def course(self) -> Module:
        """What is taught."""
        return modules()[self.module]

    @property
    def hours(self) -> float:
        """What the day adds to somebody's hours: the whole course, or the length of the exercise."""
        return (self.ends_at - self.starts_at).total_seconds() / 3600 if self.is_drill else self.course.hours


class Attendance(models.TextChoices):
    """Whether somebody came."""

    UNKNOWN = "unknown", _("nog niet ingevuld")
    PRESENT = "present", _("aanwezig")
    ABSENT = "absent", _("afwezig")


class Result(models.TextChoices):
    """How the assessment ended."""

    NONE = "none", _("nog niet beoordeeld")
    PASSED = "passed", _("gehaald")
    FAILED = "failed", _("niet gehaald")


class Enrolment(Record):
    """Somebody's seat in a session, whether they came and whether they passed (inschrijving)."""

    session = models.ForeignKey(
        Session, verbose_name="opleidingsdag", related_name="enrolments", on_delete=models.PROTECT
    )
    user = models.ForeignKey(User, verbose_name="wie", related_name="enrolments", on_delete=models.PROTECT)
    enrolled_at = models.DateTimeField("ingeschreven op")
    attendance = models.CharField(
        "aanwezig", max_length=10, choices=Attendance.choices, default=Attendance.UNKNOWN
    )
    result = models.CharField("beoordeling", max_length=10, choices=Result.choices, default=Result.NONE)
    assessed_at = models.DateTimeField("ingevuld op", null=True)
    assessed_by = models.UUIDField("ingevuld door", null=True)

    class Meta:
        verbose_name = "inschrijving"
        verbose_name_plural = "inschrijvingen"
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="one_seat_each"),
            models.CheckConstraint(
                condition=Q(result="none") | Q(attendance="present"), name="only_who_came_is_assessed"
            ),
            models.CheckConstraint(
                condition=Q(attendance="unknown", assessed_at__isnull=True, assessed_by__isnull=True)
                | (~Q(attendance="unknown") & Q(assessed_at__isnull=False, assessed_by__isnull=False)),
                name="an_attendance_says_by_whom",
            ),
        ]

    class Privacy:
        harmless = (
            "id",
            "session",
            "user",
            "enrolled_at",
            "attendance",
            "result",
            "assessed_at",
            "assessed_by",
        )


class RenewalReminder(Record):
    """Says that the holder was told, so many days ahead, that a certificate ends (herinnering)."""

    certificate = models.ForeignKey(
        Certificate, verbose_name="certificaat", related_name="reminders", on_delete=models.CASCADE
    )
    days_before = models.PositiveSmallIntegerField("dagen van tevoren")
    sent_at = models.DateTimeField("verstuurd op")

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        constraints = [
            models.UniqueConstraint(fields=["certificate", "days_before"], name="reminded_once_each_time")
        ]

    class Privacy:
        harmless = ("id", "certificate", "days_before", "sent_at")


class Stage(models.TextChoices):
    """Where a volunteer is on the way."""

    APPLIED = "applied", _("aangemeld")
    TRAINING = "training", _("in opleiding")
    MENTORED = "mentored", _("werkt met mentor")
    ACTIVE = "active", _("inzetbaar")
    ON_BREAK = "on_break", _("met pauze")
    LEFT = "left", _("gestopt")


ALLOWED: dict[str, frozenset[str]] = {
    Stage.APPLIED: frozenset({Stage.TRAINING, Stage.LEFT}),
    Stage.TRAINING: frozenset({Stage.MENTORED, Stage.LEFT}),
    Stage.MENTORED: frozenset({Stage.ACTIVE, Stage.ON_BREAK, Stage.LEFT}),
    Stage.ACTIVE: frozenset({Stage.ON_BREAK, Stage.LEFT}),
    Stage.ON_BREAK: frozenset({Stage.ACTIVE, Stage.LEFT}),
    Stage.LEFT: frozenset(),
}


class Volunteer(Record):
    """Somebody's way as a volunteer: applying, training, mentor, break and goodbye (vrijwilliger)."""

    user = models.OneToOneField(User, verbose_name="wie", related_name="volunteer", on_delete=models.PROTECT)
    team = models.ForeignKey(Team, verbose_name="team", related_name="volunteers", on_delete=models.PROTECT)
    stage = models.CharField("fase", max_length=10, choices=Stage.choices, default=Stage.APPLIED)
    applied_on = models.DateField("aangemeld op")
    stage_since_on = models.DateField("in deze fase sinds")
    mentor = models.ForeignKey(
        User, verbose_name="mentor", null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    mentored_from_on = models.DateField("mentor vanaf", null=True)
    break_from_on = models.DateField("pauze vanaf", null=True)

    class Meta:
        verbose_name = "vrijwilliger"
        verbose_name_plural = "vrijwilligers"
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="mentored") | Q(mentor__isnull=False, mentored_from_on__isnull=False),
                name="who_works_with_a_mentor_has_one",
            ),
            models.CheckConstraint(
                condition=~Q(mentor=F("user")) | Q(mentor__isnull=True), name="nobody_is_his_own_mentor"
            ),
            models.CheckConstraint(
                condition=Q(stage="on_break", break_from_on__isnull=False)
                | (~Q(stage="on_break") & Q(break_from_on__isnull=True)),
                name="a_break_says_since_when",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "user", "team", "stage", "applied_on", "stage_since_on", "mentor", "mentored_from_on",
            "break_from_on",
        )  # fmt: skip

    @property
    def mentor_time_ends_on(self) -> date | None:
        """The first day on which the volunteer may work without a mentor; None without one."""
        return rules().mentor_time_ends(self.mentored_from_on) if self.mentored_from_on else None
