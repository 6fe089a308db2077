"""Filling the seats of the board, from when till when."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre, membership_of
from nabij.centres.models import AdviceCentre
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal
from nabij.openings.content import seats
from nabij.openings.models import BoardSeat
from nabij.openings.policies import can_appoint
from nabij.openings.queries.boards import colleagues


@transaction.atomic
def appoint(
    centre: AdviceCentre,
    seat: str,
    who: Membership | str,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> BoardSeat:
    """A colleague, or the name of somebody from outside, takes a seat; a single seat passes to them."""
    centre = locked_centre(centre.pk)
    if not can_appoint(by, centre, at):
        raise PermissionDenied(_("De redactie stelt de coördinator of de hoofdredacteur samen."))
    if seat not in seats():
        raise Refused(_("Deze plaats is er niet."))
    row = BoardSeat(
        centre=centre, seat=seat, starts_at=starts_at or at, ends_at=ends_at, appointed_at=at,
        appointed_by=membership_of(by),
    )  # fmt: skip
    if row.ends_at is not None and row.ends_at <= row.starts_at:
        raise Refused(_("Het einde ligt voor het begin. Kies een later moment."))
    if isinstance(who, Membership):
        if not colleagues(centre, at).filter(pk=who.pk).exists():
            raise Refused(_("Deze collega kan niet in deze redactie. Kies iemand uit de lijst."))
        row.membership = who
    elif who.strip():
        row.outsider_sealed = seal(row.pk, who.strip())
    else:
        raise Refused(_("Kies een collega, of schrijf een naam op."))
    _make_room(row)
    row.save(force_insert=True)
    _tell("centre.seat_taken", row, by=by, at=at)
    return row


def _make_room(row: BoardSeat) -> None:
    """On a single seat one follows the other without overlap; nobody sits twice on one seat."""
    rivals = BoardSeat.objects.filter(centre=row.centre, seat=row.seat)
    if not seats()[row.seat].is_single:
        rivals = rivals.filter(membership=row.membership, membership__isnull=False)
    until_then = Q(ends_at__isnull=True) | Q(ends_at__gt=row.starts_at)
    rivals.filter(until_then, starts_at__lte=row.starts_at).update(ends_at=row.starts_at)
    planned = rivals.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), starts_at__gt=row.starts_at
    )
    following = planned.order_by("starts_at").values_list("starts_at", flat=True).first()
    if following is not None and (row.ends_at is None or row.ends_at > following):
        row.ends_at = following


@transaction.atomic
def end_seat(row: BoardSeat, *, by: Actor, at: datetime) -> BoardSeat:
    """From now on this person no longer sits there; what was planned for later falls away at its start."""
    row = BoardSeat.objects.select_for_update(of=("self",)).select_related("centre__incident").get(pk=row.pk)
    if not can_appoint(by, row.centre, at):
        raise PermissionDenied(_("De redactie stelt de coördinator of de hoofdredacteur samen."))
    if row.ends_at is None or row.ends_at > at:
        row.ends_at = max(at, row.starts_at)
        row.save(update_fields=["ends_at"])
        _tell("centre.seat_left", row, by=by, at=at)
    return row


def _tell(verb: str, row: BoardSeat, *, by: Actor, at: datetime) -> None:
    centre = row.centre
    facts: dict[str, trail.Fact] = {"seat": row.seat}
    trail.record(verb, by=by, at=at, subject=centre, thread_id=centre.incident_id, facts=facts)
