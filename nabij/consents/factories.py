"""Plain makers of answers and shares, shared by tests."""

from datetime import datetime
from typing import Any

from nabij.audit.actor import Actor
from nabij.consents.actions import Answer, answer_consent
from nabij.consents.models import Manner, SharingConsent
from nabij.people.models import Person


def make_consent(
    person: Person,
    *,
    by: Actor,
    at: datetime,
    receiver: str = "specialist",
    kinds: tuple[str, ...] = ("is_client", "contact_data"),
    is_given: bool = True,
    **told: Any,
) -> SharingConsent:
    answer = Answer(receiver, kinds, is_given, told.pop("manner", Manner.PHONE), **told)
    return answer_consent(person, answer, by=by, at=at)
