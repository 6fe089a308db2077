"""Asking for a roster, making it, changing places, and putting it into the roster."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse

from nabij.accounts.models import Membership, Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify.sending import Rule, send
from nabij.proposals.engine import Problem, Progress, Solution, search
from nabij.proposals.models import BUSY, Place, Proposal, ProposalState
from nabij.proposals.policies import can_change
from nabij.proposals.queries import Situation, situation_of
from nabij.proposals.queries.situation import changeable_duties
from nabij.proposals.rules import norms
from nabij.rosters.actions import enter_duty, remove_duty
from nabij.rosters.models import Duty, Seat
from nabij.rosters.policies import can_plan


@transaction.atomic
def ask_proposal(
    team: Team | None, *, starts_on: date, ends_on: date, seconds: int, is_roster_changeable: bool, by: Actor,
    at: datetime,
) -> Proposal:  # fmt: skip
    """Ask the solver for a roster; it begins as soon as this is written."""
    if not can_plan(by, team.pk if team else None, at) or by.id is None:
        raise PermissionDenied("Dit rooster mag u niet maken.")
    proposal = Proposal.objects.create(
        team=team, starts_on=starts_on, ends_on=ends_on, seconds=seconds,
        is_roster_changeable=is_roster_changeable, asked_at=at, asked_by=by.id,
    )  # fmt: skip
    trail.record("proposal.asked", by=by, at=at, subject=proposal)
    return proposal


@transaction.atomic
def ask_again(proposal: Proposal, *, by: Actor, at: datetime) -> Proposal:
    """Make it once more, with the places that the planner pinned."""
    held = _held(proposal, by, at)
    if held.state in (*BUSY, ProposalState.PUBLISHED):
        raise PermissionDenied("Dit voorstel kan nu niet opnieuw gemaakt worden.")
    held.state, held.asked_at, held.is_cancel_asked, held.error_code = ProposalState.WAITING, at, False, ""
    held.begun_at = held.ended_at = held.heard_at = None
    held.save()
    trail.record("proposal.asked", by=by, at=at, subject=held)
    return held


@transaction.atomic
def cancel_proposal(proposal: Proposal, *, by: Actor, at: datetime) -> None:
    """Stop the search; the best roster until then stays."""
    held = _held(proposal, by, at)
    held.is_cancel_asked = True
    held.save(update_fields=["is_cancel_asked"])


def make_roster(proposal: Proposal, *, by: Actor, at: datetime) -> Proposal:
    """Search, tell each second how far it is, and write the places; whoever comes second does nothing."""
    begun = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.WAITING).update(
        state=ProposalState.RUNNING, begun_at=at, heard_at=at, cost=None, bound=None
    )
    if begun:
        proposal.refresh_from_db()
        situation = situation_of(proposal, at)
        problem = situation.problem()
        found = search(problem, proposal.seconds, hear=lambda progress: _hear(proposal, progress, at))
        _write(proposal, situation, problem, found, at + timedelta(seconds=found.seconds))
    proposal.refresh_from_db()
    return proposal


def _hear(proposal: Proposal, progress: Progress, begun_at: datetime) -> bool:
    """Write how far it is, from the thread of the search; False when the planner wants it to stop."""
    running = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.RUNNING)
    running.update(
        cost=progress.cost, bound=progress.bound, heard_at=begun_at + timedelta(seconds=progress.seconds)
    )
    goes_on = running.filter(is_cancel_asked=False).exists()
    connection.close()  # this thread's own
    return goes_on


@transaction.atomic
def _write(proposal: Proposal, situation: Situation, problem: Problem, found: Solution, at: datetime) -> None:
    """The places of a roster that was found, in place of those before."""
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    held.cost, held.bound, held.ended_at = found.cost, found.bound, at
    if found.cost is None:
        held.state = ProposalState.CANCELLED if held.is_cancel_asked else ProposalState.FAILED
        held.error_code = "" if held.is_cancel_asked else "nothing_found"
    else:
        held.state = ProposalState.READY
        Place.objects.filter(proposal=held).delete()
        Place.objects.bulk_create(_places(held, situation, problem, found))
    held.save()


def _places(proposal: Proposal, situation: Situation, problem: Problem, found: Solution) -> list[Place]:
    """For each shift its people, then the places that stay empty; what is more than needed is reserve."""
    given: dict[tuple[int, str], list[str]] = {}
    for code, day, kind in sorted(found.gives):
        given.setdefault((day, kind), []).append(code)
    places = []
    for cover in problem.covers:
        key, shift = (cover.day, cover.kind), situation.shifts[cover.day, cover.kind]
        people: list[str | None] = [*given.get(key, [])]
        people += [None] * (max(cover.needed, cover.wished) - len(people))
        places += [
            Place(
                proposal=proposal, seat=shift.seat, starts_at=shift.starts_at, ends_at=shift.ends_at,
                membership_id=code, is_reserve=number >= cover.needed,
                is_pinned=code is not None and (code, *key) in situation.pinned,
            )
            for number, code in enumerate(people)
        ]  # fmt: skip
    return places


@transaction.atomic
def pin_place(place: Place, membership: Membership, *, by: Actor, at: datetime) -> Place:
    """Put somebody on a place: the next search leaves it so; the law is asked when it is published."""
    held = _held_place(place, by, at)
    held.membership, held.is_pinned, held.is_refused = membership, True, False
    held.save(update_fields=["membership", "is_pinned", "is_refused"])
    return held


@transaction.atomic
def empty_place(place: Place, *, by: Actor, at: datetime) -> Place:
    """Take whoever stands there off; the next search may put somebody there."""
    held = _held_place(place, by, at)
    held.membership, held.is_pinned, held.is_refused = None, False, False
    held.save(update_fields=["membership", "is_pinned", "is_refused"])
    return held


@transaction.atomic
def publish(proposal: Proposal, *, by: Actor, at: datetime) -> int:
    """Put every place that has somebody into the roster; says how many were refused, which stay visible.

    Every rule is asked again for each duty, so what changed since the search is not overlooked.
    """
    held = _held(proposal, by, at)
    if held.state != ProposalState.READY:
        raise PermissionDenied("Alleen een voorstel dat klaar is, kan in het rooster.")
    places = list(
        held.places.filter(membership__isnull=False)
        .select_related("membership__user")
        .order_by("starts_at", "pk")
    )
    kept = _make_room(held, places, by, at)
    new = [place for place in places if (place.membership_id, place.seat, place.starts_at) not in kept]
    refused = [place for place in new if place.starts_at > at and not _enter(held, place, by, at)]
    Place.objects.filter(pk__in=[place.pk for place in refused]).update(is_refused=True)
    held.state, held.published_at = ProposalState.PUBLISHED, at
    held.save(update_fields=["state", "published_at"])
    trail.record("proposal.published", by=by, at=at, subject=held)
    _tell(held, [place for place in new if place not in refused], at)
    return len(refused)


def _make_room(
    proposal: Proposal, places: list[Place], by: Actor, at: datetime
) -> set[tuple[object, str, datetime]]:
    """Take the duties off that the proposal gives to somebody else; says which stay as they are."""
    wanted = {(place.membership_id, place.seat, place.starts_at) for place in places}
    kept: set[tuple[object, str, datetime]] = set()
    for duty in changeable_duties(proposal, at):
        key = (duty.membership_id, duty.seat, duty.starts_at)
        if key in wanted:
            kept.add(key)
        else:
            remove_duty(duty, by=by, at=at)
    return kept


def _enter(proposal: Proposal, place: Place, by: Actor, at: datetime) -> Duty | None:
    """The duty of a place; None when a rule refuses it."""
    assert place.membership is not None  # noqa: S101  (only places with somebody are entered)
    try:
        with transaction.atomic():
            return enter_duty(
                membership=place.membership, seat=Seat(place.seat), team=proposal.team,
                starts_at=place.starts_at, ends_at=place.ends_at, by=by, at=at,
            )  # fmt: skip
    except ValidationError:
        return None


def _tell(proposal: Proposal, places: list[Place], at: datetime) -> None:
    """One message to everybody who got duties, without saying when: those stand in Nabij."""
    numbers: dict[object, int] = {}
    for place in places:
        numbers[place.membership_id] = numbers.get(place.membership_id, 0) + 1
    link = f"{settings.ENV.base_url}{reverse('rosters:mine')}"
    for place in {place.membership_id: place for place in places}.values():
        assert place.membership_id is not None  # noqa: S101  (only places with somebody are told)
        values = {"number": str(numbers[place.membership_id]), "link": link}
        send(
            "roster_published",
            to=place.membership_id,
            rule=Rule.STAFF_DUTY,
            exercise=False,
            at=at,
            values=values,
        )


def fail_silent_ones(*, by: Actor, at: datetime) -> int:
    """A search that was killed, or never began, has failed: nothing was heard of it; says how many."""
    numbers = norms()
    killed = Q(
        state=ProposalState.RUNNING, heard_at__lt=at - timedelta(seconds=numbers["silent_after_seconds"])
    )
    never = Q(
        state=ProposalState.WAITING, asked_at__lt=at - timedelta(seconds=numbers["waits_at_most_seconds"])
    )
    silent = Proposal.objects.filter(killed | never)
    return silent.update(state=ProposalState.FAILED, error_code="silent", ended_at=at)


def _held(proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    held = Proposal.objects.select_for_update(of=("self",)).select_related("team").get(pk=proposal.pk)
    if not can_change(by, held, at):
        raise PermissionDenied("Dit voorstel mag u niet wijzigen.")
    return held


def _held_place(place: Place, by: Actor, at: datetime) -> Place:
    held = _held(place.proposal, by, at)
    if held.state != ProposalState.READY:
        raise PermissionDenied("Dit voorstel ligt vast.")
    return Place.objects.select_for_update().get(pk=place.pk)
