"""The problem as a model for CP-SAT: one yes or no for each person, day and kind of shift."""

from collections.abc import Iterator
from functools import cached_property

from ortools.sat.python import cp_model

from nabij.proposals.engine.problem import Cover, Person, Problem

Key = tuple[str, int, str]


class RosterModel:
    """The variables, the hard rules and the costs."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.costs: list[cp_model.LinearExprT] = []
        self.fixed_cost = 0
        self.gives = {
            (person.code, day, kind.code): self.model.new_bool_var(f"{person.code}/{day}/{kind.code}")
            for person in problem.people
            for day in range(problem.days)
            for kind in problem.kinds
            if _is_possible(person, day, kind.code, problem)
        }
        self._days_of: dict[tuple[str, int], list[tuple[str, cp_model.IntVar]]] = {}
        for (code, day, kind_code), var in self.gives.items():
            self._days_of.setdefault((code, day), []).append((kind_code, var))
        self.works = {
            person.code: [self._works(person, day) for day in range(problem.days)]
            for person in problem.people
        }
        for person in problem.people:
            self._limits(person)
            self._rows(person)
            self._successions(person)
        for cover in problem.covers:
            self._cover(cover)
        self._wishes()
        if problem.cost_of_unfairness:
            self._fairness()
        self.model.minimize(sum(self.costs) + self.fixed_cost)

    @cached_property
    def minutes(self) -> dict[str, int]:
        """How long each kind of shift is."""
        return {kind.code: kind.minutes for kind in self.problem.kinds}

    def given(self, code: str, day: int) -> list[tuple[str, cp_model.IntVar]]:
        """The kinds of shift that this person might have on this day."""
        return self._days_of.get((code, day), [])

    def _works(self, person: Person, day: int) -> cp_model.IntVar:
        """Whether this person gets a shift on this day."""
        works = self.model.new_bool_var(f"{person.code}/{day}")
        self.model.add(sum(var for _, var in self.given(person.code, day)) == works)
        return works

    def _limits(self, person: Person) -> None:
        """Shifts of a kind, minutes, weekends, and shifts in a rolling window."""
        every = [
            (kind, var) for day in range(self.problem.days) for kind, var in self.given(person.code, day)
        ]
        for kind, most in person.most_of.items():
            self.model.add(sum(var for code, var in every if code == kind) <= most)
        if person.most_minutes is not None:
            total = sum(self.minutes[code] * var for code, var in every)
            self.model.add_linear_constraint(total, person.least_minutes, person.most_minutes)
        if person.most_weekends is not None:
            self._weekends(person, person.most_weekends)
        if person.most_in_window is not None:
            self._window(person, *person.most_in_window)
        if person.has_free_pair_each_week:
            for monday in range(0, self.problem.days - 6, 7):
                self._free_pair(person, monday)

    def _window(self, person: Person, days: int, most: int) -> None:
        """So many shifts in so many days, what stands before and after the roster included."""
        works = self.works[person.code]
        for first in range(1 - days, self.problem.days):
            window = range(first, first + days)
            already = sum(day in person.worked_on for day in window)
            inside = [works[day] for day in window if 0 <= day < self.problem.days]
            if len(inside) + already > most:
                self.model.add(sum(inside) <= max(0, most - already))

    def _weekends(self, person: Person, most: int) -> None:
        worked = []
        for number, days in enumerate(self.problem.weekends()):
            weekend = self.model.new_bool_var(f"{person.code}/weekend {number}")
            for day in days:
                self.model.add_implication(self.works[person.code][day], weekend)
            worked.append(weekend)
        self.model.add(sum(worked) <= most)

    def _free_pair(self, person: Person, monday: int) -> None:
        """Three days on end without a shift in this week: 48 free hours; unless other shifts leave none."""
        pairs = []
        for first in range(monday, monday + 5):
            if person.worked_on.isdisjoint(range(first, first + 3)):
                pair = self.model.new_bool_var("")
                for works in self.works[person.code][first : first + 3]:
                    self.model.add_implication(pair, works.negated())
                pairs.append(pair)
        if pairs:
            self.model.add_bool_or(pairs)

    def _rows(self, person: Person) -> None:
        """Days on end with and without shifts; a short row at an edge may be part of a longer one."""
        works, days = self.works[person.code], self.problem.days
        if person.most_in_a_row is not None:
            self._long_rows(person, person.most_in_a_row)
        for first, last in _short_rows(days, person.least_in_a_row):
            row = [each.negated() for each in works[first : last + 1]]
            self.model.add_bool_or([works[first - 1], *row, works[last + 1]])
        for first, last in _short_rows(days, person.least_free_in_a_row):
            free = list(works[first : last + 1])
            self.model.add_bool_or([works[first - 1].negated(), *free, works[last + 1].negated()])

    def _long_rows(self, person: Person, most: int) -> None:
        """No row of days is longer than this, what stands before and after the roster included."""
        for first in range(-most, self.problem.days):
            row = [day for day in range(first, first + most + 1) if day not in person.worked_on]
            inside = [self.works[person.code][day] for day in row if 0 <= day < self.problem.days]
            if inside and len(inside) == len(row):
                self.model.add_bool_or([each.negated() for each in inside])

    def _successions(self, person: Person) -> None:
        """What may not come the day after a kind of shift."""
        forbidden = {kind.code: kind.not_before for kind in self.problem.kinds if kind.not_before}
        for day in range(self.problem.days - 1):
            for kind, var in self.given(person.code, day):
                after = [
                    each for code, each in self.given(person.code, day + 1) if code in forbidden.get(kind, ())
                ]
                if after:
                    self.model.add_at_most_one([var, *after])

    def _cover(self, cover: Cover) -> None:
        """What too few, too many, and fewer than wished cost."""
        there = [
            self.gives[key]
            for person in self.problem.people
            if (key := (person.code, cover.day, cover.kind)) in self.gives
        ]
        under = self.model.new_int_var(0, cover.needed, "")
        over = self.model.new_int_var(0, max(0, len(there) - cover.needed), "")
        self.model.add(sum(there) + under - over == cover.needed)
        self.costs += [cover.cost_under * under, cover.cost_over * over]
        if cover.wished > cover.needed:
            less = self.model.new_int_var(0, cover.wished, "")
            self.model.add(sum(there) + less >= cover.wished)
            self.costs.append(cover.cost_under_wish * less)
        if cover.most is not None:
            self.model.add(sum(there) <= cover.most)

    def _wishes(self) -> None:
        """Asked for and not given, given and not wanted, and changed from what stood in the roster."""
        wishes = self.problem.wishes
        for key, cost in wishes.on.items():
            self.fixed_cost += cost
            if key in self.gives:
                self.costs.append(-cost * self.gives[key])
        for key, cost in wishes.off.items():
            if key in self.gives:
                self.costs.append(cost * self.gives[key])
        for key in wishes.kept:
            self.fixed_cost += wishes.cost_of_change
            if key in self.gives:
                self.costs.append(-wishes.cost_of_change * self.gives[key])
        for key in wishes.pinned:
            if key in self.gives:
                self.model.add(self.gives[key] == 1)

    def _fairness(self) -> None:
        """Everybody's load against the even share; what lies above it costs, and the highest one most."""
        loads = {(cover.day, cover.kind): cover.load for cover in self.problem.covers}
        wanted = sum(cover.load * max(cover.needed, cover.wished) for cover in self.problem.covers)
        people = self.problem.people
        share = (wanted + sum(person.load_before for person in people)) // max(1, len(people))
        most = wanted + max((person.load_before for person in people), default=0)
        highest = self.model.new_int_var(0, most, "highest")
        for person in people:
            own = [
                loads[day, kind] * var
                for day in range(self.problem.days)
                for kind, var in self.given(person.code, day)
                if loads.get((day, kind))
            ]
            above = self.model.new_int_var(0, most, "")
            self.model.add(sum(own) + person.load_before - share <= above)
            self.model.add(above <= highest)
            self.costs.append(self.problem.cost_of_unfairness * above)
        self.costs.append(self.problem.cost_of_unfairness * highest)


def _is_possible(person: Person, day: int, kind: str, problem: Problem) -> bool:
    if (person.code, day, kind) in problem.wishes.pinned:
        return True
    free = day not in person.days_off and (day, kind) not in person.blocked
    return free and person.most_of.get(kind, 1) > 0


def _short_rows(days: int, least: int) -> Iterator[tuple[int, int]]:
    """The rows of days shorter than `least` that touch neither edge, as first and last day."""
    for length in range(1, least):
        for first in range(1, days - length):
            yield first, first + length - 1
