"""A municipality asks for advice; the desk takes the question and answers it with a note."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership, Municipality
from nabij.advice import content
from nabij.advice.models import AdviceQuestion
from nabij.advice.policies import can_answer_question, can_ask_advice
from nabij.advice.queries import is_of_a_colleague, leaders_of
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see
from nabij.keys.sealing import seal
from nabij.kit.references import fresh_reference
from nabij.knowledge.queries import function_of
from nabij.notify.sending import Rule, send


@dataclass(frozen=True)
class Asked:
    """What is asked, about what, how soon, before which moment, and at which event."""

    topic: str
    question: str
    urgency: str
    wanted_at: datetime | None = None
    incident: Incident | None = None


@transaction.atomic
def ask_advice(asked: Asked, *, by: Actor, at: datetime) -> AdviceQuestion:
    """Ask victim support to think along (brochure L225-226, L422-424); the answer is due by its urgency.

    ValidationError for a wish before now.
    """
    if not can_ask_advice(by):
        raise PermissionDenied("Advies vragen kan een ambtenaar van een gemeente.")
    if asked.incident is not None and not can_see(by, asked.incident, at):
        raise PermissionDenied("Deze gebeurtenis kent u niet.")
    if asked.wanted_at is not None and asked.wanted_at <= at:
        raise ValidationError({"wanted_at": _("Dit moment is voorbij. Kies een later moment.")})
    asker = Membership.objects.get(Q(pk=by.id))
    place = Municipality.objects.get(organisation=asker.organisation_id)
    identity = uuid4()
    question = AdviceQuestion.objects.create(
        id=identity, reference=_reference(), organisation_id=asker.organisation_id,
        municipality=place, incident=asked.incident, topic=asked.topic,
        urgency=asked.urgency, question_sealed=seal(identity, asked.question), wanted_at=asked.wanted_at,
        asked_by=asker, asked_at=at, due_at=content.due_at(asked.urgency, at),
    )  # fmt: skip
    _record("advice.asked", question, by, at)
    return question


@transaction.atomic
def take_question(question: AdviceQuestion, *, by: Actor, at: datetime) -> AdviceQuestion:
    """Somebody of the desk takes the question; ValidationError when a colleague was first."""
    held = _held(question)
    if not can_answer_question(by, held, at):
        raise PermissionDenied("Deze vraag kunt u niet beantwoorden.")
    if is_of_a_colleague(held, by, at):
        raise ValidationError(_("Een collega heeft deze vraag al opgepakt."))
    if held.taken_by_id != by.id:
        _take(held, by, at)
        held.save(update_fields=["taken_by", "taken_at"])
        _record("advice.taken", held, by, at)
    return held


@transaction.atomic
def answer_question(question: AdviceQuestion, advice: str, *, by: Actor, at: datetime) -> AdviceQuestion:
    """The advice note: who asked reads it with the adviser's function and the date, and hears of it.

    ValidationError when a colleague took or answered the question first.
    """
    held = _held(question)
    if not held.is_open:
        raise ValidationError(_("Een collega heeft deze vraag al beantwoord."))
    if not can_answer_question(by, held, at):
        raise PermissionDenied("Deze vraag kunt u niet beantwoorden.")
    if is_of_a_colleague(held, by, at):
        raise ValidationError(_("Een collega heeft deze vraag al opgepakt."))
    if held.taken_by_id != by.id:
        _take(held, by, at)
    author = Membership.objects.get(Q(pk=by.id))
    held.answer_sealed, held.answered_by, held.answered_at = seal(held.pk, advice), author, at
    held.job_title = function_of(author)
    held.save()
    _record("advice.answered", held, by, at)
    _tell("advice_answered", held, [held.asked_by_id], at)
    return held


def remind_late(*, by: Actor, at: datetime) -> int:
    """Each question past its due moment reminds the team leaders of its area, once; says how many did."""
    late = AdviceQuestion.objects.filter(due_at__lt=at, answered_at__isnull=True, reminded_at__isnull=True)
    return sum(_remind(each, by, at) for each in late.order_by("due_at", "pk"))


@transaction.atomic
def _remind(question: AdviceQuestion, by: Actor, at: datetime) -> bool:
    held = _held(question)
    if not held.is_open or held.reminded_at is not None:
        return False
    held.reminded_at = at
    held.save(update_fields=["reminded_at"])
    leaders = leaders_of(held.municipality, at)
    _tell("advice_late", held, leaders.values_list("pk", flat=True), at)
    _record("advice.late", held, by, at)
    return True


def _held(question: AdviceQuestion) -> AdviceQuestion:
    """The question, held so that two colleagues do not answer it both."""
    return AdviceQuestion.objects.select_for_update().get(pk=question.pk)


def _take(held: AdviceQuestion, by: Actor, at: datetime) -> None:
    held.taken_by, held.taken_at = Membership.objects.get(Q(pk=by.id)), at


def _reference() -> str:
    return fresh_reference("things", lambda said: AdviceQuestion.objects.filter(reference=said).exists())


def _tell(template: str, question: AdviceQuestion, people: Iterable[UUID], at: datetime) -> None:
    """The same message to each; who no longer works here is left out.

    At an exercise the message is about the event, so that what is told in a drill stays in the house.
    """
    link = f"{settings.ENV.base_url}{reverse('advice:question', args=[question.pk])}"
    known = Membership.objects.current(at).filter(pk__in=list(people)).order_by("pk")
    at_exercise = question.incident if question.incident and question.incident.is_exercise else None
    for membership_id in known.values_list("pk", flat=True):
        send(
            template, to=membership_id, rule=Rule.STAFF_DUTY, exercise=at_exercise is not None, at=at,
            about_id=(at_exercise or question).pk, values={"reference": question.reference, "link": link},
        )  # fmt: skip


def _record(verb: str, question: AdviceQuestion, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"question": question.reference}
    trail.record(verb, by=by, at=at, subject=question, thread_id=question.incident_id, facts=facts)
