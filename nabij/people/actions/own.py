"""What a person does with their own registration: change it, withdraw it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from nabij.accounts.queries import municipality_codes
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.sealing import Sealer
from nabij.notify import newest
from nabij.people.actions.reaching import replace_points
from nabij.people.actions.registering import SOURCE, consents_of, yes_to_victim_support
from nabij.people.marks import KINDS, marks_of
from nabij.people.models import (
    ALLOWED,
    BlindIndex,
    Consent,
    ContactWish,
    Person,
    Registration,
    RegistrationState,
    WishState,
)
from nabij.people.policies import can_change, can_withdraw
from nabij.people.queries.own import consents_now
from nabij.people.sealing import person_columns, registration_columns, sealed_columns, text_of


@transaction.atomic
def change_registration(
    registration: Registration, answers: dict[str, Any], *, language: str, by: Actor, at: datetime
) -> Registration:
    """Put new answers in the place of the old; a changed consent is a new row, the old one keeps its end."""
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if not can_change(by, registration, at):
        raise PermissionDenied("Deze aanmelding kunt u niet veranderen.")
    whose = registration.person_id
    sealed = sealed_columns(Sealer([whose]), whose, answers)
    typed = text_of(answers, "municipality")
    code = municipality_codes({typed}, at.date()).get(typed.strip().lower(), "")
    Person.objects.filter(pk=whose).update(**person_columns(sealed, answers))
    Registration.objects.filter(pk=registration.pk).update(**registration_columns(sealed, answers, code))
    BlindIndex.objects.filter(person_id=whose).delete()
    addresses = {kind: text_of(answers, kind) for kind in KINDS}
    BlindIndex.objects.bulk_create(marks_of(whose, registration.asked_for, addresses))
    replace_points(whose, answers, sealed)
    registration.refresh_from_db()
    told = _change_consents(registration, answers, language, at)
    _change_wish(registration, told, at)
    newest.tell(whose, by=by, at=at)
    trail.record(
        "registration.changed", by=by, at=at, subject=registration, thread_id=registration.incident_id
    )
    return registration


def _change_consents(
    registration: Registration, answers: dict[str, Any], language: str, at: datetime
) -> list[Consent]:
    """Write the answers that differ; the three answers as they are now."""
    held = consents_now(registration)
    told = {each.receiver: each for each in consents_of(registration, answers, language, at)}
    changed = [new for name, new in told.items() if name not in held or held[name].is_given != new.is_given]
    ended = [held[new.receiver].pk for new in changed if new.receiver in held]
    Consent.objects.filter(pk__in=ended).update(withdrawn_at=at)
    Consent.objects.bulk_create(changed)
    return list(told.values())


def _change_wish(registration: Registration, told: list[Consent], at: datetime) -> None:
    """A wish follows the consents: cancelled when nobody may make contact, open again when somebody may."""
    wishes = ContactWish.objects.filter(person_id=registration.person_id, source=SOURCE)
    if not any(each.is_given for each in told):
        wishes.exclude(state=WishState.DONE).update(state=WishState.CANCELLED)
        return
    wish, _ = wishes.get_or_create(
        person_id=registration.person_id,
        source=SOURCE,
        defaults={"incident": registration.incident, "is_urgent": registration.is_urgent, "created_at": at},
    )
    if wish.state == WishState.CANCELLED:
        wish.state = WishState.OPEN
    wish.is_urgent, wish.consent_version = registration.is_urgent, yes_to_victim_support(told)
    wish.save(update_fields=["state", "is_urgent", "consent_version"])


@transaction.atomic
def withdraw_registration(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Take every form of this registration back: all consents end and nobody makes contact any more."""
    root = registration.corrects_id or registration.pk
    forms = Registration.objects.filter(Q(pk=root) | Q(corrects_id=root)).order_by("pk")
    rows = {each.pk: each for each in forms.select_for_update(of=("self",))}
    registration = rows[registration.pk]
    if not can_withdraw(by, registration, at):
        raise PermissionDenied("Deze aanmelding kunt u niet intrekken.")
    for row in rows.values():
        if RegistrationState.WITHDRAWN in ALLOWED[row.state]:
            _withdraw(row, by, at)
    return registration


def _withdraw(row: Registration, by: Actor, at: datetime) -> None:
    row.state, row.withdrawn_at = RegistrationState.WITHDRAWN, at
    row.save(update_fields=["state", "withdrawn_at"])
    row.consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    wishes = ContactWish.objects.filter(person_id=row.person_id).exclude(state=WishState.DONE)
    wishes.update(state=WishState.CANCELLED)
    trail.record("registration.withdrawn", by=by, at=at, subject=row, thread_id=row.incident_id)
