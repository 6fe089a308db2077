"""Fixed contacts of districts and events, partners told, questions with their answer, calls on the line."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Municipality, Organisation
from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.knowledge.models import District


class Side(models.TextChoices):
    """The two that know each other: every pair has one of both."""

    MUNICIPALITY = "municipality", _("gemeente")
    SUPPORT = "victim_support", _("slachtofferhulp")


class DistrictContact(Record):
    """Who is the fixed contact of one side in a district (vaste contactpersoon), from then till then."""

    district = models.ForeignKey(District, verbose_name="wijk", related_name="+", on_delete=models.CASCADE)
    side = models.CharField("van wie", max_length=20, choices=Side.choices)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot", null=True)
    named_by = models.ForeignKey(
        Membership, verbose_name="aangewezen door", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "vaste contactpersoon"
        verbose_name_plural = "vaste contactpersonen"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "side"],
                condition=Q(ends_at__isnull=True),
                name="one_fixed_contact_of_a_side",
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="a_fixed_contact_has_a_side"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="a_fixed_contact_ends_after_it_starts",
            ),
        ]

    class Privacy:
        harmless = ("id", "district", "side", "membership", "starts_at", "ends_at", "named_by")


class IncidentContact(Record):
    """Who was the fixed contact of one side when an event began (contactpersoon bij een gebeurtenis)."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.CASCADE
    )
    side = models.CharField("van wie", max_length=20, choices=Side.choices)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    since_at = models.DateTimeField("sinds")

    class Meta:
        verbose_name = "contactpersoon bij een gebeurtenis"
        verbose_name_plural = "contactpersonen bij gebeurtenissen"
        constraints = [
            models.UniqueConstraint(fields=["incident", "side"], name="one_contact_of_a_side_at_an_event"),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="a_contact_at_an_event_has_a_side"
            ),
        ]

    class Privacy:
        harmless = ("id", "incident", "side", "membership", "since_at")


class PartnerNotice(Record):
    """That a partner was told of an event (partner ingelicht): when, by whom, and when it said "received"."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.CASCADE
    )
    partner = models.CharField("partner", max_length=40)
    informed_at = models.DateTimeField("ingelicht op")
    informed_by = models.ForeignKey(
        Membership, verbose_name="ingelicht door", related_name="+", on_delete=models.PROTECT
    )
    received_at = models.DateTimeField("ontvangen op", null=True)
    received_by = models.ForeignKey(
        Membership,
        verbose_name="ontvangst opgeschreven door",
        null=True,
        related_name="+",
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = "partner ingelicht"
        verbose_name_plural = "partners ingelicht"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "partner"], name="a_partner_is_told_once_of_an_event"
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_by__isnull=False, received_at__gte=F("informed_at")),
                name="a_partner_receives_what_it_was_told",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "incident", "partner", "informed_at", "informed_by", "received_at", "received_by",
        )  # fmt: skip


class AdviceQuestion(Record):
    """A question of a municipality and the note that answered it (adviesvraag)."""

    reference = models.CharField("kenmerk", max_length=60, unique=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="+", on_delete=models.PROTECT
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", null=True, related_name="+", on_delete=models.PROTECT
    )
    topic = models.CharField("onderwerp", max_length=40)
    urgency = models.CharField("hoe snel", max_length=20)
    question_sealed = models.BinaryField("vraag")
    wanted_at = models.DateTimeField("gewenst voor", null=True)
    asked_by = models.ForeignKey(
        Membership, verbose_name="gevraagd door", related_name="+", on_delete=models.PROTECT
    )
    asked_at = models.DateTimeField("gevraagd op")
    due_at = models.DateTimeField("antwoord uiterlijk")
    taken_by = models.ForeignKey(
        Membership, verbose_name="opgepakt door", null=True, related_name="+", on_delete=models.PROTECT
    )
    taken_at = models.DateTimeField("opgepakt op", null=True)
    answer_sealed = models.BinaryField("advies", blank=True)
    answered_by = models.ForeignKey(
        Membership, verbose_name="beantwoord door", null=True, related_name="+", on_delete=models.PROTECT
    )
    answered_at = models.DateTimeField("beantwoord op", null=True)
    job_title = models.CharField("functie van de adviseur", max_length=120, blank=True)
    reminded_at = models.DateTimeField("teamleider herinnerd op", null=True)

    class Meta:
        verbose_name = "adviesvraag"
        verbose_name_plural = "adviesvragen"
        indexes = [
            models.Index(
                fields=["due_at"], name="questions_to_answer", condition=Q(answered_at__isnull=True)
            ),
            models.Index(fields=["organisation", "-asked_at"], name="questions_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="a_question_is_taken_by_somebody_at_some_moment",
            ),
            models.CheckConstraint(
                condition=Q(
                    answered_at__isnull=True, answered_by__isnull=True, job_title="", answer_sealed=b""
                )
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False, taken_at__isnull=False)
                    & ~Q(job_title="")
                    & ~Q(answer_sealed=b"")
                ),
                name="an_advice_note_has_author_and_date",
            ),
        ]

    class Privacy:
        personal = ("question_sealed", "answer_sealed")
        harmless = (
            "id", "reference", "organisation", "municipality", "incident", "topic", "urgency", "wanted_at",
            "asked_by", "asked_at", "due_at", "taken_by", "taken_at", "answered_by", "answered_at",
            "job_title", "reminded_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether the answer is not there yet."""
        return self.answered_at is None


class LineCall(Record):
    """A call of a professional (gesprek op de Advieslijn); who called is a function, never a name."""

    caller = models.CharField("welke organisatie", max_length=30)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", null=True, related_name="+", on_delete=models.PROTECT
    )
    topic = models.CharField("onderwerp", max_length=40)
    function_sealed = models.BinaryField("functie van de beller", blank=True)
    question_sealed = models.BinaryField("vraag")
    answer_sealed = models.BinaryField("antwoord", blank=True)
    minutes = models.PositiveSmallIntegerField("minuten")
    called_at = models.DateTimeField("gebeld op")
    taken_by = models.ForeignKey(
        Membership, verbose_name="aangenomen door", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "gesprek op de Advieslijn"
        verbose_name_plural = "gesprekken op de Advieslijn"
        indexes = [models.Index(fields=["-called_at"], name="line_calls_by_moment")]

    class Privacy:
        personal = ("function_sealed", "question_sealed", "answer_sealed")
        harmless = ("id", "caller", "municipality", "topic", "minutes", "called_at", "taken_by")
