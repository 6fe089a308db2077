"""The log of the line: the calls, how many in each month, and what an event begins with."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from nabij.advice import content
from nabij.advice.models import LineCall
from nabij.advice.policies import calls_visible_to
from nabij.audit.actor import Actor
from nabij.incidents.models import HelpRequest, Incident
from nabij.incidents.words import topic_in_words
from nabij.keys.sealing import Opener
from nabij.kit.clock import AMSTERDAM


@dataclass(frozen=True)
class CallLine:
    """One call in words, and the event that it became."""

    call: LineCall
    caller: str
    topic: str
    function: str
    question: str
    answer: str
    incident: Incident | None


def calls_for(actor: Actor) -> QuerySet[LineCall]:
    """The calls that this actor may read, the last first."""
    found = LineCall.objects.filter(calls_visible_to(actor)).select_related("municipality")
    return found.order_by("-called_at", "pk")


def lines_of(calls: list[LineCall]) -> list[CallLine]:
    """These calls in words; for who may read them."""
    opener = Opener(each.pk for each in calls)
    # the form that a call was carried into has the call's own identity as its key
    became = HelpRequest.objects.filter(form_key__in=[each.pk for each in calls]).select_related("incident")
    incidents = {each.form_key: each.incident for each in became}
    return [
        CallLine(
            call=each,
            caller=content.in_words("caller", each.caller),
            topic=topic_in_words(each.topic),
            function=opener.open(each.pk, each.function_sealed),
            question=opener.open(each.pk, each.question_sealed),
            answer=opener.open(each.pk, each.answer_sealed),
            incident=incidents.get(each.pk),
        )
        for each in calls
    ]


def call_for(actor: Actor, pk: UUID) -> CallLine | None:
    """One call that this actor may read."""
    return next(iter(lines_of(list(calls_for(actor).filter(pk=pk)))), None)


@dataclass(frozen=True)
class Month:
    """How many calls of one kind of organisation there were in a month, and how long they took."""

    month: date
    caller: str
    number: int
    minutes: int


def months_of(actor: Actor) -> list[Month]:
    """Counts per month and organisation, the last month first: no word of what was asked."""
    found = calls_for(actor).order_by().annotate(month=TruncMonth("called_at", tzinfo=AMSTERDAM))
    rows = found.values("month", "caller").annotate(number=Count("pk"), whole=Sum("minutes"))
    return [
        Month(each["month"].date(), content.in_words("caller", each["caller"]), each["number"], each["whole"])
        for each in rows.order_by("-month", "caller")[: content.most("lines")]
    ]


def first_values(actor: Actor, pk: UUID, at: datetime) -> dict[str, Any] | None:
    """What was said in a call, as what the form that asks for help begins with; None when it is not theirs.

    The form gets the call's identity as its key: sent twice, it is one event. The caller has no name here.
    """
    line = call_for(actor, pk)
    if line is None:
        return None
    said = "\n\n".join(part for part in (line.question, line.answer) if part)
    place = line.call.municipality_id
    return {
        "form_key": line.call.pk, "topic": line.call.topic, "caller_kind": line.call.caller,
        "job_title": line.function, "remarks": said, "asker": "", "happened_at": line.call.called_at,
        **({"municipalities": [place]} if place else {}),
    }  # fmt: skip
