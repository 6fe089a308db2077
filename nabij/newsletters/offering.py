"""An answer of the desk becomes a question with its answer that the editors may publish."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.centres.policies import can_offer_answer
from nabij.newsletters.actions.adding import offer_answer


def to_editors(incident_id: UUID, question: str, answer: str, by: Actor, at: datetime) -> None:
    """Offer it at the centre of this event; ValidationError where none takes it, so that nothing is lost."""
    centre = AdviceCentre.objects.filter(incident_id=incident_id).first()
    if centre is None:
        raise ValidationError(_("Er is hier nog geen IAC. Bied dit antwoord aan zodra het er is."))
    if not can_offer_answer(by, centre, at):
        raise ValidationError(_("Dit IAC neemt nu geen antwoord aan: het is er nog niet of al gesloten."))
    offer_answer(centre, question, answer, by=by, at=at)
