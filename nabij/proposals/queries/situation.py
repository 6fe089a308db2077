"""From roster to problem: the shifts of the period, the people, what stands already, and what they wish."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.kit.clock import AMSTERDAM, local
from nabij.proposals.engine import Cover, Person, Problem, ShiftKind, Wishes
from nabij.proposals.models import Proposal
from nabij.proposals.rules import costs, norms
from nabij.rosters.models import Availability, Duty, Wish
from nabij.rosters.queries.demand import Shift, shifts_between
from nabij.rosters.queries.fairness import burden_of, burdens_of
from nabij.rosters.queries.objections import Facts
from nabij.working_time.rules import Stretch

_DAY = timedelta(days=1)
ROLES = [Role.ON_CALL_WORKER, Role.ON_CALL_COORDINATOR, Role.TEAM_LEADER]


@dataclass(frozen=True)
class Situation:
    """Everything about a period: shifts by (day, kind), people, duties that stay and that may change."""

    first: date
    days: int
    shifts: dict[tuple[int, str], Shift]
    people: list[Membership]
    facts: Facts
    fixed: list[Duty]
    changeable: list[Duty]
    pinned: frozenset[tuple[str, int, str]]
    burdens: dict[UUID, int]
    wishes: dict[str, list[tuple[UUID, Stretch]]]

    def problem(self) -> Problem:
        """The problem for the engine; costs are content."""
        cost = costs()
        return Problem(
            days=self.days,
            kinds=self._kinds(),
            people=tuple(self._person(each) for each in self.people),
            covers=tuple(self._cover(day, kind, shift, cost) for (day, kind), shift in self.shifts.items()),
            wishes=Wishes(
                on=dict.fromkeys(self._wished(Wish.RATHER), cost["rather"]),
                off=dict.fromkeys(self._wished(Wish.RATHER_NOT), cost["rather_not"]),
                kept=frozenset(self._standing()),
                cost_of_change=cost["change"],
                pinned=self.pinned,
            ),
            cost_of_unfairness=cost["unfair"],
        )

    def day_of(self, moment: datetime) -> int:
        """The number of the day, by the clock here, on which this moment lies."""
        return (local(moment).date() - self.first).days

    def _kinds(self) -> tuple[ShiftKind, ...]:
        """Each kind once, with what begins too soon after it the next day."""
        rest = timedelta(hours=norms()["rest_hours"])
        clocks = {kind: _clock_of(shift) for (_, kind), shift in self.shifts.items()}
        return tuple(
            ShiftKind(
                kind,
                int((ends - begins) / timedelta(minutes=1)),
                frozenset(other for other, (after, _) in clocks.items() if after + _DAY < ends + rest),
            )
            for kind, (begins, ends) in clocks.items()
        )

    def _person(self, person: Membership) -> Person:
        numbers, duties = norms(), self.facts.duties_of(person)
        blocked = frozenset(
            (day, kind)
            for (day, kind), shift in self.shifts.items()
            if self.facts.objections(person, shift.seat, shift.starts_at, shift.ends_at)
        )
        worked = {self.day_of(duty.starts_at) + more for duty in duties for more in range(_days(duty))}
        return Person(
            code=str(person.pk),
            most_in_a_row=numbers["most_in_a_row"],
            most_in_window=(numbers["window_days"], numbers["most_in_window"]),
            has_free_pair_each_week=True,
            blocked=blocked,
            worked_on=frozenset(worked),
            load_before=self.burdens.get(person.pk, 0),
        )

    def _cover(self, day: int, kind: str, shift: Shift, cost: dict[str, int]) -> Cover:
        """The places of a shift that are still open besides the duties that stay."""
        there = sum(_covers(duty, shift) for duty in self.fixed)
        return Cover(
            day=day,
            kind=kind,
            needed=max(0, shift.needed - there),
            cost_under=cost["empty"],
            cost_over=0,
            wished=max(0, shift.wished - there),
            cost_under_wish=cost["reserve"],
            most=max(0, shift.needed - there, shift.wished - there),
            load=round(burden_of([Stretch(shift.starts_at, shift.ends_at)], []).points * 10),
        )

    def _wished(self, wish: str) -> Iterable[tuple[str, int, str]]:
        for membership_id, stretch in self.wishes.get(wish, []):
            for (day, kind), shift in self.shifts.items():
                if stretch.within(shift.starts_at, shift.ends_at):
                    yield str(membership_id), day, kind

    def _standing(self) -> Iterable[tuple[str, int, str]]:
        """The duties that may change, as places of the roster."""
        kinds = {(shift.seat, shift.starts_at, shift.ends_at): key for key, shift in self.shifts.items()}
        for duty in self.changeable:
            day, kind = kinds[duty.seat, duty.starts_at, duty.ends_at]
            yield str(duty.membership_id), day, kind


def situation_of(proposal: Proposal, at: datetime) -> Situation:
    """What is known now about the period of a proposal."""
    days = (proposal.ends_on - proposal.starts_on).days + 1
    shifts = _merged(
        shifts_between(proposal.team_id, proposal.starts_on, proposal.ends_on), proposal.starts_on
    )
    begin, end = _midnight(proposal.starts_on), _midnight(proposal.ends_on + 2 * _DAY)
    people = list(people_of(proposal.team_id, at))
    standing = _standing_duties(proposal)
    changeable = _changeable(proposal, standing, shifts.values(), at)
    fixed = [duty for duty in standing if duty not in changeable]
    without = [duty.pk for duty in changeable]
    ids = [each.pk for each in people]
    return Situation(
        first=proposal.starts_on,
        days=days,
        shifts=shifts,
        people=people,
        facts=Facts(people, begin, end, without),
        fixed=fixed,
        changeable=changeable,
        pinned=frozenset(_pinned(proposal, shifts)),
        burdens={pk: round(burden.points * 10) for pk, burden in burdens_of(ids, at, without).items()},
        wishes=_wishes(ids, begin, end),
    )


def people_of(team_id: UUID | None, at: datetime) -> Iterable[Membership]:
    """Who may be asked for this roster: who is called in this team, or who works nationally."""
    people = Membership.objects.current(at).filter(role__in=ROLES)
    people = people.filter(is_national=True) if team_id is None else people.filter(Q(team_id=team_id))
    return people.select_related("user", "team", "organisation").order_by("user__name", "pk")


def changeable_duties(proposal: Proposal, at: datetime) -> list[Duty]:
    """The duties that a proposal may give to somebody else."""
    shifts = shifts_between(proposal.team_id, proposal.starts_on, proposal.ends_on)
    return _changeable(proposal, _standing_duties(proposal), shifts, at)


def _standing_duties(proposal: Proposal) -> list[Duty]:
    begin, end = _midnight(proposal.starts_on), _midnight(proposal.ends_on + 2 * _DAY)
    return list(Duty.objects.filter(Q(team_id=proposal.team_id), starts_at__lt=end, ends_at__gt=begin))


def _changeable(
    proposal: Proposal, standing: list[Duty], shifts: Iterable[Shift], at: datetime
) -> list[Duty]:
    """Coming duties that are one place of the roster each, and that their holder did not confirm."""
    if not proposal.is_roster_changeable:
        return []
    moments = {(shift.seat, shift.starts_at, shift.ends_at) for shift in shifts}
    return [
        duty
        for duty in standing
        if (duty.seat, duty.starts_at, duty.ends_at) in moments
        and duty.confirmed_at is None
        and duty.starts_at > at
    ]


def kind_of(seat: str, starts_at: datetime, ends_at: datetime) -> str:
    """The code of a kind of shift: its chair and its times here."""
    return f"{seat} {local(starts_at):%H%M}-{local(ends_at):%H%M}"


def _merged(shifts: list[Shift], first: date) -> dict[tuple[int, str], Shift]:
    """The shifts by day and kind; two demands for the same chair and times are one with their sum."""
    found: dict[tuple[int, str], Shift] = {}
    for shift in shifts:
        key = (
            (local(shift.starts_at).date() - first).days,
            kind_of(shift.seat, shift.starts_at, shift.ends_at),
        )
        if other := found.get(key):
            needed, wished = shift.needed + other.needed, shift.wished + other.wished
            shift = Shift(shift.starts_at, shift.ends_at, shift.seat, needed, wished)
        found[key] = shift
    return found


def _pinned(proposal: Proposal, shifts: dict[tuple[int, str], Shift]) -> Iterable[tuple[str, int, str]]:
    for place in proposal.places.filter(is_pinned=True):
        key = (
            (local(place.starts_at).date() - proposal.starts_on).days,
            kind_of(place.seat, place.starts_at, place.ends_at),
        )
        if key in shifts:
            yield str(place.membership_id), *key


def _wishes(ids: list[UUID], begin: datetime, end: datetime) -> dict[str, list[tuple[UUID, Stretch]]]:
    found: dict[str, list[tuple[UUID, Stretch]]] = {}
    rows = Availability.objects.filter(membership_id__in=ids, starts_at__lt=end, ends_at__gt=begin)
    for membership_id, wish, starts_at, ends_at in rows.values_list(
        "membership_id", "wish", "starts_at", "ends_at"
    ):
        found.setdefault(wish, []).append((membership_id, Stretch(starts_at, ends_at)))
    return found


def _covers(duty: Duty, shift: Shift) -> bool:
    same = duty.seat == shift.seat
    return same and duty.starts_at <= shift.starts_at and duty.ends_at >= shift.ends_at


def _clock_of(shift: Shift) -> tuple[timedelta, timedelta]:
    """Begin and end on the clock here, counted from midnight of the day on which it begins."""
    begin, end = local(shift.starts_at).replace(tzinfo=None), local(shift.ends_at).replace(tzinfo=None)
    midnight = datetime.combine(begin.date(), time(0))
    return begin - midnight, end - midnight


def _days(duty: Stretch) -> int:
    """On how many days a duty counts as a shift: each 24 hours that begin."""
    return max(1, -(-duty.span // _DAY))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM).astimezone(UTC)
