"""Questions are written down without who asked; who must answer does; together they become one message."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nabij.audit.actor import Actor
from nabij.meetings.actions.holding import (
    held_meeting,
    held_question,
    holder,
    known_owner,
    nameless,
    record,
)
from nabij.meetings.actions.proving import tell_meeting
from nabij.meetings.models import Meeting, MeetingMessage, MeetingState, Question
from nabij.meetings.policies import can_answer
from nabij.meetings.queries import last_message, lines_of


@transaction.atomic
def write_question(meeting: Meeting, text: str, owner: str, *, by: Actor, at: datetime) -> Question:
    """Write down what was asked, never by whom, and who must answer it.

    ValidationError for a name or a house number, for an unknown owner, and when the meeting was put off.
    """
    held = held_meeting(meeting.pk)
    holder(held, by, at)
    if held.state == MeetingState.CANCELLED:
        raise ValidationError(_("Deze bijeenkomst is afgezegd."))
    known_owner(owner)
    nameless(text=text)
    number = (held.questions.aggregate(last=Max("number"))["last"] or 0) + 1
    question = Question.objects.create(
        meeting=held, number=number, text=text.strip(), owner=owner, asked_at=at
    )
    record("meeting.question", held, by=by, at=at, number=number, owner=owner)
    return question


@transaction.atomic
def answer_question(question: Question, answer: str, *, by: Actor, at: datetime) -> Question:
    """Give the answer of who must give it; another one takes its place until it is published.

    ValidationError for an empty answer, for a name or a house number, and for a question that was taken away.
    """
    held = held_question(question.pk)
    if by.id is None or not can_answer(by, held, at):
        raise PermissionDenied("Deze vraag beantwoordt een ander.")
    if not answer.strip():
        raise ValidationError({"answer": _("Schrijf een antwoord.")})
    nameless(answer=answer)
    held.answer, held.answered_at, held.answered_by = answer.strip(), at, by.id
    held.save(update_fields=["answer", "answered_at", "answered_by"])
    record("meeting.answered", held.meeting, by=by, at=at, number=held.number)
    return held


@transaction.atomic
def drop_question(question: Question, *, by: Actor, at: datetime) -> None:
    """Take away what was written down by mistake; what was published stays in the version that said it.

    ValidationError when somebody took it away before.
    """
    held = held_question(question.pk)
    holder(held.meeting, by, at)
    number = held.number
    held.delete()
    record("meeting.question_dropped", held.meeting, by=by, at=at, number=number)


@transaction.atomic
def publish_answers(meeting: Meeting, why: str, *, by: Actor, at: datetime) -> MeetingMessage:
    """All answers as one message; a later one is a next version that says what changed, and the first stays.

    ValidationError while nobody counted who came, while an answer is missing, and when nothing changed.
    """
    held = held_meeting(meeting.pk)
    publisher = holder(held, by, at)
    if held.state != MeetingState.HELD:
        raise ValidationError(_("Schrijf eerst op hoeveel mensen er waren."))
    waiting = held.questions.filter(answer="").count()
    if waiting:
        said = ngettext(
            "Er is nog %(number)s vraag zonder antwoord.",
            "Er zijn nog %(number)s vragen zonder antwoord.",
            waiting,
        )
        raise ValidationError(said % {"number": waiting})
    last, lines = last_message(held), lines_of(held)
    if last and last.lines == lines:
        raise ValidationError(_("Er is niets veranderd na versie %(version)s.") % {"version": last.version})
    reason = why.strip() if last else ""
    if last and not reason:
        raise ValidationError({"why": _("Schrijf op wat er anders is. De lezer ziet dat.")})
    nameless(why=reason)
    message = MeetingMessage.objects.create(
        meeting=held, version=last.version + 1 if last else 1, lines=lines, why=reason, published_at=at,
        published_by=publisher,
    )  # fmt: skip
    record("meeting.published", held, by=by, at=at, version=message.version)
    if last is None:
        tell_meeting(held, len(lines), by=by, at=at)
    return message
