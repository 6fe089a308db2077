"""The one way in which something about a person leaves: held against the matrix, never around it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.consents.content import Cell, cell
from nabij.consents.models import Share, ShareEnd, SharingConsent
from nabij.consents.policies import can_manage, can_weigh, objections_to
from nabij.consents.queries import running_consent
from nabij.keys.sealing import seal
from nabij.kit.clock import local
from nabij.people.models import Person
from nabij.privacy.purposes import Purpose

NOT_YOURS = "Dit dossier is niet voor u geopend."


@dataclass(frozen=True)
class Sharing:
    """What is shared with whom and for what; a ground with its weighing only where there is no consent."""

    receiver: str
    kinds: tuple[str, ...]
    summary: str
    purpose: Purpose = Purpose.AFTERCARE
    ground: str = ""
    weighing: str = ""


@transaction.atomic
def share(person: Person, sharing: Sharing, *, by: Actor, at: datetime) -> Share:
    """Share, with the person's running consent or on a ground that the leader weighed.

    ValidationError with a reason for each kind that may not go to this receiver.
    """
    if by.id is None or not can_manage(by, person, at):
        raise PermissionDenied(NOT_YOURS)
    if sharing.ground and not can_weigh(by, person, at):
        raise PermissionDenied("Zonder toestemming delen beslist alleen de teamleider.")
    if sharing.ground and not sharing.weighing.strip():
        raise ValidationError("Schrijf de afweging op: waarom het moet, en waarom het niet anders kan.")
    consent = None
    if not sharing.ground:
        consent = _held_consent(person, sharing)
    kinds = list(sharing.kinds)
    objections = objections_to(kinds, sharing.receiver, consent, sharing.ground, local(at).date())
    if objections or not kinds:
        raise ValidationError([f"{each}." for each in objections] or ["Kies wat u deelt."])
    rests = any(cell(kind, sharing.receiver) != Cell.MAY for kind in kinds)
    row = Share.objects.create(
        person=person, receiver=sharing.receiver, purpose=sharing.purpose, kinds=kinds,
        summary_sealed=seal(person.pk, sharing.summary), consent=consent if rests else None,
        ground=sharing.ground, weighing_sealed=seal(person.pk, sharing.weighing), starts_at=at,
        shared_by=by.id,
    )  # fmt: skip
    facts: dict[str, trail.Fact] = {"receiver": sharing.receiver, "ground": sharing.ground}
    trail.record("share.made", by=by, at=at, subject=row, thread_id=person.pk, facts=facts)
    return row


def _held_consent(person: Person, sharing: Sharing) -> SharingConsent | None:
    """The answer that holds, locked: who takes it back at this moment ends this share too."""
    found = running_consent(person.pk, sharing.receiver, sharing.purpose)
    held = SharingConsent.objects.select_for_update().filter(withdrawn_at__isnull=True)
    return held.filter(pk=found.pk).first() if found is not None else None


@transaction.atomic
def end_share(row: Share, reason: ShareEnd, *, by: Actor, at: datetime) -> Share:
    """The receiver can no longer read it; ended twice it stays as it was.

    Who may do so is the rule of the app that shared it.
    """
    held = Share.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.ended_at is None:
        held.ended_at, held.end_reason = at, reason
        held.save(update_fields=["ended_at", "end_reason"])
        trail.record("share.ended", by=by, at=at, subject=held, thread_id=held.person_id)
    return held
