"""The answers of a meeting go to the editors of the centre, as a draft that another approves."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor
from nabij.centres.actions import write_message
from nabij.centres.models import Readership
from nabij.meetings.actions.holding import held_meeting, record
from nabij.meetings.models import Audience, CentreOffer, MeetingMessage
from nabij.meetings.policies import can_offer
from nabij.meetings.queries import as_news, centre_of, last_message


@transaction.atomic
def offer_to_centre(message: MeetingMessage, *, by: Actor, at: datetime) -> CentreOffer:
    """One version of the answers becomes a draft of the live centre; offered twice it stays one draft.

    ValidationError for a version that a newer one replaced. What is for bereaved people goes to the closed
    part only.
    """
    held = held_meeting(message.meeting_id)
    centre = centre_of(held)
    if by.id is None or centre is None or not can_offer(by, held, centre, at):
        raise PermissionDenied("Dit bericht kunt u niet aanbieden.")
    known = CentreOffer.objects.filter(message=message).first()
    if known is not None:
        return known
    last = last_message(held)
    if last is None or last.pk != message.pk:
        raise ValidationError(_("Er is een nieuwere versie. Bied die aan."))
    readers = Readership.CLOSED if held.audience == Audience.BEREAVED else Readership.OPEN
    written = write_message(
        centre, {"nl": as_news(message)}, stated_at=message.published_at, source=held.organisation.name,
        audience=readers, by=by, at=at,
    )  # fmt: skip
    record("meeting.offered", held, by=by, at=at, version=message.version)
    return CentreOffer.objects.create(message=message, text=written[0].text, offered_at=at, offered_by=by.id)
