"""Somebody is invited to act for a person, takes it, is let in by a leader where needed, and stops."""

import hmac
import secrets
from datetime import date, datetime, timedelta
from uuid import uuid4

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from nabij.acting import content
from nabij.acting.marks import code_mark, token_mark
from nabij.acting.models import Mandate, MandateKind
from nabij.acting.policies import can_decide, can_invite, can_stop, can_take_file, is_kept_apart, level_now
from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.reading import log_read
from nabij.keys.sealing import seal, unseal
from nabij.kit.clock import local
from nabij.notify.addresses import kind_and_normal
from nabij.notify.models import Channel, ContactPoint
from nabij.notify.sending import Rule, add_contact_point, send
from nabij.people.actions.coming_back import hand_over_key
from nabij.people.actions.receiving import Met, meet_person
from nabij.people.marks import login_mark
from nabij.people.models import Person
from nabij.people.queries import persons_with
from nabij.privacy.purposes import Purpose

DIGITS = 6
CHANNELS = {"email": Channel.EMAIL, "phone": Channel.SMS}


@transaction.atomic
def give_helping_hand(
    person: Person, address: str, until: date, *, by: Actor, at: datetime
) -> tuple[Mandate, str]:
    """Invite somebody to help along; gives the mandate and the code to pass on, kept nowhere."""
    return _invite(person, MandateKind.HELPING_HAND, address, until, by=by, at=at)


@transaction.atomic
def give_guardian(
    person: Person, address: str, until: date, born_on: date, *, has_agreed: bool, by: Actor, at: datetime
) -> tuple[Mandate, str]:
    """Invite a parent or guardian of a child; it ends before the next age at which the child decides more.

    The day of birth is used and not kept. ValidationError for a day that is still to come, from the age at
    which a child decides alone, between the two ages without the child's yes, and where the case keeps
    somebody apart.
    """
    today = local(at).date()
    if born_on > today:
        raise ValidationError({"born_on": "Deze dag moet nog komen. Kijk de geboortedag na."})
    both, alone = (
        born_on + relativedelta(years=content.number(name)) for name in ("with_child_from", "alone_from")
    )
    if today >= alone:
        raise ValidationError({"born_on": "Vanaf deze leeftijd beslist iemand zelf."})
    if today >= both and not has_agreed:
        raise ValidationError({"has_agreed": "Op deze leeftijd zegt het kind zelf ook ja."})
    if is_kept_apart(person):
        raise ValidationError({"address": "In dit dossier mag geen ouder of voogd meekijken."})
    has_say = today >= both
    last = min(until, (alone if has_say else both) - timedelta(days=1))
    return _invite(person, MandateKind.GUARDIAN, address, last, has_say=has_say, by=by, at=at)


def _invite(
    person: Person,
    kind: MandateKind,
    address: str,
    until: date,
    *,
    has_say: bool | None = None,
    by: Actor,
    at: datetime,
) -> tuple[Mandate, str]:
    held = Person.objects.select_for_update().get(pk=person.pk)
    if not can_invite(by, held, kind, at):
        raise PermissionDenied("U kunt hiervoor niemand uitnodigen.")
    found, today = kind_and_normal(address), local(at).date()
    if found is None:
        raise ValidationError({"address": "Vul een e-mailadres of een telefoonnummer in."})
    if until < today or until > today + content.days("longest_days"):
        raise ValidationError({"until": "Kies een dag vanaf vandaag, hooguit een jaar vooruit."})
    waiting = Mandate.objects.filter(person=held, accepted_at=None, ended_at=None, expires_at__gt=at)
    if waiting.count() >= content.number("most_open"):
        raise ValidationError({"address": "Er staan al uitnodigingen open. Stop er eerst een."})
    token, code, pk = secrets.token_urlsafe(24), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", uuid4()
    row = Mandate.objects.create(
        id=pk, person=held, kind=kind, scope=content.scope_of(kind, has_say=has_say),
        has_say=has_say, token_index=token_mark(token), code_index=code_mark(pk, code),
        given_at=at, given_by=by.id, last_valid_on=until, expires_at=at + content.days("invitation_days"),
    )  # fmt: skip
    point = add_contact_point(pk, CHANNELS[found[0]], found[1])
    link = f"{settings.ENV.base_url}{reverse('acting:accept', args=[token])}"
    send(
        "acting_invited", to=pk, rule=Rule.ORGANISATION, exercise=False, at=at, values={"link": link},
        points=[point],
    )  # fmt: skip
    trail.record("mandate.given", by=by, at=at, subject=row, thread_id=held.pk, facts={"kind": kind.value})
    return row, code


