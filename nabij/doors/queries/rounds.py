"""Rounds, their doors and sums, for who may see them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.doors.addresses import Address
from nabij.doors.content import first_door_within, flyer_outcomes, key_lasts
from nabij.doors.models import VISITED, Door, DoorNote, Outcome, Pair, Round, RoundKey, SealedWish
from nabij.doors.policies import may_see_plan, pairs_of, rounds_visible_to
from nabij.incidents.clocks import Clock
from nabij.incidents.models import Incident

ORDER = ("position", "pk")


def round_for(actor: Actor, pk: UUID, at: datetime) -> Round | None:
    """The round, for who plans or walks it; None for others."""
    found = Round.objects.filter(rounds_visible_to(actor, at), pk=pk)
    return found.select_related("incident").first()


def rounds_at(incident: Incident) -> list[tuple[Round, "Sums"]]:
    """The rounds of an event with their sums, the first one first; for who may see its plan."""
    rounds = list(Round.objects.filter(incident=incident).order_by("starts_at", "pk"))
    sums = _sums_by_round(rounds)
    return [(each, sums[each.pk]) for each in rounds]


def rounds_of_me(actor: Actor, at: datetime) -> list[Pair]:
    """The open rounds that this actor walks, the first one first; not those that nobody closed in time."""
    open_rounds = {"round__closed_at__isnull": True, "round__ends_at__gte": at - 2 * key_lasts()}
    mine = pairs_of(actor).filter(**open_rounds).select_related("round__incident")
    return list(mine.order_by("round__starts_at"))


def pair_for(actor: Actor, pk: UUID, at: datetime) -> Pair | None:
    """A pair of a round, for who plans it or is in it; None for others."""
    pair = Pair.objects.filter(pk=pk).select_related("round__incident").first()
    if pair is None:
        return None
    sees = may_see_plan(actor, pair.round.incident, at) or pairs_of(actor).filter(pk=pair.pk).exists()
    return pair if sees else None


def doors_to_walk(found: Round, actor: Actor) -> list[Door]:
    """In the order of the route: the doors of one's own pair; for who plans all that are walked."""
    doors = found.doors.select_related("pair").exclude(outcome=Outcome.ELSEWHERE)
    own = own_pair_in(found, actor)
    if own is not None:
        doors = doors.filter(pair=own)
    disputed = DoorNote.objects.filter(is_disputed=True).order_by("noted_at", "pk")
    return list(doors.prefetch_related(Prefetch("notes", disputed, "rivals")).order_by(*ORDER))


def doors_at(found: Round) -> list[Door]:
    """All doors of a round, for who plans it."""
    return list(found.doors.order_by(*ORDER))


def pairs_in(found: Round) -> QuerySet[Pair]:
    """The pairs of a round with their names and how many doors each has, for who plans it."""
    pairs = found.pairs.select_related("municipal__user", "supporter__user")
    return pairs.annotate(number=Count("doors")).order_by("letter")


def own_pair_in(found: Round, actor: Actor) -> Pair | None:
    """The pair in which this actor walks in this round."""
    return pairs_of(actor).filter(round=found).first()


def not_reached(found: Round) -> QuerySet[Door]:
    """Where nobody was home or nobody came, for a second round."""
    return found.doors.filter(outcome__in=[Outcome.NOBODY, Outcome.OPEN]).order_by(*ORDER)


@dataclass(frozen=True)
class Sums:
    """How many doors came to what: each door in exactly one of them, so they add up to all doors."""

    numbers: dict[str, int]
    flyers: int
    wishes: int
    disputed: int
    failed: int = 0

    @property
    def doors(self) -> int:
        """All doors."""
        return sum(self.numbers.values())

    @property
    def left(self) -> int:
        """Doors of which nothing was told yet."""
        return self.numbers[Outcome.OPEN]

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """Code, words and number, in a fixed order; who walks reads nothing of doors that are not walked."""
        shown = [each for each in Outcome.choices if each[0] in VISITED or self.numbers[each[0]]]
        return [(code, str(words), self.numbers[code]) for code, words in shown]


def sums_of(found: Round) -> Sums:
    """The sums of one round."""
    return _sums_by_round([found])[found.pk]


