"""A wish for contact: sealed on the phone, opened only by the job, and then a person with a wish."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.doors.models import Round, RoundKey, SealedWish
from nabij.doors.policies import can_note, can_open_wishes
from nabij.doors.queries import key_of, rounds_without_need_of_key
from nabij.doors.sealing import LONGEST, CannotOpen, mark_of, open_sealed, seal
from nabij.keys.sealing import destroy_keys, unseal_bytes
from nabij.notify.addresses import normal_phone
from nabij.people import content as people_content
from nabij.people.actions.receiving import Met, meet_person

NOT_YOURS = "In deze ronde loopt u niet."
SOURCE = "door"
LINE, VERSION = 120, 40
log = structlog.get_logger()


@dataclass(frozen=True)
class Wish:
    """What stands on the card: a name or alias, a phone, when it is safe, a language, which text was read."""

    name: str
    phone: str
    time: str
    language: str
    consent_version: str


@transaction.atomic
def hand_in_wish(found: Round, wish_id: UUID, envelope: bytes, *, by: Actor, at: datetime) -> SealedWish:
    """Keep a sealed wish; the same one sent twice counts once. ValidationError for what is no envelope."""
    if by.id is None or not can_note(by, found, at):
        raise PermissionDenied(NOT_YOURS)
    if len(envelope) != LONGEST:
        raise ValidationError("Dit is geen verzegelde kaart.")
    values = {"round": found, "envelope": envelope, "received_at": at, "received_from": by.id}
    wish, is_new = SealedWish.objects.get_or_create(pk=wish_id, defaults=values)
    if is_new:
        # not on the timeline of the event: who reads that could count wishes, and see at which moment
        trail.record("doors.wish", by=by, at=at, subject=wish)
    return wish


def hand_in_wish_openly(found: Round, wish_id: UUID, wish: Wish, *, by: Actor, at: datetime) -> SealedWish:
    """From a phone without scripts: sealed at once here, before anything is kept.

    ValidationError when the key of the round is gone.
    """
    key = key_of(found)
    if key is None:
        raise ValidationError("Deze ronde is te lang geleden gesloten.")
    content = json.dumps(asdict(wish), ensure_ascii=False).encode()
    envelope = seal(bytes(key.public), mark_of(found.pk, wish_id), content)
    return hand_in_wish(found, wish_id, envelope, by=by, at=at)


@transaction.atomic
def open_wish(wish: SealedWish, *, by: Actor, at: datetime) -> None:
    """Make a person with a wish of a sealed card, and empty the card; opened twice it stays one person.

    A card that cannot be read is counted and kept as it is.
    """
    if not can_open_wishes(by):
        raise PermissionDenied("Dit doet alleen Nabij zelf.")
    held = (
        SealedWish.objects.select_for_update(of=("self",)).select_related("round__incident").get(pk=wish.pk)
    )
    if held.opened_at is not None or held.failed_at is not None:
        return
    try:
        told = _opened(held)
    except CannotOpen as error:
        log.error("wish of a door cannot be read", reason=str(error), wish=str(held.pk))
        held.failed_at = at
        held.save(update_fields=["failed_at"])
        trail.record("doors.unreadable", by=by, at=at, subject=held)
        return
    met = Met(
        told.name, told.phone, told.language, "", wants_contact=True, preferred_time=told.time,
        consent_version=told.consent_version,
    )  # fmt: skip
    meet_person(met, held.round.incident, source=SOURCE, by=by, at=at)
    held.envelope, held.opened_at = b"", at
    held.save(update_fields=["envelope", "opened_at"])


@transaction.atomic
def forget_keys(*, by: Actor, at: datetime) -> int:
    """No phone comes back for these rounds: their keys are destroyed; says how many."""
    keys = list(rounds_without_need_of_key(at).values_list("pk", flat=True))
    destroy_keys(keys, at=at)
    RoundKey.objects.filter(pk__in=keys).delete()
    return len(keys)


def _opened(held: SealedWish) -> Wish:
    key = key_of(held.round)
    private = unseal_bytes(key.pk, key.private_sealed) if key else None
    if private is None:
        raise CannotOpen("the key of this round is gone")
    return _read(open_sealed(private, mark_of(held.round_id, held.pk), bytes(held.envelope)))


def _read(content: bytes) -> Wish:
    """The card as it was written; a phone may send anything, so all is looked at. Raises CannotOpen."""
    try:
        told: dict[str, Any] = json.loads(content)
        wish = Wish(**{name: str(text) for name, text in told.items()})
        wish.name.encode()  # half a letter cannot be kept
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CannotOpen("not a card") from error
    phone = normal_phone(wish.phone)
    times = dict(people_content.choices("preferred_time", "nl"))
    languages = dict(people_content.choices("language", "nl"))
    is_right = (
        0 < len(wish.name) <= LINE
        and 0 < len(wish.consent_version) <= VERSION
        and wish.consent_version.isprintable()
        and wish.time in times
        and wish.language in languages
    )
    if phone is None or not is_right:
        raise CannotOpen("a field of the card is wrong")
    return Wish(wish.name, phone, wish.time, wish.language, wish.consent_version)
