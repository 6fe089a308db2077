"""Meetings with their support, questions, published answers and promises; and counts without names."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Organisation
from nabij.centres.models import CentreText
from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.meetings.content import owners


class Audience(models.TextChoices):
    """For whom a meeting is; bereaved families have one of their own (DIS-14)."""

    RESIDENTS = "residents", _("bewoners")
    BEREAVED = "bereaved", _("nabestaanden")
    PARENTS = "parents", _("ouders")


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("gepland")
    HELD = "held", _("gehouden")
    CANCELLED = "cancelled", _("afgezegd")


ALLOWED: dict[str, set[str]] = {
    MeetingState.PLANNED: {MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.HELD: {MeetingState.HELD},
    MeetingState.CANCELLED: set(),
}


class Meeting(Record):
    """A meeting after an event (bewonersbijeenkomst): for whom, where, when, and how many came."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="gehouden door", related_name="+", on_delete=models.PROTECT
    )
    audience = models.CharField("voor wie", max_length=12, choices=Audience.choices)
    where = models.CharField("waar", max_length=120)
    starts_at = models.DateTimeField("begint op")
    state = models.CharField(
        "stand", max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    planned_at = models.DateTimeField("gepland op")
    planned_by = models.UUIDField("gepland door")
    present = models.PositiveIntegerField("aanwezig", null=True)
    counted_at = models.DateTimeField("geteld op", null=True)

    class Meta:
        verbose_name = "bewonersbijeenkomst"
        verbose_name_plural = "bewonersbijeenkomsten"
        indexes = [models.Index(fields=["incident", "starts_at"], name="meetings_of_incident")]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "where", "starts_at"],
                condition=~Q(state="cancelled"),
                name="one_meeting_at_a_place_and_moment",
            ),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="a_meeting_for_somebody"),
            models.CheckConstraint(
                condition=Q(state="held", present__isnull=False, counted_at__isnull=False)
                | (~Q(state="held") & Q(present__isnull=True, counted_at__isnull=True)),
                name="a_meeting_that_was_held_is_counted",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "incident", "organisation", "audience", "where", "starts_at", "state", "planned_at",
            "planned_by", "present", "counted_at",
        )  # fmt: skip


class SupportState(models.TextChoices):
    """What victim support answered."""

    OPEN = "open", _("gevraagd")
    PROMISED = "promised", _("toegezegd")
    DECLINED = "declined", _("kan niet")


class SupportAsk(Record):
    """The municipality asks victim support to be there (steunvraag): how many, and how many come."""

    meeting = models.OneToOneField(
        Meeting, verbose_name="bijeenkomst", related_name="support", on_delete=models.CASCADE
    )
    number = models.PositiveSmallIntegerField("hoeveel gevraagd")
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.UUIDField("gevraagd door")
    state = models.CharField("stand", max_length=10, choices=SupportState.choices, default=SupportState.OPEN)
    promised = models.PositiveSmallIntegerField("hoeveel komen er", default=0)
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.UUIDField("beantwoord door", null=True)

    class Meta:
        verbose_name = "steunvraag"
        verbose_name_plural = "steunvragen"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="support_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="promised", promised__gte=1) | (~Q(state="promised") & Q(promised=0)),
                name="a_promise_of_support_has_its_number",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "meeting", "number", "asked_at", "asked_by", "state", "promised", "answered_at",
            "answered_by",
        )  # fmt: skip


