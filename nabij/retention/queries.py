"""Holds as the leader and the person read them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.keys.sealing import Opener
from nabij.own_space.models import OwnRequest, RequestKind
from nabij.own_space.queries import incidents_of
from nabij.people.locks import is_locked
from nabij.privacy.holds import last_day
from nabij.privacy.models import HoldGround, LegalHold
from nabij.privacy.queries import holds_on, kept_for, running_holds
from nabij.retention.policies import can_hold, holds_of_case, may_change


@dataclass(frozen=True)
class ShownHold:
    """A running hold, opened for who leads the case."""

    hold: LegalHold
    reason: str
    last_day: date
    may_change: bool


def holds_for(actor: Actor, case: Case, at: datetime) -> list[ShownHold]:
    """The running holds on this person or incident, for who leads the case; for others there are none.

    The reason is opened only for the organisation that wrote it.
    """
    if not can_hold(actor, case, at):
        return []
    rows = list(running_holds(at).filter(holds_of_case(case)).order_by("ends_at", "id"))
    own = [each.pk for each in rows if each.organisation_id == actor.organisation_id]
    opener = Opener(own)
    return [
        ShownHold(
            each,
            opener.open(each.pk, each.reason_sealed) if each.pk in own else "",
            last_day(each.ends_at),
            may_change(actor, each, case, at),
        )
        for each in rows
    ]


def hold_for(actor: Actor, case: Case, pk: UUID, at: datetime) -> LegalHold | None:
    """One running hold that this actor may prolong or lift."""
    return next(
        (each.hold for each in holds_for(actor, case, at) if each.hold.pk == pk and each.may_change), None
    )


def asks_to_erase(person_id: UUID) -> bool:
    """Whether this person asked to erase and has no answer yet."""
    return OwnRequest.objects.filter(
        person_id=person_id, kind=RequestKind.ERASE, answered_at__isnull=True
    ).exists()


@dataclass(frozen=True)
class KeptLonger:
    """What the person reads: until when if that is known, and for what where it is safe to say that."""

    last_day: date | None
    ground: str
    has_asked_to_erase: bool


def kept_longer(person_id: UUID, at: datetime) -> KeptLonger | None:
    """Until when data of this person are kept back; None when no hold runs and no app keeps them.

    The ground is left out where a code alone may not open the pages: somebody may be reading along.
    """
    holds = holds_on([person_id, *incidents_of(person_id)], at)
    ground = HoldGround(holds[0].ground) if holds else kept_for(person_id)
    if ground is None:
        return None
    return KeptLonger(
        last_day(holds[0].ends_at) if holds else None,
        "" if is_locked(person_id) else str(ground.label),
        asks_to_erase(person_id),
    )
