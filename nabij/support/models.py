"""Attempts to reach somebody, contacts, the plan, appointments, and how help ended."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.cases.models import Case
from nabij.kit.models import Record
from nabij.notify.models import Way


class AttemptOutcome(models.TextChoices):
    """How an attempt to reach somebody ended."""

    REACHED = "reached", _("bereikt")
    NO_ANSWER = "no_answer", _("geen gehoor")
    LATER = "later", _("bereikt, wil later gebeld worden")
    DECLINED = "declined", _("bereikt, wil geen hulp")
    SENT = "sent", _("verstuurd")


class Attempt(Record):
    """One attempt to reach somebody for the first time (benaderpoging)."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField("hoeveelste")
    way = models.CharField("hoe", max_length=10, choices=Way.choices)
    outcome = models.CharField("uitkomst", max_length=12, choices=AttemptOutcome.choices)
    at = models.DateTimeField("op")
    by = models.UUIDField("door")

    class Meta:
        verbose_name = "benaderpoging"
        verbose_name_plural = "benaderpogingen"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="attempts_are_numbered"),
            models.CheckConstraint(
                condition=Q(outcome__in=AttemptOutcome.values, way__in=Way.values),
                name="an_attempt_has_a_known_outcome",
            ),
        ]

    class Privacy:
        personal = ("way", "outcome")
        harmless = ("id", "case", "number", "at", "by")


class ContactKind(models.TextChoices):
    """How somebody was spoken."""

    CALL = "call", _("telefoongesprek")
    VISIT = "visit", _("bezoek")
    CHAT = "chat", _("chat of app")
    LETTER = "letter", _("brief of e-mail")


class Contact(Record):
    """One contact with the person (contactmoment); notes are a draft of their writer until finished."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    kind = models.CharField("soort", max_length=8, choices=ContactKind.choices)
    author = models.ForeignKey(
        Membership, verbose_name="geschreven door", related_name="+", on_delete=models.PROTECT
    )
    notes_sealed = models.BinaryField("aantekeningen", blank=True)
    happened_at = models.DateTimeField("contact op")
    saved_at = models.DateTimeField("bewaard op")
    finished_at = models.DateTimeField("afgerond op", null=True)

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        indexes = [models.Index(fields=["case", "-happened_at"], name="contacts_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "author"], condition=Q(finished_at__isnull=True), name="one_draft_per_writer"
            )
        ]

    class Privacy:
        personal = ("notes_sealed", "kind", "happened_at")
        harmless = ("id", "case", "author", "saved_at", "finished_at")


class Strand(models.TextChoices):
    """The three strands of help."""

    PSYCHOSOCIAL = "psychosocial", _("verwerken")
    PRACTICAL = "practical", _("praktisch")
    LEGAL = "legal", _("juridisch")


class PlanState(models.TextChoices):
    """Where a part of the plan stands."""

    OPEN = "open", _("afgesproken")
    DONE = "done", _("klaar")
    DROPPED = "dropped", _("niet nodig")


class Outcome(models.TextChoices):
    """How it is with this need now, as the person says."""

    WORSE = "worse", _("slechter")
    SAME = "same", _("hetzelfde")
    BETTER = "better", _("beter")
    SOLVED = "solved", _("opgelost")


class PlanItem(Record):
    """One need with what is done about it (planonderdeel); `version` keeps two writers apart."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    strand = models.CharField("lijn", max_length=12, choices=Strand.choices)
    suggestion = models.CharField("voorstel", max_length=40, blank=True)
    text_sealed = models.BinaryField("wat")
    state = models.CharField("stand", max_length=8, choices=PlanState.choices, default=PlanState.OPEN)
    outcome = models.CharField("hoe is het nu", max_length=8, choices=Outcome.choices, blank=True)
    reason_sealed = models.BinaryField("waarom niet nodig", blank=True)
    due_on = models.DateField("uiterlijk", null=True, blank=True)
    version = models.PositiveIntegerField("versie", default=1)
    changed_at = models.DateTimeField("veranderd op")
    changed_by = models.UUIDField("veranderd door", null=True)

    class Meta:
        verbose_name = "planonderdeel"
        verbose_name_plural = "planonderdelen"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "suggestion"], condition=~Q(suggestion=""), name="a_suggestion_once_per_case"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.DROPPED) | ~Q(reason_sealed=b""), name="dropped_with_a_reason"
            ),
        ]

    class Privacy:
        personal = ("text_sealed", "reason_sealed", "strand", "outcome", "suggestion")
        harmless = ("id", "case", "state", "due_on", "version", "changed_at", "changed_by")


