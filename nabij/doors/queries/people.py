"""Who may walk: people of the municipality, and people of victim support who were promised by name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.academy.catalogue import tasks
from nabij.academy.queries import proofs_of
from nabij.accounts.models import Membership, OrganisationKind
from nabij.accounts.roles import PERMISSIONS, Permission
from nabij.audit.actor import Actor
from nabij.doors.content import supporter_tasks
from nabij.doors.models import AskedFor, AskedPerson, AskState, StreetAsk
from nabij.doors.policies import asks_visible_to
from nabij.incidents.models import Incident
from nabij.kit.clock import local

WALKERS = [role for role, may in PERMISSIONS.items() if Permission.WALK_DOORS in may]


def lacking_of(user_ids: Collection[UUID], day: date) -> dict[UUID, str]:
    """Of these people who may not go along that day, and what they lack; one certified task is enough."""
    asked = [tasks()[code] for code in supporter_tasks()]
    found: dict[UUID, str] = {}
    for user_id, proof in proofs_of(user_ids).items():
        fits = [proof.fitness(task, day) for task in asked]
        if not any(fit.is_fit for fit in fits):
            found[user_id] = str(fits[0])
    return found


@dataclass(frozen=True)
class Candidate:
    """Somebody of victim support who may be promised: their languages, and what they lack."""

    membership: Membership
    languages: list[str]
    lacking: str


def candidates_for(ask: StreetAsk, actor: Actor, at: datetime) -> list[Candidate]:
    """The people of the actor's team; who may go and speaks an asked language comes first."""
    people = _walkers(at).filter(organisation__kind=OrganisationKind.VICTIM_SUPPORT)
    if actor.municipality_codes is not None:
        people = people.filter(Q(team_id=actor.team_id))
    found = list(people.select_related("user", "profile").order_by("user__name", "pk"))
    lacks = lacking_of({each.user_id for each in found}, local(ask.starts_at).date())
    lines = [Candidate(each, _languages(each, ask), lacks.get(each.user_id, "")) for each in found]
    return sorted(lines, key=lambda each: (bool(each.lacking), -len(each.languages)))


def _languages(membership: Membership, ask: StreetAsk) -> list[str]:
    profile = getattr(membership, "profile", None)
    return [code for code in ask.languages if profile is not None and code in profile.languages]


def _walkers(at: datetime) -> QuerySet[Membership]:
    return Membership.objects.current(at).filter(role__in=WALKERS)


def municipal_people(incident: Incident, at: datetime) -> QuerySet[Membership]:
    """Who may walk for the municipalities of this event."""
    places = incident.municipalities.values("pk")
    found = _walkers(at).filter(
        organisation__kind=OrganisationKind.MUNICIPALITY, organisation__municipality__in=places
    )
    return found.select_related("user").order_by("user__name", "pk")


def promised_people(incident: Incident, at: datetime) -> QuerySet[Membership]:
    """Who was promised by name for a round at this event, and still works for victim support."""
    promised = AskedPerson.objects.filter(
        ask__incident=incident, ask__kind=AskedFor.DOORS, ask__state=AskState.ACCEPTED
    )
    found = _walkers(at).filter(
        organisation__kind=OrganisationKind.VICTIM_SUPPORT, pk__in=promised.values("membership")
    )
    return found.select_related("user").order_by("user__name", "pk")


def asks_for(actor: Actor, at: datetime) -> QuerySet[StreetAsk]:
    """The asks for people that this actor may see at open events, the newest first."""
    found = StreetAsk.objects.filter(asks_visible_to(actor, at), incident__closed_at__isnull=True)
    return found.select_related("incident", "organisation").order_by("-asked_at")


def ask_for(actor: Actor, pk: UUID, at: datetime) -> StreetAsk | None:
    """One ask; None for who may not see it."""
    found = StreetAsk.objects.filter(asks_visible_to(actor, at), pk=pk)
    return found.select_related("incident", "organisation").first()


def asks_at(incident: Incident, actor: Actor, at: datetime) -> QuerySet[StreetAsk]:
    """The asks at one event, for who may see them."""
    return StreetAsk.objects.filter(asks_visible_to(actor, at), incident=incident).order_by("asked_at")


def people_of(ask: StreetAsk) -> list[str]:
    """The names of who was promised, for who may see the ask."""
    people = ask.people.select_related("membership__user").order_by("membership__user__name", "pk")
    return [each.membership.user.name for each in people]
