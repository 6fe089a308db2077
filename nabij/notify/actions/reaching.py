"""By which numbers a member of staff is called: added, confirmed with a code, changed and dropped."""

import hmac
import re
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.blind import blind_index
from nabij.notify.actions.delivering import WAITING
from nabij.notify.models import Channel, ContactPoint, ContactProof, Delivery, Rule, State
from nabij.notify.policies import can_change_point, has_own_points
from nabij.notify.queries import own_points
from nabij.notify.sending import add_contact_point, send
from nabij.notify.terms import reach_terms

DIGITS = 6
PHONES = (Channel.SMS, Channel.VOICE)


@transaction.atomic
def add_own_point(channel: Channel, number: str, *, wait: timedelta, by: Actor, at: datetime) -> ContactPoint:
    """Add a phone number in normal form; it is used when its owner has typed the code that is sent to it.

    ValidationError when there are too many already.
    """
    if by.id is None or not has_own_points(by, at):
        raise PermissionDenied("Voor u worden geen nummers bewaard.")
    known = list(own_points(by, at).select_for_update())
    if len(known) >= reach_terms().most_points:
        raise ValidationError(_("U hebt al veel nummers. Haal er eerst een weg."))
    point = add_contact_point(by.id, channel, number, position=len(known), delay=wait, is_active=False)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    ContactProof.objects.create(
        contact_point=point, code_index=_mark(point, code), expires_at=at + reach_terms().code_lasts
    )
    send(
        "contact_proof", to=by.id, rule=Rule.STAFF_DUTY, exercise=False, at=at,
        values={"code": code}, points=[point],
    )  # fmt: skip
    trail.record("contact.added", by=by, at=at, subject=point, facts={"channel": channel.value})
    return point


@transaction.atomic
def confirm_own_point(point: ContactPoint, code: str, *, by: Actor, at: datetime) -> bool:
    """Use this number from now on, when the code is right, in time and within the tries; each try counts."""
    _held(point, by, at)
    proof = ContactProof.objects.select_for_update().filter(contact_point=point).first()
    if proof is None or proof.expires_at <= at or proof.tries >= reach_terms().tries:
        return False
    proof.tries += 1
    proof.save(update_fields=["tries"])
    if not hmac.compare_digest(bytes(proof.code_index), _mark(point, re.sub(r"\D", "", code))):
        return False
    proof.delete()
    ContactPoint.objects.filter(pk=point.pk).update(is_active=True)
    trail.record("contact.confirmed", by=by, at=at, subject=point, facts={"channel": point.channel})
    return True


@transaction.atomic
def change_own_wait(point: ContactPoint, wait: timedelta, *, by: Actor, at: datetime) -> None:
    """Let this number wait its turn so long; ValidationError when no phone would be tried at once."""
    others = _held(point, by, at)
    if wait and not any(not each.delay for each in others):
        raise ValidationError(_("Eén telefoon moet meteen gaan. Zet eerst een ander nummer op meteen."))
    ContactPoint.objects.filter(pk=point.pk).update(delay=wait)
    trail.record("contact.changed", by=by, at=at, subject=point, facts={"channel": point.channel})


@transaction.atomic
def drop_own_point(point: ContactPoint, *, by: Actor, at: datetime) -> None:
    """Forget this number and what waits for it; ValidationError when no phone would be tried at once."""
    others = _held(point, by, at)
    is_needed = point.is_active and point.channel in PHONES
    if is_needed and not any(not each.delay for each in others):
        raise ValidationError(_("Dit is het laatste nummer dat meteen gaat. Voeg eerst een ander toe."))
    ContactPoint.objects.filter(pk=point.pk).update(is_active=False, dropped_at=at, value_sealed=b"")
    Delivery.objects.filter(contact_point=point, state__in=WAITING).update(
        state=State.WITHDRAWN, lease_until=None
    )
    ContactProof.objects.filter(contact_point=point).delete()
    trail.record("contact.dropped", by=by, at=at, subject=point, facts={"channel": point.channel})


def _held(point: ContactPoint, by: Actor, at: datetime) -> list[ContactPoint]:
    """The actor's other phones in use; all are held, so that two changes at once cannot leave none."""
    if not can_change_point(by, point, at):
        raise PermissionDenied("Dit nummer kunt u niet wijzigen.")
    rows = own_points(by, at).select_for_update()
    return [each for each in rows if each.pk != point.pk and each.is_active and each.channel in PHONES]


def _mark(point: ContactPoint, code: str) -> bytes:
    """What is kept of the code."""
    return blind_index("bereikbaarheid", f"contact point:{point.pk}", code)
