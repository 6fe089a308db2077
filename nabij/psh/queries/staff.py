"""Who was asked, offered and confirmed, who may be offered, and what somebody lacks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from nabij.academy.catalogue import modules, tasks
from nabij.academy.queries import proofs_of
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.kit.clock import local
from nabij.psh.models import OfferState, RequestState, StaffOffer, StaffRequest
from nabij.psh.policies import requests_visible_to
from nabij.rosters.queries.fitness import days_of

OFFERED_ROLES = (Role.ON_CALL_WORKER, Role.ON_CALL_COORDINATOR, Role.VOLUNTEER, Role.TEAM_LEADER)


def requests_for(actor: Actor, at: datetime) -> QuerySet[StaffRequest]:
    """The requests for staff that this actor may see, the newest first."""
    found = StaffRequest.objects.filter(requests_visible_to(actor, at))
    return found.select_related("incident", "organisation").order_by("-asked_at")


def lacking_for(request: StaffRequest, user_ids: Collection[UUID], at: datetime) -> dict[UUID, str]:
    """Of these people who may not do what is asked on one of its days that is still to come, and why not."""
    task, proofs = tasks()[request.task], proofs_of(user_ids)
    first = max(at, request.starts_at)
    days = days_of(first, max(request.ends_at, first)) or [local(first).date()]
    found: dict[UUID, str] = {}
    for user_id, proof in proofs.items():
        for day in days:
            fitness = proof.fitness(task, day)
            lacks = proof.lacking(request.modules, day)
            extra = [gettext("%(course)s ontbreekt") % {"course": modules()[code].name} for code in lacks]
            if not fitness.is_fit or extra:
                found[user_id] = "; ".join(part for part in (str(fitness), ", ".join(extra)) if part)
                break
    return found


@dataclass(frozen=True)
class Supply:
    """How far a request is: asked, offered, confirmed, and how many are still short."""

    request: StaffRequest
    offers: list[StaffOffer]

    def _number(self, *states: str) -> int:
        return sum(offer.state in states for offer in self.offers)

    @property
    def offered(self) -> int:
        """How many were offered, whatever came of it."""
        return len(self.offers)

    @property
    def confirmed(self) -> int:
        """How many are confirmed by name."""
        return self._number(OfferState.CONFIRMED)

    @property
    def dropped(self) -> int:
        """How many fell out or cannot come."""
        return self._number(OfferState.DROPPED, OfferState.DECLINED)

    @property
    def gap(self) -> int:
        """How many are short; nought for a request that was withdrawn."""
        is_over = self.request.state == RequestState.WITHDRAWN
        return 0 if is_over else max(0, self.request.number - self.confirmed)

    @property
    def people(self) -> list[StaffOffer]:
        """The confirmed people, by name."""
        return [offer for offer in self.offers if offer.state == OfferState.CONFIRMED]


def supply_of(request: StaffRequest) -> Supply:
    """How far this request is; for who may see it."""
    offers = request.offers.select_related("membership__user", "membership__team")
    return Supply(request, list(offers.order_by("membership__user__name")))


def supplies_at(incident: Incident) -> list[Supply]:
    """The requests for staff at this incident, the first one first; for who may see the incident."""
    found = StaffRequest.objects.filter(incident=incident).order_by("asked_at")
    return [supply_of(request) for request in found]


@dataclass(frozen=True)
class Candidate:
    """Somebody of the actor's team who is not offered yet, and what they lack."""

    membership: Membership
    lacking: str


def candidates_for(request: StaffRequest, actor: Actor, at: datetime) -> list[Candidate]:
    """The people whom this actor may offer: of their own team, not offered yet; who may do it comes first."""
    people = Membership.objects.current(at).filter(role__in=OFFERED_ROLES).select_related("user")
    if actor.municipality_codes is not None:
        people = people.filter(Q(team_id=actor.team_id))
    taken = set(request.offers.values_list("membership_id", flat=True))
    free = [each for each in people.order_by("user__name") if each.pk not in taken]
    lacks = lacking_for(request, {each.user_id for each in free}, at)
    found = [Candidate(each, lacks.get(each.user_id, "")) for each in free]
    return sorted(found, key=lambda each: bool(each.lacking))


def offers_of_me(actor: Actor, at: datetime) -> QuerySet[StaffOffer]:
    """For what the actor was offered and has to answer, or goes to."""
    mine = StaffOffer.objects.filter(
        Q(membership_id=actor.id), request__state=RequestState.OPEN, request__ends_at__gt=at
    )
    return mine.exclude(state=OfferState.DROPPED).select_related("request__incident").order_by("offered_at")


def offer_with(pk: UUID) -> StaffOffer | None:
    """The offer with this identity; whether somebody may answer it, its policy says."""
    found = StaffOffer.objects.select_related("request__incident", "membership")
    return found.filter(pk=pk).first()
