"""Pages, their due moments, and who was asked."""

from dataclasses import replace
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Team
from nabij.kit.models import Record
from nabij.notify.models import Message
from nabij.paging.ladders import Ladder, Reason, Step, decline_reasons, ladder


class PageState(models.TextChoices):
    """How far a page is."""

    OPEN = "open", _("loopt")
    ANSWERED = "answered", _("beantwoord")
    EXHAUSTED = "exhausted", _("niemand gevonden")
    STOOD_DOWN = "stood_down", _("afgeblazen")


ALLOWED = {
    PageState.OPEN: {PageState.ANSWERED, PageState.EXHAUSTED, PageState.STOOD_DOWN},
    PageState.EXHAUSTED: {PageState.OPEN, PageState.ANSWERED, PageState.STOOD_DOWN},
    PageState.ANSWERED: set(),
    PageState.STOOD_DOWN: set(),
}


class TeamLadder(Record):
    """A team's own steps for one kind of page (oproepschema); never changed, only followed by a newer one."""

    team = models.ForeignKey(Team, verbose_name="team", related_name="+", on_delete=models.PROTECT)
    kind = models.CharField("soort", max_length=40)
    steps = models.JSONField("stappen")
    repeat_minutes = models.SmallIntegerField("herhalen na minuten")
    repeat_until_hours = models.SmallIntegerField("herhalen tot uur")
    entered_at = models.DateTimeField("ingevoerd op")
    entered_by = models.UUIDField("ingevoerd door")
    ended_at = models.DateTimeField("vervallen op", null=True)

    class Meta:
        verbose_name = "oproepschema"
        verbose_name_plural = "oproepschema's"
        constraints = [
            models.UniqueConstraint(
                fields=["team", "kind"], condition=Q(ended_at__isnull=True), name="one_own_ladder_per_team"
            ),
            models.CheckConstraint(
                condition=Q(repeat_minutes__gte=1, repeat_until_hours__gte=1), name="a_ladder_repeats"
            ),
        ]

    class Privacy:
        harmless = (
            "id", "team", "kind", "steps", "repeat_minutes", "repeat_until_hours", "entered_at", "entered_by",
            "ended_at",
        )  # fmt: skip

    @property
    def ladder(self) -> Ladder:
        """The national ladder of this kind with the team's own steps in it."""
        return replace(
            ladder(self.kind),
            steps=tuple(Step(seat, timedelta(minutes=minutes)) for seat, minutes in self.steps),
            repeat=timedelta(minutes=self.repeat_minutes),
            repeat_until=timedelta(hours=self.repeat_until_hours),
        )


class Page(Record):
    """A call for somebody who must answer (oproep), until enough people say yes."""

    kind = models.CharField("soort", max_length=40)
    subject_id = models.UUIDField("onderwerp", db_index=True)
    thread_id = models.UUIDField("hoort bij", db_index=True)
    team_id = models.UUIDField("team", null=True)
    own_ladder = models.ForeignKey(
        TeamLadder, verbose_name="oproepschema", null=True, related_name="+", on_delete=models.PROTECT
    )
    needed = models.SmallIntegerField("nodig", default=1)
    state = models.CharField("stand", max_length=12, choices=PageState.choices, default=PageState.OPEN)
    is_exercise = models.BooleanField("oefening")
    is_drill = models.BooleanField("oefening op eigen klok", default=False)
    language = models.CharField("taal", max_length=5, default="nl")
    values_sealed = models.BinaryField("gegevens in het bericht", default=b"")
    started_at = models.DateTimeField("begonnen op")
    closed_at = models.DateTimeField("gesloten op", null=True)

    class Meta:
        verbose_name = "oproep"
        verbose_name_plural = "oproepen"
        constraints = [
            models.CheckConstraint(condition=Q(needed__gte=1), name="a_page_needs_somebody"),
            models.CheckConstraint(condition=Q(state__in=PageState.values), name="a_known_page_state"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "exhausted"], closed_at__isnull=True)
                | Q(state__in=["answered", "stood_down"], closed_at__isnull=False),
                name="a_closed_page_has_its_moment",
            ),
        ]

    class Privacy:
        personal = ("values_sealed",)
        harmless = (
            "id", "kind", "subject_id", "thread_id", "team_id", "own_ladder", "needed", "state",
            "is_exercise", "is_drill", "language", "started_at", "closed_at",
        )  # fmt: skip

    @property
    def rungs(self) -> Ladder:
        """The ladder by which this page was started; a newer one does not change a page that runs."""
        return self.own_ladder.ladder if self.own_ladder else ladder(self.kind)

    @property
    def is_closed(self) -> bool:
        """Whether enough people said yes, or nobody is needed any more."""
        return self.closed_at is not None