def sums_over(doors: Sequence[Door]) -> Sums:
    """The sums of the doors in hand, such as those of one pair; wishes belong to no door."""
    numbers = Counter(each.outcome for each in doors)
    flyers = sum(numbers[code] for code in flyer_outcomes())
    return Sums(_all(numbers), flyers, 0, sum(each.is_disputed for each in doors))


def sums_at(incident: Incident) -> Sums | None:
    """The sums of an event: each address once, as it stands in its last round; None without a round."""
    rounds = list(Round.objects.filter(incident=incident).order_by("starts_at", "pk"))
    if not rounds:
        return None
    doors = Door.objects.filter(round__in=rounds).order_by("round__starts_at", "round_id")
    last = {
        Address(street, number, addition).key: (outcome, is_disputed)
        for street, number, addition, outcome, is_disputed in doors.values_list(
            "street", "number", "addition", "outcome", "is_disputed"
        )
    }
    sums = _sums_by_round(rounds).values()
    flyers, wishes = sum(each.flyers for each in sums), sum(each.wishes for each in sums)
    numbers = Counter(outcome for outcome, _ in last.values())
    return Sums(_all(numbers), flyers, wishes, sum(disputed for _, disputed in last.values()))


def _sums_by_round(rounds: Sequence[Round]) -> dict[UUID, Sums]:
    numbers: dict[UUID, Counter[str]] = {each.pk: Counter() for each in rounds}
    disputed: Counter[UUID] = Counter()
    counts = Door.objects.filter(round__in=rounds).values_list("round_id", "outcome", "is_disputed")
    for round_id, outcome, is_disputed, number in counts.annotate(Count("pk")).order_by():
        numbers[round_id][outcome] += number
        disputed[round_id] += number * is_disputed
    wished: Counter[UUID] = Counter()
    failed: Counter[UUID] = Counter()
    cards = SealedWish.objects.filter(round__in=rounds).values_list("round_id", "failed_at")
    for round_id, failed_at in cards:
        wished[round_id] += 1
        failed[round_id] += failed_at is not None
    return {
        pk: Sums(
            _all(each), sum(each[code] for code in flyer_outcomes()), wished[pk], disputed[pk], failed[pk]
        )
        for pk, each in numbers.items()
    }


def _all(numbers: "Counter[str]") -> dict[str, int]:
    return {code: numbers[code] for code in Outcome.values}


@dataclass(frozen=True)
class StreetSide:
    """One side of a street as it lies there, for the picture."""

    street: str
    is_even: bool
    doors: list[Door]


def street_of(doors: Sequence[Door]) -> list[StreetSide]:
    """The doors by street and side, numbers going up, so that both sides lie opposite each other."""
    sides = groupby(
        sorted(
            doors, key=lambda door: (door.street.casefold(), door.number % 2 == 0, door.number, door.addition)
        ),
        key=lambda door: (door.street, door.number % 2 == 0),
    )
    return [StreetSide(street, is_even, list(found)) for (street, is_even), found in sides]


def clocks_of_first_door(incident: Incident, at: datetime) -> list[Clock]:
    """From the event to the first door at which somebody rang; source: EXP-11."""
    if not Round.objects.filter(incident=incident).exists():
        return []
    notes = DoorNote.objects.filter(door__round__incident=incident).exclude(outcome=Outcome.OPEN)
    first = notes.aggregate(first=Min("noted_at"))["first"]
    start = incident.happened_at
    return [Clock("Eerste deur", start, start + first_door_within(), first)]


def key_of(found: Round) -> RoundKey | None:
    """The key pair of a round, as long as phones may hand in."""
    return RoundKey.objects.filter(round=found).first()


def wish_of_entry(entry_id: int) -> SealedWish | None:
    """The sealed wish that a line of the trail is about; None when it is gone."""
    subject_id = TrailEntry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    return SealedWish.objects.filter(pk=subject_id).first()


def rounds_without_need_of_key(at: datetime) -> QuerySet[RoundKey]:
    """Keys of rounds that closed, or were to end, so long ago that no phone comes back."""
    over = at - key_lasts()
    forgotten = Q(round__closed_at__isnull=True, round__ends_at__lt=over - key_lasts())
    waiting = SealedWish.objects.filter(opened_at__isnull=True, failed_at__isnull=True)
    keys = RoundKey.objects.filter(Q(round__closed_at__lt=over) | forgotten)
    return keys.exclude(round__in=waiting.values("round"))