@transaction.atomic
def accept_mandate(
    mandate: Mandate, code: str, name: str, *, by: Actor | None, at: datetime
) -> Mandate | None:
    """Take an invitation with the code that the person passed on; None for a wrong code, every try counts.

    Who is in takes it for themselves; somebody new comes in from now on with a code to the invited address.
    ValidationError without a name, for oneself, and for an address that is known: then log in first.
    """
    held = Mandate.objects.select_for_update(of=("self",)).select_related("person").get(pk=mandate.pk)
    is_open = held.accepted_at is None and held.ended_at is None and held.expires_at > at
    if not is_open or held.tries >= content.number("code_tries"):
        return None
    if not hmac.compare_digest(bytes(held.code_index), code_mark(held.pk, code)):
        held.tries += 1
        held.save(update_fields=["tries"])
        return None
    acting = Person.objects.get(Q(pk=by.id)) if by and by.id else _newcomer(held, name, at=at)
    if acting.pk == held.person_id:
        raise ValidationError({"code": "Deze uitnodiging is voor iemand anders."})
    if Mandate.objects.filter(person=held.person, acting=acting, ended_at=None).exists():
        raise ValidationError({"code": "U kijkt al mee voor deze persoon."})
    held.acting, held.accepted_at = acting, at
    held.save(update_fields=["acting", "accepted_at"])
    _forget_address(held)
    actor = Actor(ActorKind.HELPED_PERSON, id=acting.pk)
    trail.record("mandate.accepted", by=actor, at=at, subject=held, thread_id=held.person_id)
    return held


def _newcomer(mandate: Mandate, name: str, *, at: datetime) -> Person:
    """Somebody who had no pages of their own yet."""
    if not name.strip():
        raise ValidationError({"name": "Vul uw naam in."})
    point = ContactPoint.objects.get(subject_id=mandate.pk, is_active=True)
    address = unseal(mandate.pk, point.value_sealed)
    kind = "email" if point.channel == Channel.EMAIL else "phone"
    if persons_with(kind, login_mark(kind, address)).exists():
        raise ValidationError({"code": "Log eerst in met uw eigen code. Open daarna deze link nog eens."})
    met = Met(
        name=name.strip(),
        phone=address if kind == "phone" else "",
        email=address if kind == "email" else "",
        language=mandate.person.language,
        safe_to_call="",
        wants_contact=False,
    )
    return meet_person(met, None, source="acting", by=SYSTEM, at=at)


def _forget_address(mandate: Mandate) -> None:
    ContactPoint.objects.filter(subject_id=mandate.pk).update(is_active=False, value_sealed=b"")


@transaction.atomic
def stop_mandate(mandate: Mandate, *, by: Actor, at: datetime) -> Mandate:
    """It ends now, also for who is looking at this moment; stopped twice it stays as it was."""
    held = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    if not can_stop(by, held, at):
        raise PermissionDenied("Deze machtiging kunt u niet stoppen.")
    if held.ended_at is not None:
        return held
    held.ended_at, held.ended_by = at, by.id
    held.save(update_fields=["ended_at", "ended_by"])
    _forget_address(held)
    trail.record("mandate.ended", by=by, at=at, subject=held, thread_id=held.person_id)
    return held


@transaction.atomic
def let_in(mandate: Mandate, reason: str, *, by: Actor, at: datetime) -> Mandate:
    """The team leader lets somebody in at the level that holds now, in words; a higher level asks again."""
    held = Mandate.objects.select_for_update(of=("self",)).select_related("person").get(pk=mandate.pk)
    if not can_decide(by, held, at):
        raise PermissionDenied("Hierover beslist de teamleider van dit dossier.")
    if not reason.strip():
        raise ValidationError({"reason": "Schrijf op waarom dit veilig is."})
    held.decided_at, held.decided_by, held.decided_level = at, by.id, level_now(held.person)
    held.reason_sealed = seal(held.person_id, reason)
    held.save(update_fields=["decided_at", "decided_by", "decided_level", "reason_sealed"])
    trail.record("mandate.decided", by=by, at=at, subject=held, thread_id=held.person_id)
    return held


@transaction.atomic
def give_acting_key(mandate: Mandate, *, by: Actor, at: datetime) -> str:
    """A key for who acts, to be handed over in person; without it a code alone opens nothing from level 2."""
    held = Mandate.objects.select_related("acting").get(pk=mandate.pk)
    is_person = by.kind == ActorKind.HELPED_PERSON
    if held.acting is None or held.ended_at is not None or is_person or not can_stop(by, held, at):
        raise PermissionDenied("Voor deze machtiging geeft u geen sleutel.")
    return hand_over_key(held.acting, by=by, at=at)


@transaction.atomic
def take_file(person: Person, *, by: Actor, at: datetime) -> None:
    """The file is taken along; when somebody who acts does it, that is a look and an export of theirs."""
    if not can_take_file(by, person.pk, at):
        raise PermissionDenied("Dit dossier kunt u niet alleen meenemen.")
    if by.kind == ActorKind.ACTING:
        log_read([person.pk], by=by, purpose=Purpose.OWN_SPACE, at=at)
        trail.record("mandate.file_taken", by=by, at=at, subject=person, thread_id=person.pk)
