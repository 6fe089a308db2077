"""Somebody met by staff becomes a person who is helped, with their consent and never without."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.keys.sealing import Sealer, destroy_key
from nabij.notify.models import ContactPoint
from nabij.people.actions.reaching import points_of
from nabij.people.marks import marks_of
from nabij.people.models import BlindIndex, ContactWish, Person
from nabij.people.sealing import SEALED_OF_PERSON, person_columns, sealed_columns
from nabij.privacy.actions import refuse_while_held


@dataclass(frozen=True)
class Met:
    """What somebody said about themselves: a name or alias, a phone or none, and how safe calling is."""

    name: str
    phone: str
    language: str
    safe_to_call: str
    wants_contact: bool
    is_urgent: bool = False
    email: str = ""
    address: str = ""
    consent_version: str = ""
    preferred_time: str = ""


@transaction.atomic
def meet_person(met: Met, incident: Incident | None, *, source: str, by: Actor, at: datetime) -> Person:
    """Write down who was met, sealed with a key of their own; a wish for contact only when they want that.

    Who may do so, and that consent was given, is the rule of the app that met them.
    """
    person = Person(created_at=at)
    answers = {
        "name": met.name, "phone": met.phone, "email": met.email, "language": met.language,
        "safe_to_call": met.safe_to_call, "preferred_time": met.preferred_time,
    }  # fmt: skip
    sealer = Sealer.of_new(person.pk)
    sealed = sealed_columns(sealer, person.pk, answers)
    person.address_sealed = sealer.seal_all(person.pk, {"": met.address})[""]
    columns = person_columns(sealed, answers)
    for name in (*SEALED_OF_PERSON.values(), "language", "has_phone", "has_email"):
        setattr(person, name, columns[name])
    person.save(force_insert=True)
    within = incident.pk if incident else None
    BlindIndex.objects.bulk_create(marks_of(person.pk, within, {"phone": met.phone, "email": met.email}))
    ContactPoint.objects.bulk_create(points_of(person.pk, answers, sealed))
    if met.wants_contact:
        ContactWish.objects.create(
            person=person, incident=incident, source=source, is_urgent=met.is_urgent, created_at=at,
            consent_version=met.consent_version,
        )  # fmt: skip
    return person


@transaction.atomic
def forget_person(person: Person, *, by: Actor, at: datetime) -> None:
    """Everything about this person goes: the key first, so that what lies in a back-up cannot be read either.

    Who may do so is the rule of the app that met them.
    """
    refuse_while_held([person.pk], at=at)
    destroy_key(person.pk, at=at)
    ContactPoint.objects.filter(subject_id=person.pk).update(is_active=False, value_sealed=b"")
    person.delete()
