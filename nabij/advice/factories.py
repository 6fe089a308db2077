"""Plain makers of questions and calls, shared by tests and the demonstration."""

from datetime import datetime
from typing import Any

from nabij.advice.actions import Asked, Said, ask_advice, log_call
from nabij.advice.models import AdviceQuestion, LineCall
from nabij.audit.actor import Actor


def make_question(*, by: Actor, at: datetime, **fields: Any) -> AdviceQuestion:
    given = {"topic": "EVT-13", "question": "Hoe lang blijven mensen bang?", "urgency": "tomorrow", **fields}
    return ask_advice(Asked(**given), by=by, at=at)


def make_call(*, by: Actor, at: datetime, **fields: Any) -> LineCall:
    given = {
        "caller": "police",
        "topic": "EVT-13",
        "question": "Wie belt de bewoners?",
        "minutes": 12,
        **fields,
    }
    return log_call(Said(**given), by=by, at=at)
