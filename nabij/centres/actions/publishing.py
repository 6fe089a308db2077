"""Going live, going offline, and saying why it was late."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre, tell_readers
from nabij.centres.models import AdviceCentre, CentreStatus
from nabij.centres.policies import can_give_reason, can_go_live, can_take_offline
from nabij.centres.queries import missing, text_states
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal


class NotReady(Refused):
    """The centre may not go live yet; `wanting` names each missing thing."""

    def __init__(self, wanting: list[str]) -> None:
        super().__init__(
            _("Het IAC kan nog niet live. Er ontbreekt: %(what)s.") % {"what": "; ".join(wanting)}
        )
        self.wanting = wanting


@transaction.atomic
def go_live(centre: AdviceCentre, *, by: Actor, at: datetime) -> AdviceCentre:
    """Show the centre to the public; its first time stops the clock of two hours. Source: brochure L78-85."""
    centre = locked_centre(centre.pk)
    if centre.is_live:
        return centre
    if not can_go_live(by, centre, at):
        raise PermissionDenied(_("Dit IAC kunt u niet live zetten."))
    wanting = missing(text_states(centre))
    if wanting:
        raise NotReady(wanting)
    centre.status, centre.offline_at = CentreStatus.LIVE, None
    if centre.live_at is None:
        centre.live_at, centre.live_by_id = at, by.id
    centre.save(update_fields=["status", "offline_at", "live_at", "live_by"])
    facts: dict[str, trail.Fact] = {"minutes": centre.minutes, "late": centre.is_late}
    trail.record("centre.live", by=by, at=at, subject=centre, thread_id=centre.incident_id, facts=facts)
    tell_readers(centre, by=by, at=at)
    return centre


@transaction.atomic
def take_offline(centre: AdviceCentre, *, by: Actor, at: datetime) -> AdviceCentre:
    """Take the whole centre away from the public; it can go live again."""
    centre = locked_centre(centre.pk)
    if not can_take_offline(by, centre, at):
        raise PermissionDenied(_("Dit IAC kunt u niet offline halen."))
    centre.status, centre.offline_at = CentreStatus.OFFLINE, at
    centre.save(update_fields=["status", "offline_at"])
    facts: dict[str, trail.Fact] = {"takes_away": True}
    trail.record("centre.offline", by=by, at=at, subject=centre, thread_id=centre.incident_id, facts=facts)
    return centre


@transaction.atomic
def give_late_reason(centre: AdviceCentre, reason: str, *, by: Actor, at: datetime) -> AdviceCentre:
    """Say why it took longer than two hours."""
    centre = locked_centre(centre.pk)
    if not can_give_reason(by, centre, at):
        raise PermissionDenied(_("Hier is geen reden nodig, of u mag die niet geven."))
    if not reason.strip():
        raise Refused(_("Schrijf op waarom het later werd."))
    centre.late_reason_sealed = seal(centre.pk, reason.strip())
    centre.late_reason_at, centre.late_reason_by_id = at, by.id
    centre.save(update_fields=["late_reason_sealed", "late_reason_at", "late_reason_by"])
    trail.record("centre.late_reason_given", by=by, at=at, subject=centre, thread_id=centre.incident_id)
    return centre
