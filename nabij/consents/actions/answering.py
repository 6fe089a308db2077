"""A person says yes or no, takes it back, or it expires: what was live ends in the same moment."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.consents import content
from nabij.consents.models import Manner, Share, ShareEnd, SharingConsent
from nabij.consents.policies import can_answer, can_be_consented
from nabij.consents.queries import running_consent
from nabij.kit.clock import local
from nabij.people.models import Person
from nabij.privacy.purposes import Purpose

NOT_YOURS = "Dit dossier is niet voor u geopend."


@dataclass(frozen=True)
class Answer:
    """What somebody answered about sharing with one receiver for one purpose."""

    receiver: str
    kinds: tuple[str, ...]
    is_given: bool
    manner: Manner
    purpose: Purpose = Purpose.AFTERCARE
    last_valid_on: date | None = None
    language: str = "nl"


@transaction.atomic
def answer_consent(person: Person, answer: Answer, *, by: Actor, at: datetime) -> SharingConsent:
    """Write down the answer, in place of the earlier one to the same receiver for the same purpose.

    ValidationError for what nobody can consent to, an unknown receiver, nothing chosen, or a day too far off.
    """
    if not can_answer(by, person, at):
        raise PermissionDenied(NOT_YOURS)
    today = local(at).date()
    last = answer.last_valid_on or content.usual_last_day(today)
    if answer.receiver not in dict(content.receivers()) or not answer.kinds:
        raise ValidationError("Kies met wie we delen, en wat.")
    never = can_be_consented(list(answer.kinds), answer.receiver)
    if never:
        raise ValidationError(f"Dit delen we nooit met deze ontvanger: {', '.join(never)}.")
    if not today <= last <= content.latest_last_day(today):
        raise ValidationError("Kies een dag die nog komt, en niet verder weg dan twee jaar.")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two answers come one after the other
    _end_running(person, answer.receiver, answer.purpose, by=by, at=at)
    row = SharingConsent.objects.create(
        person=person, receiver=answer.receiver, purpose=answer.purpose, kinds=list(answer.kinds),
        is_given=answer.is_given, manner=answer.manner, text_version=content.text_version(),
        language=answer.language, asked_by=by.id if by.kind == ActorKind.MEMBERSHIP else None,
        guardian=_guardian(by), answered_at=at, last_valid_on=last if answer.is_given else None,
    )  # fmt: skip
    facts: dict[str, trail.Fact] = {"receiver": answer.receiver, "given": answer.is_given}
    trail.record("consent.answered", by=by, at=at, subject=row, thread_id=person.pk, facts=facts)
    return row


def _guardian(by: Actor) -> UUID | None:
    """Who acts for a person here is a parent or guardian: nobody else has a mandate for it."""
    return by.id if by.kind == ActorKind.ACTING else None


def _end_running(person: Person, receiver: str, purpose: Purpose, *, by: Actor, at: datetime) -> None:
    earlier = running_consent(person.pk, receiver, purpose)
    if earlier is not None:
        _withdraw(earlier, ShareEnd.WITHDRAWN, by=by, at=at)


@transaction.atomic
def withdraw_consent(consent: SharingConsent, *, by: Actor, at: datetime) -> SharingConsent:
    """Take a yes back: everything that was shared on it ends now, and who received it is told."""
    held = SharingConsent.objects.select_for_update(of=("self",)).select_related("person").get(pk=consent.pk)
    if not can_answer(by, held.person, at):
        raise PermissionDenied(NOT_YOURS)
    if held.withdrawn_at is None:
        _withdraw(held, ShareEnd.WITHDRAWN, by=by, at=at)
    return held


def _withdraw(consent: SharingConsent, reason: ShareEnd, *, by: Actor, at: datetime) -> None:
    consent.withdrawn_at, consent.is_by_person = at, by.kind == ActorKind.HELPED_PERSON
    consent.withdrawn_by_guardian = _guardian(by)
    consent.save(update_fields=["withdrawn_at", "is_by_person", "withdrawn_by_guardian"])
    ended = Share.objects.filter(consent=consent, ended_at__isnull=True).update(
        ended_at=at, end_reason=reason
    )
    facts: dict[str, trail.Fact] = {"shares": ended}
    trail.record("consent.withdrawn", by=by, at=at, subject=consent, thread_id=consent.person_id, facts=facts)


@transaction.atomic
def expire_consents(*, by: Actor, at: datetime) -> int:
    """End what rested on a yes whose last day is over; how many answers expired."""
    today = local(at).date()
    rows = SharingConsent.objects.select_for_update(skip_locked=True).filter(
        is_given=True, withdrawn_at__isnull=True, last_valid_on__lt=today, shares__ended_at__isnull=True,
        shares__isnull=False,
    )  # fmt: skip
    found = list({row.pk: row for row in rows}.values())
    for row in found:
        Share.objects.filter(consent=row, ended_at__isnull=True).update(
            ended_at=at, end_reason=ShareEnd.EXPIRED
        )
        trail.record("consent.expired", by=by, at=at, subject=row, thread_id=row.person_id)
    return len(found)
