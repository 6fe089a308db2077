"""A handout is filled in; until both organisations agree it is laid before the other, but for exercises."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from nabij.accounts.models import Organisation
from nabij.aftercare.models import RunStep
from nabij.audit.actor import Actor
from nabij.flyers import actions as flyers
from nabij.flyers.models import Edition, EditionState
from nabij.handouts.models import Handout
from nabij.handouts.policies import can_fill
from nabij.handouts.queries import templates_of

NOT_YOURS = "Dit drukwerk kunt u niet maken."


@transaction.atomic
def fill_handout(
    row: RunStep, organisation: Organisation, code: str, fields: Mapping[str, str], *, by: Actor, at: datetime
) -> Handout:
    """Keep what is filled in; without an edition in force the example is sent to both organisations.

    In an exercise nobody is asked and no edition is begun: what comes of it would be in force for real.
    Filled in again before it is printed, it takes the place of what stood there. ValidationError when the
    text cannot be sent.
    """
    names = {each.code for each in templates_of(row)}
    if by.id is None or code not in names or not can_fill(by, row, organisation, at):
        raise PermissionDenied(NOT_YOURS)
    RunStep.objects.select_for_update(of=("self",)).get(pk=row.pk)
    values = {
        "edition": None if row.run.incident.is_exercise else _edition(organisation, code, by, at),
        "fields": dict(fields), "filled_at": at, "filled_by": by.id,
    }  # fmt: skip
    waiting = Q(run_step=row, template=code, copies__isnull=True)
    if Handout.objects.filter(waiting).update(**values):
        return Handout.objects.get(waiting)
    return Handout.objects.create(run_step=row, template=code, **values)


def _edition(organisation: Organisation, code: str, by: Actor, at: datetime) -> Edition:
    """The edition in force; else the one that waits, begun and sent when nobody did."""
    rows = Edition.objects.filter(Q(leaflet__organisation=organisation), leaflet__template=code)
    in_force = rows.filter(state=EditionState.APPROVED).first()
    if in_force is not None:
        return in_force
    begun = flyers.start_edition(organisation, code, by=by, at=at)
    return flyers.send_edition(begun, by=by, at=at) if begun.state == EditionState.DRAFT else begun
