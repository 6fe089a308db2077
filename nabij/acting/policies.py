"""When somebody may act for a person: only as long as nothing says no, looked at on every request."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.acting.content import blocking_alerts
from nabij.acting.models import Mandate, MandateKind
from nabij.audit.actor import Actor, ActorKind, Scope
from nabij.cases.models import Case
from nabij.cases.policies import can_help, can_lead, visible_to
from nabij.kit import objections
from nabij.kit.clock import local
from nabij.people.models import OwnKey, Person
from nabij.vulnerability.models import Level
from nabij.vulnerability.queries import is_warned_of, levels_of


def mandates_visible_to(actor: Actor, at: datetime) -> Q:
    """The mandates of oneself, and of persons whose case this actor may open."""
    if actor.kind == ActorKind.HELPED_PERSON:
        return Q(person_id=actor.id)
    return Q(person_id__in=Case.objects.filter(visible_to(actor, at)).values("person_id"))


def is_kept_apart(person: Person) -> bool:
    """Whether the case, or a leader's decision, says that somebody near is a danger, or in conflict."""
    return is_warned_of(person.pk, blocking_alerts()) or bool(objections.found("guardian", person.pk))


def level_now(person: Person) -> Level:
    """The alert level that holds; not assessed counts as none known."""
    return levels_of([person.pk]).get(person.pk, Level.NONE)


def needs_decision(person: Person) -> bool:
    """From level 2, and where somebody is kept apart, only a team leader lets anybody in."""
    return level_now(person) >= Level.RAISED or is_kept_apart(person)


def holds(mandate: Mandate, at: datetime) -> bool:
    """Whether this mandate lets somebody in at this moment; asked on every request."""
    if mandate.accepted_at is None or mandate.ended_at is not None:
        return False
    if local(at).date() > mandate.last_valid_on:
        return False
    person = mandate.person
    if mandate.kind == MandateKind.GUARDIAN and is_kept_apart(person):
        return False
    if not needs_decision(person):
        return True
    return mandate.decided_at is not None and mandate.decided_level >= level_now(person)


def scope_now(mandate: Mandate) -> frozenset[str]:
    """What a mandate that holds lets somebody do; from level 2 no more than looking without an own key."""
    scope = frozenset(mandate.scope)
    if not needs_decision(mandate.person) or OwnKey.objects.filter(person=mandate.acting).exists():
        return scope
    return scope - {Scope.CONSENTS, Scope.EXPORT}


def decides_with_guardian(person_id: UUID, at: datetime) -> bool:
    """Whether this is a child without a say yet, for whom a guardian acts now; a danger ends that too."""
    rows = Mandate.objects.filter(person_id=person_id, has_say=False, ended_at=None)
    return any(holds(each, at) for each in rows.select_related("person"))


def can_take_file(actor: Actor, person_id: UUID, at: datetime) -> bool:
    """Take the own file along: the person, for a young child the guardian."""
    if actor.kind == ActorKind.ACTING:
        return actor.for_id == person_id and actor.may(Scope.SEE) and actor.may(Scope.EXPORT)
    is_own = actor.kind == ActorKind.HELPED_PERSON and actor.id == person_id
    return is_own and not decides_with_guardian(person_id, at)


def can_invite(actor: Actor, person: Person, kind: MandateKind, at: datetime) -> bool:
    """A person gives a helping hand, a young child not alone; who helps writes down a yes that was said."""
    if actor.kind == ActorKind.HELPED_PERSON:
        is_own = actor.id == person.pk and kind == MandateKind.HELPING_HAND
        return is_own and not decides_with_guardian(person.pk, at)
    return any(can_help(actor, case, at) for case in Case.objects.filter(person=person))


def can_stop(actor: Actor, mandate: Mandate, at: datetime) -> bool:
    """The person, who acts themself, and who helps in the case."""
    if actor.kind == ActorKind.HELPED_PERSON:
        return actor.id in (mandate.person_id, mandate.acting_id)
    return any(can_help(actor, case, at) for case in Case.objects.filter(person_id=mandate.person_id))


def can_decide(actor: Actor, mandate: Mandate, at: datetime) -> bool:
    """The leader of the case, and for a guardian nobody as long as somebody is kept apart."""
    if mandate.ended_at is not None:
        return False
    if mandate.kind == MandateKind.GUARDIAN and is_kept_apart(mandate.person):
        return False
    return any(can_lead(actor, case, at) for case in Case.objects.filter(person_id=mandate.person_id))
