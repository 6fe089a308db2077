"""Questions for advice, as who asked and the desk see them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from nabij.accounts.models import Membership, Municipality
from nabij.accounts.roles import Role
from nabij.advice import content
from nabij.advice.models import AdviceQuestion
from nabij.advice.policies import questions_visible_to
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.incidents.queries import incidents_for
from nabij.incidents.queries.incidents import newest
from nabij.incidents.words import topic_in_words
from nabij.keys.sealing import Opener


def questions_for(actor: Actor, at: datetime) -> QuerySet[AdviceQuestion]:
    """The questions that exist for this actor: those without an answer by due moment, then the latest."""
    found = AdviceQuestion.objects.filter(questions_visible_to(actor))
    return found.select_related("organisation", "asked_by", "taken_by").order_by(
        F("answered_at").desc(nulls_first=True), "due_at", "pk"
    )


def open_questions(actor: Actor, at: datetime) -> QuerySet[AdviceQuestion]:
    """Those that wait for an answer, the first due first."""
    return questions_for(actor, at).filter(answered_at__isnull=True)


def is_of_a_colleague(question: AdviceQuestion, actor: Actor, at: datetime) -> bool:
    """Whether somebody else took it; who works here no longer leaves it to the others."""
    if question.taken_by_id in (None, actor.id):
        return False
    return Membership.objects.current(at).filter(pk=question.taken_by_id).exists()


@dataclass(frozen=True)
class Note:
    """One question in words, with the advice note that answers it."""

    question: AdviceQuestion
    topic: str
    urgency: str
    asked: str
    advice: str
    incident: Incident | None


def note_of(question: AdviceQuestion, actor: Actor, at: datetime) -> Note:
    """The words of a question that this actor may see; the event only when they see that too."""
    opener = Opener([question.pk])
    seen = incidents_for(actor, at).filter(pk=question.incident_id).first() if question.incident_id else None
    return Note(
        question=question,
        topic=topic_in_words(question.topic),
        urgency=content.in_words("urgency", question.urgency),
        asked=opener.open(question.pk, question.question_sealed),
        advice=opener.open(question.pk, question.answer_sealed),
        incident=seen,
    )


def incidents_to_name(actor: Actor, at: datetime, about: Incident | None = None) -> QuerySet[Incident]:
    """The last events that this actor sees, to link a question to; and the one it began at, however old."""
    last = newest(incidents_for(actor, at), content.most("open_incidents"))
    return last if about is None else last | incidents_for(actor, at).filter(pk=about.pk)


def leaders_of(municipality: Municipality, at: datetime) -> QuerySet[Membership]:
    """The team leaders in whose area a municipality lies."""
    found = Membership.objects.current(at).filter(role=Role.TEAM_LEADER)
    return found.filter(team__safety_regions=municipality.safety_region_id).order_by("pk")
