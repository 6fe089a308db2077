"""Coming back with a code: asked, sent and taken; nobody outside can tell whether an address is known."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit.references import fresh_reference
from nabij.kit.turns import take_turns
from nabij.notify.contact_rules import permits_moment, rule_of
from nabij.notify.kept import about
from nabij.notify.models import Channel, ContactPoint, Rule
from nabij.notify.sending import send
from nabij.people.locks import is_locked
from nabij.people.marks import code_mark, key_mark, login_mark, network_mark
from nabij.people.models import LoginCode, OwnKey, Person
from nabij.people.queries.own import own_registration, persons_with
from nabij.people.terms import login_terms

HOUR = timedelta(hours=1)
CHANNELS = {"email": Channel.EMAIL, "phone": Channel.SMS}
DIGITS = 6


class TooManyCodes(Exception):
    """From this address or network too many codes were asked in the last hour."""


@transaction.atomic
def ask_code(kind: str, address: str, *, network: str, language: str, by: Actor, at: datetime) -> LoginCode:
    """Note that a code is wanted; the same rows and the same work for everybody. Raises TooManyCodes.

    Whether the address is known is found out later, by the job that the trail starts.
    """
    terms = login_terms()
    mark, place = login_mark(kind, address), network_mark(network)
    take_turns(mark, place)
    recent = LoginCode.objects.filter(asked_at__gt=at - HOUR)
    if (
        recent.filter(address_index=mark).count() >= terms.per_address
        or recent.filter(network_index=place).count() >= terms.per_network
    ):
        raise TooManyCodes
    asked = LoginCode.objects.create(
        address_index=mark,
        network_index=place,
        channel=kind,
        language=language,
        asked_at=at,
        expires_at=at + terms.code_lasts,
    )
    trail.record("login_code.asked", by=by, at=at, subject=asked)
    return asked


@transaction.atomic
def send_code(asked: LoginCode, *, by: Actor, at: datetime) -> bool:
    """Make the code and send it, when somebody gave this address and is safely reached there; once.

    Outside the hours that this person agreed to, nothing is sent: a code would not last until then.
    """
    asked = LoginCode.objects.select_for_update().get(pk=asked.pk)
    person = _reached_by(asked).first() or persons_with(asked.channel, bytes(asked.address_index)).first()
    if person is None or asked.code_index is not None or asked.expires_at <= at:
        return False
    if not permits_moment(rule_of(person.pk), at):
        return False
    points = ContactPoint.objects.filter(
        subject_id=person.pk, channel=CHANNELS[asked.channel], is_active=True, is_safe=True
    )
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    asked.code_index = code_mark(asked.pk, code)
    asked.save(update_fields=["code_index"])
    registration = own_registration(person.pk)
    incident = registration.incident if registration else None
    is_exercise = bool(incident and incident.is_exercise)
    send(
        "login_code",
        to=person.pk,
        rule=Rule.SAFE_CONTACT,
        exercise=is_exercise,
        at=at,
        language=asked.language,
        about_id=about(registration.incident_id if registration else None, exercise=is_exercise),
        values={"code": code},
        points=list(points),
    )
    return True


def _reached_by(asked: LoginCode) -> QuerySet[Person]:
    """Who gave this address and is safely reached there.

    A rule belongs to a person, not to a number: one person's "do not call" keeps no code from another
    with the same phone, and lets nobody with that phone into the first one's registration.
    """
    safe = ContactPoint.objects.filter(
        subject_id=OuterRef("pk"), channel=CHANNELS[asked.channel], is_active=True, is_safe=True
    )
    return persons_with(asked.channel, bytes(asked.address_index)).filter(Exists(safe))


@dataclass(frozen=True)
class Taken:
    """What became of a typed code: whose it is, or what must still be said (who of several, the own key)."""

    person: Person | None = None
    is_ambiguous: bool = False
    asks_key: bool = False


@transaction.atomic
def take_code(
    asked: LoginCode, code: str, reference: str, *, key: str = "", by: Actor, at: datetime
) -> Taken:
    """Let somebody in with the right code, in time and within the tries; every try is counted.

    Who is locked comes in only with the key that a helper handed over; without such a key, not at all.
    """
    asked = LoginCode.objects.select_for_update().get(pk=asked.pk)
    if asked.used_at is not None or asked.expires_at <= at or asked.tries >= login_terms().tries:
        return Taken()
    asked.tries += 1
    asked.save(update_fields=["tries"])
    kept = bytes(asked.code_index or b"")
    if not hmac.compare_digest(kept, code_mark(asked.pk, re.sub(r"\D", "", code))):
        return Taken()
    persons = list(_reached_by(asked))
    if len(persons) > 1:
        found = _of_one_form(persons) or _of_one_form([p for p in persons if _has_reference(p, reference)])
        if found is None:
            return Taken(is_ambiguous=True)
        persons = [found]
    if not persons:
        return Taken()
    if is_locked(persons[0].pk) and not _has_key(persons[0], key):
        return Taken(asks_key=True)
    asked.used_at = at
    asked.save(update_fields=["used_at"])
    trail.record("login_code.used", by=by, at=at, subject=persons[0])
    return Taken(persons[0])


def _has_key(person: Person, key: str) -> bool:
    held = OwnKey.objects.filter(person=person).first()
    mark = bytes(held.key_index) if held else b""
    return bool(key) and hmac.compare_digest(mark, key_mark(person.pk, key))


@transaction.atomic
def hand_over_key(person: Person, *, by: Actor, at: datetime) -> str:
    """A new key, to be handed over in person and kept nowhere; the earlier one no longer works.

    Who may do so is the rule of the app that knows who helps.
    """
    key = fresh_reference("things", lambda _: False)
    OwnKey.objects.update_or_create(
        person=person, defaults={"key_index": key_mark(person.pk, key), "made_at": at, "made_by": by.id}
    )
    trail.record("own_key.handed_over", by=by, at=at, subject=person, thread_id=person.pk)
    return key


def _of_one_form(persons: list[Person]) -> Person | None:
    """Whoever sent one form again with other answers is one person: the answers sent last that still stand.

    None when these are of several forms.
    """
    rows = [own_registration(each.pk) for each in persons]
    known = [row for row in rows if row is not None]
    if len(known) < len(persons) or len({row.corrects_id or row.pk for row in known}) != 1:
        return None
    stands = [row for row in known if row.withdrawn_at is None] or known
    return max(stands, key=lambda row: (row.received_at, row.drained_at, row.corrects_id is not None)).person


def _plain(reference: str) -> str:
    return re.sub(r"[\W_]", "", reference).casefold()


def _has_reference(person: Person, said: str) -> bool:
    registration = own_registration(person.pk)
    return registration is not None and _plain(registration.reference) == _plain(said)
