"""Reading meetings, their published answers, what waits for whom, and counts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from nabij.accounts.models import OrganisationKind
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.incidents.models import Incident
from nabij.kit.clock import local
from nabij.meetings.content import Frame, frame, owners, words
from nabij.meetings.models import (
    CentreOffer,
    FollowUp,
    Meeting,
    MeetingMessage,
    MeetingState,
    Question,
    SupportState,
    Tally,
    TallyStep,
)
from nabij.meetings.policies import OWN_OWNER, visible_to

LATEST = 50


def meetings_for(actor: Actor, at: datetime) -> QuerySet[Meeting]:
    """The meetings that this actor may see, the last one first; with how many answers are missing."""
    found = Meeting.objects.filter(visible_to(actor, at)).select_related(
        "incident", "organisation", "support"
    )
    messages = MeetingMessage.objects.filter(meeting=OuterRef("pk"))
    return found.annotate(
        missing=Count("questions", filter=Q(questions__answer=""), distinct=True),
        ours=Count("questions", filter=Q(questions__answer="", questions__owner=OWN_OWNER), distinct=True),
        is_published=Exists(messages),
    ).order_by("-starts_at", "pk")


def question_for(actor: Actor, pk: UUID, at: datetime) -> Question | None:
    """One question, of a meeting that this actor may see."""
    seen = Meeting.objects.filter(visible_to(actor, at)).values("pk")
    rows = Question.objects.filter(Q(pk=pk), meeting__in=seen).select_related("meeting__incident")
    return rows.first()


def follow_up_for(actor: Actor, pk: UUID, at: datetime) -> FollowUp | None:
    """One promise, of a meeting that this actor may see."""
    seen = Meeting.objects.filter(visible_to(actor, at)).values("pk")
    return FollowUp.objects.filter(Q(pk=pk), meeting__in=seen).select_related("meeting__incident").first()


def message_for(actor: Actor, pk: UUID, at: datetime) -> MeetingMessage | None:
    """One version of the answers, of a meeting that this actor may see."""
    seen = Meeting.objects.filter(visible_to(actor, at)).values("pk")
    rows = MeetingMessage.objects.filter(Q(pk=pk), meeting__in=seen)
    return rows.select_related("meeting__incident", "meeting__organisation").first()


def last_message(meeting: Meeting) -> MeetingMessage | None:
    """The answers as they were published last."""
    return MeetingMessage.objects.filter(meeting=meeting).order_by("-version").first()


def lines_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The questions and answers as they would be published now."""
    rows = Question.objects.filter(meeting=meeting).order_by("number")
    return [{"question": row.text, "owner": row.owner, "answer": row.answer} for row in rows]


@dataclass(frozen=True)
class Line:
    """One question and its answer, and whether this version says it differently."""

    question: str
    who: str
    answer: str
    is_changed: bool


@dataclass(frozen=True)
class Published:
    """A version as it is read: the words around it, the answers, and the other versions."""

    message: MeetingMessage
    frame: Frame
    lines: list[Line]
    dropped: int
    versions: list[MeetingMessage]

    @property
    def is_last(self) -> bool:
        """Whether this is what holds now."""
        return self.message.version == self.versions[0].version


def published(message: MeetingMessage) -> Published:
    """A version of the answers, for who may see the meeting; changes with the version before are marked."""
    versions = list(MeetingMessage.objects.filter(meeting_id=message.meeting_id).order_by("-version"))
    before = next((each.lines for each in versions if each.version == message.version - 1), None)
    names, old = owners(), message.lines if before is None else before
    lines = [
        Line(each["question"], names[each["owner"]], each["answer"], each not in old)
        for each in message.lines
    ]
    asked = {each["question"] for each in message.lines}
    dropped = sum(each["question"] not in asked for each in before or [])
    return Published(message, frame(message.meeting.audience), lines, dropped, versions)


def as_news(message: MeetingMessage) -> str:
    """The answers as a message of the centre, in Dutch: what was asked, what is answered, and by whom."""
    with translation.override("nl"):
        shown = published(message)
        lines = [f"{each.question}\n{each.answer}\n({each.who})" for each in shown.lines]
    why = [message.why] if message.why else []
    return "\n\n".join([shown.frame.title, *why, shown.frame.opening, *lines, shown.frame.closing])