class PageNeed(Record):
    """How many of those who come must have a skill, such as Turkish (gevraagde vaardigheid)."""

    page = models.ForeignKey(Page, verbose_name="oproep", related_name="needs", on_delete=models.CASCADE)
    skill = models.CharField("vaardigheid", max_length=20)
    number = models.SmallIntegerField("aantal", default=1)

    class Meta:
        verbose_name = "gevraagde vaardigheid"
        verbose_name_plural = "gevraagde vaardigheden"
        constraints = [
            models.UniqueConstraint(fields=["page", "skill"], name="a_skill_is_asked_once_per_page"),
            models.CheckConstraint(condition=Q(number__gte=1), name="a_need_is_of_somebody"),
        ]

    class Privacy:
        harmless = ("id", "page", "skill", "number")


class DueMomentQuerySet(models.QuerySet["DueMoment"]):
    """Due moments, chainable."""

    def waiting(self) -> "DueMomentQuerySet":
        """What the engine has to do; the moments of a drill are taken by the drill, on its own clock."""
        return self.filter(done_at__isnull=True, page__is_drill=False)


class DueMoment(Record):
    """The moment at which the next step of a page is due (termijn); a page has one that is not done."""

    page = models.ForeignKey(Page, verbose_name="oproep", related_name="moments", on_delete=models.CASCADE)
    step = models.SmallIntegerField("stap")
    seat = models.CharField("stoel", max_length=40)
    due_at = models.DateTimeField("uiterlijk")
    lease_until = models.DateTimeField("in handen tot", null=True)
    taken_by = models.CharField("in handen van", max_length=60, blank=True)
    done_at = models.DateTimeField("gedaan op", null=True)

    objects = DueMomentQuerySet.as_manager()

    class Meta:
        verbose_name = "termijn"
        verbose_name_plural = "termijnen"
        indexes = [models.Index(fields=["due_at"], name="moment_to_do", condition=Q(done_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(done_at__isnull=True), name="a_page_has_one_next_moment"
            )
        ]

    class Privacy:
        harmless = ("id", "page", "step", "seat", "due_at", "lease_until", "taken_by", "done_at")


class Answer(models.TextChoices):
    """What somebody who was asked has said."""

    OPEN = "open", _("nog geen antwoord")
    ACCEPTED = "accepted", _("komt")
    DECLINED = "declined", _("kan niet")
    STANDBY = "standby", _("reserve: wil komen")
    WITHDRAWN = "withdrawn", _("niet meer nodig")


class Way(models.TextChoices):
    """How the answer came in."""

    LINK = "link", _("link")
    APP = "app", _("in Nabij")
    BY_OTHER = "by_other", _("door een ander ingevoerd")
    VOICE = "voice", _("telefoontoets")


class Ask(Record):
    """One person asked to come (vraag); asked once per page, perhaps more than once reminded."""

    page = models.ForeignKey(Page, verbose_name="oproep", related_name="asks", on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    message = models.ForeignKey(
        Message, verbose_name="bericht", null=True, related_name="+", on_delete=models.SET_NULL
    )
    step = models.SmallIntegerField("stap")
    seat = models.CharField("stoel", max_length=40, default="", blank=True)
    asked_at = models.DateTimeField("gevraagd op")
    answer = models.CharField("antwoord", max_length=10, choices=Answer.choices, default=Answer.OPEN)
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.UUIDField("beantwoord door", null=True)
    answered_way = models.CharField("beantwoord via", max_length=10, choices=Way.choices, blank=True)
    decline_code = models.CharField("waarom niet", max_length=20, blank=True)
    reason_sealed = models.BinaryField("reden", default=b"")
    token_hash = models.BinaryField("afdruk van de link", unique=True)
    expires_at = models.DateTimeField("link geldig tot")

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        constraints = [
            models.UniqueConstraint(fields=["page", "membership"], name="asked_once_per_page"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="a_known_answer"),
            models.CheckConstraint(
                condition=Q(answer="open", answered_at__isnull=True)
                | (~Q(answer="open") & Q(answered_at__isnull=False)),
                name="an_answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["accepted", "declined", "standby"]) | ~Q(answered_way=""),
                name="an_answer_came_some_way",
            ),
            models.CheckConstraint(
                condition=Q(decline_code="") | Q(answer="declined"), name="only_a_no_has_a_reason"
            ),
        ]

    class Privacy:
        personal = ("reason_sealed",)
        harmless = (
            "id", "page", "membership", "message", "step", "seat", "asked_at", "answer", "answered_at",
            "answered_by", "answered_way", "decline_code", "token_hash", "expires_at",
        )  # fmt: skip

    @property
    def words(self) -> dict[str, str]:
        """What the phone page says to this person, in the language in which it is read."""
        rungs = self.page.rungs
        return {word: rungs.say(word, self.seat) for word in ("question", "yes", "no", "said", "declined")}

    @property
    def decline_reason(self) -> Reason | None:
        """Why this person cannot come, when they said so."""
        return decline_reasons().get(self.decline_code)
