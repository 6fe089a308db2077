"""Where a centre is: a decision of the chief editor with its reason, and readers see it at once."""

from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre, membership_of, tell_readers
from nabij.centres.models import AdviceCentre
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal
from nabij.newsletters.models import CentrePlace, Mode
from nabij.newsletters.policies import can_decide_place
from nabij.newsletters.queries.places import place_of


@dataclass(frozen=True)
class Where:
    """A place that people can go to, and when."""

    name: str
    address: str
    weekdays: tuple[int, ...]
    opens: time
    closes: time
    languages: tuple[str, ...]
    route: str = ""
    is_step_free: bool = False


@transaction.atomic
def decide_place(
    centre: AdviceCentre,
    mode: str,
    where: Where | None,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    known: int | None = None,
) -> CentrePlace:
    """From now on the centre is online, at a place, or both; `known` is the decision that one saw last.

    Source: domain handbook iac §1. Raises Refused when somebody else decided in the meantime.
    """
    centre = locked_centre(centre.pk)
    if not can_decide_place(by, centre, at):
        raise PermissionDenied(_("Over de plek besluit de hoofdredacteur."))
    if not reason.strip():
        raise Refused(_("Schrijf op waarom."))
    now = place_of(centre)
    number = now.number if now else 0
    if known is not None and known != number:
        raise Refused(_("Een ander besloot intussen over de plek. Bekijk dat eerst."))
    place = CentrePlace(
        centre=centre, number=number + 1, mode=mode, decided_at=at, decided_by_id=membership_of(by)
    )
    if where is not None and mode != Mode.ONLINE:
        for name, value in vars(where).items():
            setattr(place, name, list(value) if isinstance(value, tuple) else value)
    place.reason_sealed = seal(place.pk, reason.strip())
    place.save(force_insert=True)
    trail.record(
        "centre.place_decided", by=by, at=at, subject=centre, thread_id=centre.incident_id,
        facts={"mode": mode, "number": place.number},
    )  # fmt: skip
    tell_readers(centre, by=by, at=at)
    return place