def centre_of(meeting: Meeting) -> AdviceCentre | None:
    """The centre of the event of this meeting."""
    found = AdviceCentre.objects.filter(incident_id=meeting.incident_id)
    return found.select_related("commission", "incident").first()


def offer_of(message: MeetingMessage) -> CentreOffer | None:
    """That this version was offered to the centre."""
    return CentreOffer.objects.filter(message=message).select_related("text").first()


@dataclass(frozen=True)
class Next:
    """A meeting and the one thing to do now; `is_late` when it should have been done."""

    meeting: Meeting
    what: str
    is_late: bool


def next_things(actor: Actor, at: datetime, most: int = 10) -> list[Next]:
    """What waits for this actor's organisation, the meeting that comes first at the top."""
    rows = meetings_for(actor, at).exclude(state=MeetingState.CANCELLED).order_by("starts_at", "pk")
    if actor.organisation_kind == OrganisationKind.VICTIM_SUPPORT:
        asked = Q(support__state=SupportState.OPEN, starts_at__gt=at, state=MeetingState.PLANNED)
        return [_for_support(each, at) for each in rows.filter(asked | Q(ours__gt=0))[:most]]
    late = FollowUp.objects.filter(meeting=OuterRef("pk"), done_at__isnull=True, due_on__lt=local(at).date())
    waits = Q(state=MeetingState.PLANNED) | Q(missing__gt=0) | Q(is_published=False) | Exists(late)
    return [_for_holder(each, at) for each in rows.filter(waits)[:most]]


def _for_support(meeting: Any, at: datetime) -> Next:
    if meeting.ours:
        return Next(meeting, _("Geef onze antwoorden"), is_late=True)
    return Next(meeting, _("Zeg hoeveel mensen er komen"), is_late=True)


def _for_holder(meeting: Any, at: datetime) -> Next:
    is_past = meeting.starts_at <= at
    if meeting.state == MeetingState.PLANNED:
        what = _("Schrijf op hoeveel mensen er waren") if is_past else _("Komt nog")
        return Next(meeting, what, is_late=is_past)
    if meeting.missing:
        return Next(meeting, _("Er missen nog antwoorden"), is_late=True)
    what = _("Een afspraak is te laat") if meeting.is_published else _("Publiceer de antwoorden")
    return Next(meeting, what, is_late=True)


@dataclass(frozen=True)
class Room:
    """A meeting with all that hangs on it."""

    meeting: Meeting
    questions: list[Question]
    follow_ups: list[FollowUp]
    last: MeetingMessage | None
    lines: list[dict[str, Any]]
    today: date

    @property
    def missing(self) -> int:
        """How many questions wait for an answer."""
        return sum(not each.answer for each in self.questions)

    @property
    def has_news(self) -> bool:
        """Whether the answers say something else than what was published last."""
        return self.last is not None and self.last.lines != self.lines


def room_of(meeting: Meeting, at: datetime) -> Room:
    """Everything of one meeting, for who may see it."""
    questions = list(Question.objects.filter(meeting=meeting).order_by("number"))
    lines = [{"question": each.text, "owner": each.owner, "answer": each.answer} for each in questions]
    follow_ups = FollowUp.objects.filter(meeting=meeting).order_by("done_at", "due_on", "pk")
    return Room(meeting, questions, list(follow_ups), last_message(meeting), lines, local(at).date())


@dataclass(frozen=True)
class Counted:
    """One count of an event, with its last steps; nought when nobody counted."""

    word: str
    label: str
    number: int
    steps: list[TallyStep]


def counts_of(incident: Incident) -> list[Counted]:
    """Every count of the list, also those at nought; for who may see the event."""
    steps = Prefetch("steps", TallyStep.objects.order_by("-counted_at", "-pk"))
    rows = {row.word: row for row in Tally.objects.filter(incident=incident).prefetch_related(steps)}
    return [
        Counted(
            word, label, rows[word].number if word in rows else 0,
            list(rows[word].steps.all()) if word in rows else [],
        )
        for word, label in words().items()
    ]  # fmt: skip


def is_counted(incident: Incident) -> bool:
    """Whether anybody counted anything at this event."""
    return Tally.objects.filter(incident=incident).exists()