class Appointment(Record):
    """An agreed moment with the person (afspraak); a visit exists only with their recorded yes."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    kind = models.CharField("soort", max_length=8, choices=ContactKind.choices)
    membership = models.ForeignKey(Membership, verbose_name="met", related_name="+", on_delete=models.PROTECT)
    second = models.ForeignKey(
        Membership, verbose_name="samen met", null=True, related_name="+", on_delete=models.PROTECT
    )
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    agreed_at = models.DateTimeField("ja gezegd op")
    agreed_by = models.UUIDField("opgeschreven door")
    is_approval_needed = models.BooleanField("teamleider moet goedkeuren", default=False)
    approved_at = models.DateTimeField("goedgekeurd op", null=True)
    approved_by = models.UUIDField("goedgekeurd door", null=True)
    interpreter = models.CharField("tolk in taal", max_length=8, blank=True)
    cancelled_at = models.DateTimeField("afgezegd op", null=True)

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        indexes = [models.Index(fields=["membership", "starts_at"], name="appointments_of_helper")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="an_appointment_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("membership")), name="two_are_two_people"
            ),
        ]

    class Privacy:
        personal = ("kind", "starts_at", "ends_at", "interpreter")
        harmless = (
            "id", "case", "membership", "second", "agreed_at", "agreed_by", "is_approval_needed",
            "approved_at", "approved_by", "cancelled_at",
        )  # fmt: skip

    @property
    def may_take_place(self) -> bool:
        """Whether nothing stands in its way: not cancelled, and approved where that is needed."""
        return self.cancelled_at is None and (not self.is_approval_needed or self.approved_at is not None)


class InterpreterWay(models.TextChoices):
    """How an interpreter takes part."""

    PHONE = "phone", _("aan de telefoon")
    PRESENT = "present", _("erbij in de kamer")


class InterpreterBooking(Record):
    """An interpreter for one appointment (tolkboeking); the agency hears a language and a time, no name."""

    appointment = models.OneToOneField(
        Appointment, verbose_name="afspraak", related_name="booking", on_delete=models.CASCADE
    )
    agency = models.CharField("bureau", max_length=40)
    way = models.CharField("hoe", max_length=8, choices=InterpreterWay.choices)
    number = models.CharField("nummer van de boeking", max_length=40)
    booked_at = models.DateTimeField("geregeld op")
    booked_by = models.UUIDField("geregeld door", null=True)
    cancelled_at = models.DateTimeField("afgezegd op", null=True)

    class Meta:
        verbose_name = "tolkboeking"
        verbose_name_plural = "tolkboekingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=InterpreterWay.values) & ~Q(number=""), name="a_booking_has_a_number"
            )
        ]

    class Privacy:
        personal = ("number",)
        harmless = ("id", "appointment", "agency", "way", "booked_at", "booked_by", "cancelled_at")


class CloseReason(models.TextChoices):
    """Why a case is closed."""

    DONE = "done", _("de hulp is klaar")
    NO_WISH = "no_wish", _("de persoon wil geen hulp (meer)")
    NOT_REACHED = "not_reached", _("niet bereikt, ook niet met een brief")
    ELSEWHERE = "elsewhere", _("iemand anders helpt verder")
    DIED = "died", _("de persoon is overleden")


class Closing(Record):
    """How help ended (afsluiting): why, and what the person thought of it when they wanted to say."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    reason = models.CharField("reden", max_length=12, choices=CloseReason.choices)
    closed_at = models.DateTimeField("afgesloten op")
    closed_by = models.UUIDField("afgesloten door")
    has_felt_heard = models.BooleanField("voelde zich gehoord", null=True)
    is_helped = models.BooleanField("was geholpen", null=True)
    reopened_at = models.DateTimeField("heropend op", null=True)
    reopened_by = models.UUIDField("heropend door", null=True)

    class Meta:
        verbose_name = "afsluiting"
        verbose_name_plural = "afsluitingen"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(reopened_at__isnull=True), name="a_case_is_closed_once"
            )
        ]

    class Privacy:
        personal = ("has_felt_heard", "is_helped")
        harmless = ("id", "case", "reason", "closed_at", "closed_by", "reopened_at", "reopened_by")
