"""Who asks and changes consent, and whether something may be shared: the matrix, without exception."""

from datetime import date, datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind, Scope
from nabij.consents.content import Cell, cell, grounds, is_danger, kind_names, receiver_name
from nabij.consents.models import ConsentState, SharingConsent
from nabij.kit import objections
from nabij.people.models import Person
from nabij.people.policies import grants_to

SCOPE = "case"


def visible_to(actor: Actor, at: datetime) -> Q:
    """Answers and shares of oneself, of a child one answers for, and of cases one was let in to."""
    if actor.kind == ActorKind.HELPED_PERSON:
        return Q(person_id=actor.id)
    if actor.kind == ActorKind.ACTING:
        return Q(person_id=actor.for_id) if actor.may(Scope.CONSENTS) else Q(pk__in=[])
    if not (actor.may(Permission.HELP_PEOPLE) or actor.may(Permission.LEAD_CASES)):
        return Q(pk__in=[])
    return Q(person_id__in=grants_to(actor, at, SCOPE).values("person_id"))


def can_manage(actor: Actor, person: Person, at: datetime) -> bool:
    """Do something about sharing: the person, and who was let in to the case."""
    if actor.kind == ActorKind.HELPED_PERSON:
        return actor.id == person.pk
    may = actor.may(Permission.HELP_PEOPLE) or actor.may(Permission.LEAD_CASES)
    return may and grants_to(actor, at, SCOPE).filter(person_id=person.pk).exists()


def can_answer(actor: Actor, person: Person, at: datetime) -> bool:
    """Give an answer or take one back: the same people, unless somebody must decide with the person.

    Then the person does not do it alone, and who acts for them does it where the mandate says so.
    """
    if actor.kind == ActorKind.ACTING:
        return actor.for_id == person.pk and actor.may(Scope.CONSENTS)
    if actor.kind == ActorKind.HELPED_PERSON and objections.found("own_consent", person.pk, at):
        return False
    return can_manage(actor, person, at)


def can_weigh(actor: Actor, person: Person, at: datetime) -> bool:
    """Share without consent on a legal ground: the leader decides (privacy.md §7, vulnerability.md §7)."""
    return actor.may(Permission.LEAD_CASES) and can_manage(actor, person, at)


def can_be_consented(kinds: list[str], receiver: str) -> list[str]:
    """Which of these kinds no consent can open to this receiver, in words; empty when all can be asked."""
    never = [kind for kind in kinds if cell(kind, receiver) in (Cell.NEVER, Cell.GROUND)]
    return kind_names(never)


def objections_to(
    kinds: list[str], receiver: str, consent: SharingConsent | None, ground: str, day: date
) -> list[str]:
    """Why this may not be shared with this receiver, one reason for each kind; empty when it may."""
    is_open = consent is not None and consent.state_on(day) == ConsentState.GIVEN and (
        consent.receiver == receiver
    )  # fmt: skip
    agreed = set(consent.kinds) if consent is not None and is_open else set()
    has_ground = ground in dict(grounds())
    refused = [
        kind
        for kind in kinds
        if not _may(cell(kind, receiver), kind in agreed, has_ground)
        and not is_danger(kind, receiver, ground)
    ]
    name = receiver_name(receiver)
    return [f"{words} mag niet naar {name}" for words in kind_names(refused)]


def _may(rule: Cell, is_agreed: bool, has_ground: bool) -> bool:
    return {
        Cell.MAY: True,
        Cell.CONSENT: is_agreed,
        Cell.GROUND: has_ground,
        Cell.CONSENT_OR_GROUND: is_agreed or has_ground,
        Cell.NEVER: False,
    }[rule]
