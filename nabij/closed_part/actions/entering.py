"""The rules are accepted; somebody leaves, or asks for entry again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.closed_part import leaving
from nabij.closed_part.actions.verifying import held_for, start_anew
from nabij.closed_part.content import rules_version
from nabij.closed_part.models import Verification, VerificationState
from nabij.closed_part.policies import entries_visible_to, is_own
from nabij.people.models import Registration, RegistrationState

NOT_YOURS = "Dit is niet uw aanmelding."


@transaction.atomic
def accept_rules(verification: Verification, version: str, *, by: Actor, at: datetime) -> Verification:
    """Somebody who is in says yes to the rules; which version stays known.

    ValidationError when the rules changed while they were read.
    """
    if not Verification.objects.filter(entries_visible_to(by, at), pk=verification.pk).exists():
        raise PermissionDenied(NOT_YOURS)
    if version != rules_version():
        raise ValidationError(_("De regels zijn net veranderd. Lees ze nog een keer."))
    held = held_for(verification.registration)
    if held.terms_version != version:
        held.terms_version, held.terms_accepted_at = version, at
        held.save(update_fields=["terms_version", "terms_accepted_at"])
        facts: dict[str, trail.Fact] = {"version": version}
        trail.record(
            "closed_part.rules_accepted", by=by, at=at, subject=held,
            thread_id=held.registration.person_id, facts=facts,
        )  # fmt: skip
    return held


@transaction.atomic
def leave(verification: Verification, *, by: Actor, at: datetime) -> Verification:
    """Somebody goes, at once: seats at meetings are free again, and what they shared goes along."""
    held = held_for(verification.registration)
    if not is_own(by, held.registration):
        raise PermissionDenied(NOT_YOURS)
    if held.state == VerificationState.VERIFIED:
        _go(held, by, at)
    return held


@transaction.atomic
def leave_with_registration(registration: Registration, *, by: Actor, at: datetime) -> bool:
    """Who withdrew the registration or no longer wants the closed part is out; False when nothing changed."""
    if registration.state == RegistrationState.NEW and registration.wants_closed_part:
        return False
    if not Verification.objects.filter(registration=registration).exists():
        return False
    held = held_for(registration)
    if held.state not in (VerificationState.PENDING, VerificationState.VERIFIED):
        return False
    _go(held, by, at)
    return True


def _go(held: Verification, by: Actor, at: datetime) -> None:
    held.state, held.withdrawn_at = VerificationState.WITHDRAWN, at
    held.save()
    leaving.tell(held, by=by, at=at)
    trail.record("closed_part.left", by=by, at=at, subject=held, thread_id=held.registration.person_id)


@transaction.atomic
def ask_again(verification: Verification, *, by: Actor, at: datetime) -> Verification:
    """Who left asks to be let in again, and waits as the first time."""
    held = held_for(verification.registration)
    if not is_own(by, held.registration) or held.state != VerificationState.WITHDRAWN:
        raise PermissionDenied(NOT_YOURS)
    start_anew(held)
    held.save()
    trail.record("closed_part.asked_again", by=by, at=at, subject=held, thread_id=held.registration.person_id)
    return held
