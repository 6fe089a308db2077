"""What a person sees of their own registration."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from nabij.accounts.models import Membership
from nabij.audit.actor import ActorKind
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.keys.sealing import Opener
from nabij.people.models import BlindIndex, Consent, LoginCode, Person, Receiver, Registration
from nabij.people.sealing import SEALED_OF_PERSON, SEALED_OF_REGISTRATION
from nabij.privacy.purposes import Purpose

LATEST_LOOKS = 50


def persons_with(kind: str, mark: bytes) -> QuerySet[Person]:
    """Persons who gave the address with this login mark, the last to register first, made-up ones last."""
    marks = BlindIndex.objects.filter(kind=kind, purpose=Purpose.OWN_SPACE, digest=mark)
    found = Person.objects.filter(pk__in=marks.values("person_id"))
    made_up = Exists(Registration.objects.filter(person=OuterRef("pk"), incident__is_exercise=True))
    return found.alias(is_made_up=made_up).order_by("is_made_up", "-created_at", "pk")


def is_known(person_id: UUID) -> bool:
    """Whether this person still exists: after erasing nobody is there any more."""
    return Person.objects.filter(pk=person_id).exists()


def own_registration(person_id: UUID) -> Registration | None:
    """The registration of this person."""
    found = Registration.objects.select_related("person", "incident").filter(person_id=person_id)
    return found.order_by("-received_at").first()


def consents_now(registration: Registration) -> dict[str, Consent]:
    """The answer that holds now for each receiver, in the order in which they are asked."""
    rows = {each.receiver: each for each in registration.consents.filter(withdrawn_at__isnull=True)}
    return {receiver: rows[receiver] for receiver in Receiver.values if receiver in rows}


def own_answers(registration: Registration) -> dict[str, Any]:
    """Everything that this person told, opened, by the names of the form."""
    opener, whose, person = Opener([registration.person_id]), registration.person_id, registration.person
    told: dict[str, Any] = {
        name: opener.open(whose, getattr(person, column)) for name, column in SEALED_OF_PERSON.items()
    }
    told |= {
        name: opener.open(whose, getattr(registration, column))
        for name, column in SEALED_OF_REGISTRATION.items()
    }
    for name in ("relation", "age_group", "needs", "aids", "wants_closed_part", "wants_newsletter"):
        told[name] = getattr(registration, name)
    told["language"] = person.language
    told["urgent"] = "yes" if registration.is_urgent else "no"
    for receiver, consent in consents_now(registration).items():
        told[f"consent_{receiver}"] = "yes" if consent.is_given else "no"
    return told


@dataclass(frozen=True)
class Look:
    """One look at a person's data, in words: who (by first name), for which organisation, what for, when."""

    at: datetime
    who: str
    organisation: str
    purpose: str


def looks_at(person_id: UUID) -> list[Look]:
    """Who looked at this person's data, the last first; one's own and those of who acts are left out."""
    entries = list(
        ReadEntry.objects.filter(person_id=person_id)
        .exclude(actor_kind__in=(ActorKind.HELPED_PERSON, ActorKind.ACTING))
        .order_by("-at", "-id")[:LATEST_LOOKS]
    )
    rows = Membership.objects.filter(pk__in={each.actor_id for each in entries})
    known = {row.pk: row for row in rows.select_related("user", "organisation")}
    return [
        Look(
            each.at,
            known[each.actor_id].user.name.partition(" ")[0] if each.actor_id in known else "",
            known[each.actor_id].organisation.name if each.actor_id in known else "",
            str(Purpose(each.purpose).label) if each.purpose in Purpose.values else each.purpose,
        )
        for each in entries
    ]


def code_asked_in(entry_id: int) -> LoginCode | None:
    """The login code that this line of the trail tells of; None when it was erased already."""
    told = TrailEntry.objects.filter(pk=entry_id).values("subject_id")
    return LoginCode.objects.filter(pk__in=told).first()


def asked_code(pk: UUID) -> LoginCode | None:
    """The code that was asked for under this page."""
    return LoginCode.objects.filter(pk=pk).first()
