"""Who acts for whom, opened for who may know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nabij.acting.marks import token_mark
from nabij.acting.models import Mandate
from nabij.acting.policies import holds, mandates_visible_to, needs_decision
from nabij.audit.actor import Actor, ActorKind
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.cases.models import Case
from nabij.keys.sealing import Opener
from nabij.people.models import Person

LATEST_LOOKS, LATEST_TAKEN = 20, 3


@dataclass(frozen=True)
class ShownMandate:
    """A mandate as the person or the helper reads it: first name of who acts, and when they looked."""

    mandate: Mandate
    who: str
    holds: bool
    waits: bool
    looks: list[datetime]
    taken: list[datetime]


@dataclass(frozen=True)
class Choice:
    """Somebody for whom one may act, by first name."""

    mandate: Mandate
    first_name: str


def _first_name(person: Person | None, opener: Opener) -> str:
    return opener.open(person.pk, person.name_sealed).partition(" ")[0] if person else ""


def mandates_of(person_id: UUID, reader: Actor, at: datetime) -> list[ShownMandate]:
    """The mandates of this person that did not end, for who may know of them."""
    rows = Mandate.objects.filter(mandates_visible_to(reader, at), person_id=person_id, ended_at=None)
    found = list(rows.select_related("person", "acting").order_by("given_at", "id"))
    opener = Opener([each.acting_id for each in found if each.acting_id])
    return [
        ShownMandate(
            each,
            _first_name(each.acting, opener),
            holds(each, at),
            each.accepted_at is not None and needs_decision(each.person) and not holds(each, at),
            looks_of(each),
            taken_by(each),
        )
        for each in found
        if each.accepted_at is not None or each.expires_at > at
    ]


def looks_of(mandate: Mandate) -> list[datetime]:
    """When who acts looked at this person's pages, the last first."""
    rows = ReadEntry.objects.filter(
        person_id=mandate.person_id, actor_kind=ActorKind.ACTING, actor_id=mandate.acting_id
    )
    return list(rows.order_by("-at").values_list("at", flat=True)[:LATEST_LOOKS])


def taken_by(mandate: Mandate) -> list[datetime]:
    """When who acts took this person's file along, the last first."""
    rows = TrailEntry.objects.filter(verb="mandate.file_taken", thread_id=mandate.person_id)
    found = rows.filter(actor_id=mandate.acting_id).order_by("-id").values_list("at", flat=True)
    return list(found[:LATEST_TAKEN])


def choices_of(acting_id: UUID, at: datetime) -> list[Choice]:
    """The people for whom this person may act now."""
    rows = Mandate.objects.filter(acting_id=acting_id, ended_at=None).select_related("person")
    found = [each for each in rows.order_by("given_at", "id") if holds(each, at)]
    opener = Opener([each.person_id for each in found])
    return [Choice(each, _first_name(each.person, opener)) for each in found]


def running(acting_id: UUID, pk: UUID, at: datetime) -> Mandate | None:
    """This mandate, if it lets this person in at this moment."""
    row = Mandate.objects.filter(acting_id=acting_id, pk=pk).select_related("person").first()
    return row if row is not None and holds(row, at) else None


def mandate_for(actor: Actor, pk: UUID, at: datetime) -> Mandate | None:
    """One mandate that this actor may know of."""
    rows = Mandate.objects.filter(mandates_visible_to(actor, at), pk=pk)
    return rows.select_related("person").first()


def invitation(token: str, at: datetime) -> Mandate | None:
    """The invitation of this link, while it can still be taken."""
    rows = Mandate.objects.filter(token_index=token_mark(token), accepted_at=None, ended_at=None)
    return rows.filter(expires_at__gt=at).select_related("person").first()


def acts_for_guarded(acting_id: UUID) -> bool:
    """Whether somebody acts for a person who needs an own key: then their own code alone opens nothing."""
    rows = Mandate.objects.filter(acting_id=acting_id, ended_at=None).select_related("person")
    return any(needs_decision(each.person) for each in rows)


def name_for(actor: Actor) -> str:
    """The first name of the person for whom this actor acts; nothing for who acts for nobody."""
    person = person_of(actor.for_id) if actor.for_id else None
    return _first_name(person, Opener([person.pk])) if person else ""


def person_of(person_id: UUID) -> Person | None:
    """The person who is in."""
    return Person.objects.filter(pk=person_id).first()


def is_helped(person_id: UUID) -> bool:
    """Whether this person gets help under a case; whoever only registered has the pages of people."""
    return Case.objects.filter(person_id=person_id).exists()
