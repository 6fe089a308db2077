"""A drill: what is practised, on which clock, and what came of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Municipality, Organisation
from nabij.drills.content import scenes
from nabij.drills.words import RESULTS
from nabij.incidents.models import Incident
from nabij.kit.models import Record


class Practised(models.TextChoices):
    """What a drill is about."""

    PROTOCOL = "protocol", _("een nazorgprotocol")
    PAGING = "paging", _("een oproepschema")
    CENTRE = "centre", _("een centrum (IAC)")


class DrillState(models.TextChoices):
    """Where a drill stands."""

    RUNNING = "running", _("loopt")
    ENDED = "ended", _("klaar")
    WIPED = "wiped", _("gewist")


ALLOWED: dict[str, set[str]] = {
    DrillState.RUNNING: {DrillState.ENDED},
    DrillState.ENDED: {DrillState.WIPED},
    DrillState.WIPED: set(),
}


class Drill(Record):
    """An exercise on a clock of its own (oefening): a made-up event, made-up people, nothing sent.

    The clock of the drill stood at `drill_at` when the real clock stood at `set_at`, and runs `speed` times
    as fast since; while `is_paused` it stands still.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="+", on_delete=models.PROTECT
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    incident = models.OneToOneField(
        Incident, verbose_name="gebeurtenis", null=True, related_name="+", on_delete=models.PROTECT
    )
    practised = models.CharField("wat wordt geoefend", max_length=10, choices=Practised.choices)
    scene = models.CharField("verhaal", max_length=20)
    played = models.JSONField("wat mensen zelf spelen", default=list)
    seed = models.PositiveIntegerField("toevalsgetal")
    speed = models.PositiveSmallIntegerField("snelheid", default=1)
    starts_at = models.DateTimeField("begint in de oefening op")
    drill_at = models.DateTimeField("klok van de oefening")
    set_at = models.DateTimeField("klok gezet op")
    is_paused = models.BooleanField("staat stil", default=True)
    state = models.CharField("stand", max_length=8, choices=DrillState.choices, default=DrillState.RUNNING)
    acted: "models.JSONField[Any, Any]" = models.JSONField("door het spel gedaan", default=list)
    begun_at = models.DateTimeField("begonnen op")
    begun_by = models.ForeignKey(
        Membership, verbose_name="begonnen door", related_name="+", on_delete=models.PROTECT
    )
    ended_at = models.DateTimeField("klaar op", null=True)
    wiped_at = models.DateTimeField("gewist op", null=True)
    sent = models.PositiveIntegerField("verstuurd", null=True)
    report: "models.JSONField[Any, Any]" = models.JSONField("verslag", default=dict)

    class Meta:
        verbose_name = "oefenspel"
        verbose_name_plural = "oefenspellen"
        indexes = [models.Index(fields=["organisation", "-begun_at"], name="drills_of_organisation")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DrillState.values), name="a_known_drill_state"),
            models.CheckConstraint(condition=Q(speed__gte=1), name="a_drill_runs_forward"),
            models.CheckConstraint(
                condition=~Q(practised="centre") | Q(speed=1), name="a_centre_is_drilled_on_the_real_clock"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True)
                | (~Q(state="running") & Q(ended_at__isnull=False, sent__isnull=False)),
                name="an_ended_drill_has_counted_what_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="wiped", wiped_at__isnull=False, incident__isnull=True)
                | (~Q(state="wiped") & Q(wiped_at__isnull=True, incident__isnull=False)),
                name="of_a_wiped_drill_no_event_is_left",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "organisation", "municipality", "incident", "practised", "scene", "played", "seed", "speed",
            "starts_at", "drill_at", "set_at", "is_paused", "state", "acted", "begun_at", "begun_by",
            "ended_at", "wiped_at", "sent", "report",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.scene} {self.starts_at:%Y-%m-%d}"

    @property
    def scene_in_words(self) -> str:
        """What is practised, in the words of who reads it."""
        return str(scenes()[self.scene])

    @property
    def sums_in_words(self) -> list[tuple[str, int]]:
        """The sums of the report; nothing before there is one."""
        sums = self.report.get("sums", {})
        return [(str(words), sums[kind]) for kind, words in RESULTS.items() if kind in sums]

    @property
    def is_of_centre(self) -> bool:
        """Whether people open a centre themselves, against the real clock."""
        return self.practised == Practised.CENTRE

    @property
    def event_id(self) -> UUID:
        """The made-up event; ValueError when it was wiped."""
        if self.incident_id is None:
            raise ValueError("of a wiped drill no event is left")
        return self.incident_id

    def clock_at(self, at: datetime) -> datetime:
        """What the clock of the drill says when the real one says `at`."""
        if self.is_paused or self.state != DrillState.RUNNING:
            return self.drill_at
        return self.drill_at + max(at - self.set_at, timedelta()) * self.speed
