"""Taking a row for oneself until the end of the transaction, so that two at once take turns."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre, CentreText


def locked_centre(pk: UUID) -> AdviceCentre:
    """The centre as it is now, held until the transaction ends."""
    rows = AdviceCentre.objects.select_for_update(of=("self",)).select_related("incident", "commission")
    return rows.get(pk=pk)


def locked_text(pk: UUID) -> CentreText:
    """The text as it is now, held until the transaction ends."""
    return CentreText.objects.select_for_update(of=("self",)).select_related("centre__incident").get(pk=pk)


def membership_of(actor: Actor) -> UUID:
    """The membership that acts; raises PermissionDenied for an actor without one (system, nobody)."""
    if actor.id is None:
        raise PermissionDenied
    return actor.id


def user_of(actor: Actor) -> UUID:
    """The person behind the membership: four eyes are of people, not of roles."""
    return Membership.objects.values_list("user_id", flat=True).get(pk=membership_of(actor))


def tell_readers(centre: AdviceCentre, *, by: Actor, at: datetime, takes_away: bool = False) -> None:
    """Let the public pages follow, in this transaction; nothing to do while nobody can read the centre.

    When it takes words away, a page that then cannot be made no longer says the former ones.
    """
    thread_id, facts = centre.incident_id, {"takes_away": takes_away}
    if centre.is_live:
        trail.record("centre.published", by=by, at=at, subject=centre, thread_id=thread_id, facts={**facts})
