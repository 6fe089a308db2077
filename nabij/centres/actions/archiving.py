"""Archiving: the pages stay to be read, nobody can register or write; and opening again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre, tell_readers
from nabij.centres.models import AdviceCentre
from nabij.centres.policies import can_archive, can_open_again


@transaction.atomic
def archive_centre(centre: AdviceCentre, *, by: Actor, at: datetime) -> AdviceCentre:
    """From now on the public pages are an archive: they say so, and have no form."""
    centre = locked_centre(centre.pk)
    if not can_archive(by, centre, at):
        raise PermissionDenied(_("Dit IAC kunt u niet sluiten."))
    return _set(centre, at, "centre.archived", by=by, at=at)


@transaction.atomic
def open_again(centre: AdviceCentre, *, by: Actor, at: datetime) -> AdviceCentre:
    """An archived centre can be written and registered at again."""
    centre = locked_centre(centre.pk)
    if not can_open_again(by, centre, at):
        raise PermissionDenied(_("Dit IAC kunt u niet weer openen."))
    return _set(centre, None, "centre.opened_again", by=by, at=at)


def _set(
    centre: AdviceCentre, archived_at: datetime | None, verb: str, *, by: Actor, at: datetime
) -> AdviceCentre:
    centre.archived_at = archived_at
    centre.save(update_fields=["archived_at"])
    trail.record(verb, by=by, at=at, subject=centre, thread_id=centre.incident_id)
    tell_readers(centre, by=by, at=at)
    return centre