class Question(Record):
    """What somebody asked at a meeting (bewonersvraag), never who; and the answer of who must give it."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="bijeenkomst", related_name="questions", on_delete=models.CASCADE
    )
    number = models.PositiveSmallIntegerField("nummer")
    text = models.CharField("vraag", max_length=300)
    owner = models.CharField("wie antwoordt", max_length=30)
    answer = models.CharField("antwoord", max_length=1500, blank=True)
    asked_at = models.DateTimeField("gevraagd op")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.UUIDField("beantwoord door", null=True)

    class Meta:
        verbose_name = "bewonersvraag"
        verbose_name_plural = "bewonersvragen"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_question_with_a_number"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="an_answer_is_given_by_somebody",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "meeting", "number", "text", "owner", "answer", "asked_at", "answered_at", "answered_by",
        )  # fmt: skip

    @property
    def owner_in_words(self) -> str:
        """Who must answer, in the words of who reads it."""
        return owners()[self.owner]


class MeetingMessage(Record):
    """All answers of a meeting as one message (antwoordbericht); a version never changes."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="bijeenkomst", related_name="messages", on_delete=models.CASCADE
    )
    version = models.PositiveSmallIntegerField("versie")
    lines: "models.JSONField[Any, Any]" = models.JSONField("vragen en antwoorden")
    why = models.CharField("wat is er anders", max_length=200, blank=True)
    published_at = models.DateTimeField("gepubliceerd op")
    published_by = models.UUIDField("gepubliceerd door")

    class Meta:
        verbose_name = "antwoordbericht"
        verbose_name_plural = "antwoordberichten"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="answers_are_published_once"),
            models.CheckConstraint(
                condition=Q(version=1, why="") | (Q(version__gt=1) & ~Q(why="")),
                name="a_corrected_message_says_what_changed",
            ),
        ]

    class Privacy:
        harmless = ("id", "meeting", "version", "lines", "why", "published_at", "published_by")


class CentreOffer(Record):
    """That a version of the answers was offered to the editors of the centre (aanbod aan het IAC)."""

    message = models.OneToOneField(
        MeetingMessage, verbose_name="antwoordbericht", related_name="offer", on_delete=models.CASCADE
    )
    text = models.ForeignKey(
        CentreText, verbose_name="tekst", null=True, related_name="+", on_delete=models.SET_NULL
    )
    offered_at = models.DateTimeField("aangeboden op")
    offered_by = models.UUIDField("aangeboden door")

    class Meta:
        verbose_name = "aanbod aan het IAC"
        verbose_name_plural = "aanbod aan het IAC"

    class Privacy:
        harmless = ("id", "message", "text", "offered_at", "offered_by")


class FollowUp(Record):
    """What was promised at a meeting (afspraak na een bijeenkomst): who does it, and by which day."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="bijeenkomst", related_name="follow_ups", on_delete=models.CASCADE
    )
    what = models.CharField("wat", max_length=200)
    owner = models.CharField("wie doet het", max_length=30)
    due_on = models.DateField("uiterlijk op")
    promised_at = models.DateTimeField("afgesproken op")
    promised_by = models.UUIDField("opgeschreven door")
    done_at = models.DateTimeField("gedaan op", null=True)
    done_by = models.UUIDField("afgevinkt door", null=True)

    class Meta:
        verbose_name = "afspraak na een bijeenkomst"
        verbose_name_plural = "afspraken na een bijeenkomst"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_promise_is_kept_by_somebody",
            )
        ]

    class Privacy:
        harmless = (
            "id", "meeting", "what", "owner", "due_on", "promised_at", "promised_by", "done_at", "done_by",
        )  # fmt: skip

    @property
    def owner_in_words(self) -> str:
        """Who does it, in the words of who reads it."""
        return owners()[self.owner]


class Tally(Record):
    """How many of something at an event (telling), without names: visits, letters, requests of the press."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    word = models.CharField("wat", max_length=30)
    number = models.PositiveIntegerField("hoeveel", default=0)

    class Meta:
        verbose_name = "telling"
        verbose_name_plural = "tellingen"
        constraints = [
            models.UniqueConstraint(fields=["incident", "word"], name="one_count_of_a_word"),
            models.CheckConstraint(condition=Q(number__gte=0), name="a_count_is_not_below_nought"),
        ]

    class Privacy:
        harmless = ("id", "incident", "word", "number")


class TallyStep(Record):
    """One step of a count (telstap): how many more or fewer, and what it then was."""

    tally = models.ForeignKey(Tally, verbose_name="telling", related_name="steps", on_delete=models.CASCADE)
    change = models.IntegerField("erbij of eraf")
    number = models.PositiveIntegerField("toen")
    counted_at = models.DateTimeField("geteld op")
    counted_by = models.UUIDField("geteld door")

    class Meta:
        verbose_name = "telstap"
        verbose_name_plural = "telstappen"
        constraints = [models.CheckConstraint(condition=~Q(change=0), name="a_step_changes_something")]

    class Privacy:
        harmless = ("id", "tally", "change", "number", "counted_at", "counted_by")
