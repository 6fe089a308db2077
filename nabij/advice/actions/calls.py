"""Calls of professionals on the advice line."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.advice.models import LineCall
from nabij.advice.policies import can_answer_advice
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.sealing import seal_all


@dataclass(frozen=True)
class Said:
    """Who called, by kind of organisation and function; what was asked and answered, and how long it took."""

    caller: str
    topic: str
    question: str
    minutes: int
    answer: str = ""
    function: str = ""
    municipality_code: str = ""


@transaction.atomic
def log_call(said: Said, *, by: Actor, at: datetime) -> LineCall:
    """Write a call in the log of the line. Source: brochure L402-406 (SVC-12)."""
    if not can_answer_advice(by):
        raise PermissionDenied("De Advieslijn is van de adviseurs van slachtofferhulp.")
    identity = uuid4()
    sealed = seal_all(
        identity,
        {"function_sealed": said.function, "question_sealed": said.question, "answer_sealed": said.answer},
    )
    call = LineCall.objects.create(
        id=identity, caller=said.caller, municipality_id=said.municipality_code or None, topic=said.topic,
        minutes=said.minutes, called_at=at, taken_by=Membership.objects.get(Q(pk=by.id)), **sealed,
    )  # fmt: skip
    trail.record("line.called", by=by, at=at, subject=call, facts={"caller": said.caller})
    return call
