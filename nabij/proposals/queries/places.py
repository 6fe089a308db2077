"""Proposals and their places, with the reason why a place is empty and the one change that would fill it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from nabij.accounts.models import Membership
from nabij.audit.actor import Actor
from nabij.proposals.models import Place, Proposal, ProposalState
from nabij.proposals.policies import visible_to
from nabij.proposals.queries.situation import changeable_duties, people_of
from nabij.proposals.rules import norms_broken
from nabij.rosters.queries.objections import AWAY, CERTIFICATE, DUTY, LAW, REST, Facts, Objection
from nabij.working_time.rules import Stretch

NORM = "norm"
EASY = (NORM, AWAY, CERTIFICATE, REST, LAW)
NEVER = 99


def proposals_for(actor: Actor, at: datetime) -> QuerySet[Proposal]:
    """The proposals that this actor may see, the newest first."""
    return Proposal.objects.filter(visible_to(actor, at)).select_related("team").order_by("-asked_at")


def waiting() -> Proposal | None:
    """The proposal that waits longest for its search."""
    return Proposal.objects.filter(state=ProposalState.WAITING).order_by("asked_at").first()


def places_of(proposal: Proposal) -> list[Place]:
    """The places in the order of time."""
    found = proposal.places.select_related("membership__user")
    return list(found.order_by("starts_at", "seat", "is_reserve", "membership__user__name"))


@dataclass(frozen=True)
class Option:
    """Somebody for a place, and what speaks against it in this proposal."""

    membership: Membership
    objections: list[Objection]

    @property
    def is_allowed(self) -> bool:
        """Whether the planner may fix this person here: a norm of the proposal alone does not forbid it."""
        return all(each.kind == NORM for each in self.objections)


@dataclass(frozen=True)
class Reason:
    """Why a place is empty: how often each objection stands in the way, and the one change that fills it."""

    place: Place
    counts: list[tuple[str, int]]
    change: Option | None


def options_of(proposal: Proposal, place: Place, places: list[Place], at: datetime) -> list[Option]:
    """Everybody for this place; with the fewest objections first."""
    facts = _facts(proposal, at)
    return _options(facts, place, _given(places, without=place))


def reasons_of(proposal: Proposal, places: list[Place], at: datetime) -> list[Reason]:
    """For each place that is needed and empty why that is so; the same queries for any number."""
    empty = [place for place in places if place.membership_id is None and not place.is_reserve]
    if not empty:
        return []
    facts, given = _facts(proposal, at), _given(places)
    return [_reason(place, _options(facts, place, given)) for place in empty]


def _reason(place: Place, options: list[Option]) -> Reason:
    counts = Counter(str(objection) for option in options for objection in option.objections[:1])
    single = [option for option in options if _steps(option) <= 1]
    return Reason(place, counts.most_common(3), min(single, key=_distance, default=None))


def _steps(option: Option) -> int:
    """How many things would have to change before this person may have the place."""
    if any(each.kind == DUTY for each in option.objections):
        return NEVER
    return sum(each.size for each in option.objections)


def _distance(option: Option) -> int:
    """How easily the one thing changes: asking somebody first, then a certificate, then a rule on times."""
    return min((EASY.index(each.kind) for each in option.objections), default=-1)


def _facts(proposal: Proposal, at: datetime) -> Facts:
    """What is known of the people, without the duties that the proposal may change."""
    moments = proposal.places.order_by("starts_at").values_list("starts_at", flat=True)
    last = proposal.places.order_by("-ends_at").values_list("ends_at", flat=True).first()
    begin = moments.first() or at
    without = [duty.pk for duty in changeable_duties(proposal, at)]
    return Facts(people_of(proposal.team_id, at), begin, last or at, without)


def _given(places: list[Place], without: Place | None = None) -> dict[UUID, list[Stretch]]:
    """What the proposal gives to each person."""
    found: dict[UUID, list[Stretch]] = {}
    for place in places:
        if place.membership_id and place != without:
            found.setdefault(place.membership_id, []).append(Stretch(place.starts_at, place.ends_at))
    return found


def _objections(facts: Facts, person: Membership, place: Place, own: list[Stretch]) -> list[Objection]:
    """What the rules say, and then what the proposal keeps to besides."""
    found = facts.objections(person, place.seat, place.starts_at, place.ends_at, own)
    if found:
        return found
    others = [*facts.duties_of(person), *own]
    return [Objection(each, NORM) for each in norms_broken(Stretch(place.starts_at, place.ends_at), others)]


def _options(facts: Facts, place: Place, given: dict[UUID, list[Stretch]]) -> list[Option]:
    found = [Option(each, _objections(facts, each, place, given.get(each.pk, []))) for each in facts.people]
    return sorted(found, key=lambda option: (len(option.objections), option.membership.user.name))


@dataclass(frozen=True)
class Summary:
    """A proposal in numbers: needed places filled, reserve filled, and the lightest and heaviest load."""

    needed: int
    filled: int
    reserve: int
    reserve_filled: int
    fewest: int
    most: int


def summary_of(places: list[Place]) -> Summary:
    """Count what is filled, and who has fewest and most places."""
    needed = [place for place in places if not place.is_reserve]
    reserve = [place for place in places if place.is_reserve]
    counts = Counter(place.membership_id for place in places if place.membership_id).values()
    return Summary(
        needed=len(needed),
        filled=sum(place.membership_id is not None for place in needed),
        reserve=len(reserve),
        reserve_filled=sum(place.membership_id is not None for place in reserve),
        fewest=min(counts, default=0),
        most=max(counts, default=0),
    )
