"""The one place where a meeting tells the aftercare that it was held and answered."""

from datetime import datetime

from nabij.aftercare.actions.proving import tell_proof
from nabij.audit.actor import Actor
from nabij.meetings.models import Meeting

KIND = "meeting"


def tell_meeting(meeting: Meeting, questions: int, *, by: Actor, at: datetime) -> None:
    """The meeting is held and answered; the steps that ask for it are done with these numbers."""
    numbers = {"present": meeting.present or 0, "questions": questions}
    tell_proof(meeting.incident_id, KIND, numbers, by=by, at=at)
