"""Reading questions at the desk: what waits, what was answered, and what looks the same."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.accounts.queries import names_of
from nabij.audit.actor import Actor
from nabij.desk import content
from nabij.desk.likeness import likeness
from nabij.desk.models import DeskQuestion, QuestionState
from nabij.desk.policies import questions_visible_to
from nabij.incidents.models import Incident
from nabij.keys.sealing import Opener


@dataclass(frozen=True)
class Opened:
    """One question in words, with its answer and who gave it."""

    row: DeskQuestion
    question: str
    answer: str
    answered_by: str
    is_late: bool


def questions_for(incident: Incident, actor: Actor, at: datetime) -> list[Opened]:
    """What waits at this desk, the first to be late first, and then the latest answers; a bounded list."""
    mine = DeskQuestion.objects.filter(questions_visible_to(actor, at), incident=incident)
    most = content.number("most_questions")
    waits = mine.exclude(state=QuestionState.ANSWERED).order_by("due_at", "pk")[:most]
    answered = mine.filter(state=QuestionState.ANSWERED).order_by("-times", "-answered_at", "pk")[:most]
    return _opened([*waits, *answered], at)


def question_for(actor: Actor, pk: UUID, at: datetime) -> Opened | None:
    """One question, if it lies at a desk of this actor."""
    rows = DeskQuestion.objects.select_related("incident").filter(questions_visible_to(actor, at), Q(pk=pk))
    return next(iter(_opened(list(rows), at)), None)


def alike(text: str, among: list[Opened]) -> list[Opened]:
    """Earlier questions that look like this one, the most alike first."""
    least, most = content.number("likeness"), content.number("most_alike")
    scored = [(likeness(text, each.question), each) for each in among]
    near = sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: -pair[0])
    return [each for _, each in near[:most]]


def _opened(rows: list[DeskQuestion], at: datetime) -> list[Opened]:
    opener = Opener(each.pk for each in rows)
    names = names_of({each.answered_by for each in rows if each.answered_by})
    return [
        Opened(
            each,
            opener.open(each.pk, each.question_sealed),
            opener.open(each.pk, each.answer_sealed),
            names.get(each.answered_by, "") if each.answered_by else "",
            each.is_open and each.due_at < at,
        )
        for each in rows
    ]
