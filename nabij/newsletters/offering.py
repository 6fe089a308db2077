"""An answer of the desk becomes a question with its answer that the editors may publish."""

from datetime import datetime
from uuid import UUID

from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.newsletters.actions.adding import offer_answer


def to_editors(incident_id: UUID, question: str, answer: str, by: Actor, at: datetime) -> None:
    """Offer it at the centre of this event; where there is none yet, nobody can publish it."""
    centre = AdviceCentre.objects.filter(incident_id=incident_id).first()
    if centre is not None:
        offer_answer(centre, question, answer, by=by, at=at)
