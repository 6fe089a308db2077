"""Questions at the desk: written down without who asked, routed, answered once, offered to the editors."""

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.desk import content, publishing
from nabij.desk.models import ALLOWED_QUESTION, DeskQuestion, QuestionState
from nabij.desk.policies import can_answer, can_work
from nabij.incidents.models import Incident
from nabij.keys.sealing import Opener, seal

NOT_YOURS = "Deze vraag is niet voor uw balie."


@transaction.atomic
def note_question(incident: Incident, question: str, *, by: Actor, at: datetime) -> DeskQuestion:
    """Write down what somebody asks; its answer is due within the time that the desk set itself."""
    if not can_work(by, incident, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    pk = uuid4()
    row = DeskQuestion.objects.create(
        id=pk, incident=incident, question_sealed=seal(pk, question.strip()), asked_at=at, asked_by=by.id,
        due_at=at + content.question_within(),
    )  # fmt: skip
    _tell("question.noted", row, by, at)
    return row


@transaction.atomic
def ask_same(question: DeskQuestion, *, by: Actor, at: datetime) -> None:
    """Somebody asks what was asked before: it is counted, and the answer that is there is used again."""
    if not can_answer(by, question, at):
        raise PermissionDenied(NOT_YOURS)
    DeskQuestion.objects.filter(pk=question.pk).update(times=F("times") + 1)
    _tell("question.asked_again", question, by, at)


@transaction.atomic
def route_question(question: DeskQuestion, partner: str, *, by: Actor, at: datetime) -> DeskQuestion:
    """A partner knows the answer; their clock runs from now."""
    row = _held(question, QuestionState.ROUTED, by, at)
    if partner not in dict(content.answerers()):
        raise ValidationError({"partner": _("Kies een partner uit de lijst.")})
    row.state, row.partner, row.late_told_at = QuestionState.ROUTED, partner, None
    row.due_at = at + content.partner_within(partner)
    row.save(update_fields=["state", "partner", "due_at", "late_told_at"])
    _tell("question.routed", row, by, at)
    return row


@transaction.atomic
def answer_question(question: DeskQuestion, answer: str, *, by: Actor, at: datetime) -> DeskQuestion:
    """Answer it, once for everybody; ValidationError when a colleague was first."""
    row = _held(question, QuestionState.ANSWERED, by, at)
    if not answer.strip():
        raise ValidationError({"answer": _("Schrijf het antwoord op.")})
    row.state, row.answer_sealed = QuestionState.ANSWERED, seal(row.pk, answer.strip())
    row.answered_at, row.answered_by = at, by.id
    row.save(update_fields=["state", "answer_sealed", "answered_at", "answered_by"])
    _tell("question.answered", row, by, at)
    return row


@transaction.atomic
def offer_question(question: DeskQuestion, *, by: Actor, at: datetime) -> DeskQuestion:
    """Offer question and answer to the editors, once; they decide what is published."""
    if not can_answer(by, question, at):
        raise PermissionDenied(NOT_YOURS)
    row = DeskQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if row.is_open or not publishing.is_wired():
        raise ValidationError(_("Alleen een vraag met een antwoord gaat naar de redactie."))
    if row.offered_at is None:
        opener = Opener([row.pk])
        told, answer = (opener.open(row.pk, each) for each in (row.question_sealed, row.answer_sealed))
        publishing.offer(row.incident_id, told, answer, by, at)
        row.offered_at = at
        row.save(update_fields=["offered_at"])
        _tell("question.offered", row, by, at)
    return row


def _held(question: DeskQuestion, to: QuestionState, by: Actor, at: datetime) -> DeskQuestion:
    if not can_answer(by, question, at):
        raise PermissionDenied(NOT_YOURS)
    row = DeskQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if to not in ALLOWED_QUESTION[row.state]:
        raise ValidationError(_("Een collega was u voor. Kijk opnieuw."))
    return row


def _tell(verb: str, row: DeskQuestion, by: Actor, at: datetime) -> None:
    trail.record(verb, by=by, at=at, subject=row, thread_id=row.incident_id)
