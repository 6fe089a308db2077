"""Figures of the desk by which a centre is closed and reported."""

from datetime import datetime

from nabij.centres.models import AdviceCentre
from nabij.desk.models import LIVE, DeskQuestion, Need, NeedState, QuestionState


def open_urgent(centre: AdviceCentre, at: datetime) -> int:
    """Urgent needs that still live."""
    return Need.objects.filter(incident=centre.incident_id, is_urgent=True, state__in=LIVE).count()


def needs_done(centre: AdviceCentre, at: datetime) -> int:
    """Needs that somebody saw to."""
    return Need.objects.filter(incident=centre.incident_id, state=NeedState.DONE).count()


def questions_answered(centre: AdviceCentre, at: datetime) -> int:
    """Questions that the desk answered."""
    rows = DeskQuestion.objects.filter(incident=centre.incident_id)
    return rows.filter(state=QuestionState.ANSWERED).count()
