import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nabij.proposals.engine import Cover, Person, Problem, ShiftKind, Wishes, search

DAY, NIGHT = ShiftKind("day", 720), ShiftKind("night", 720, frozenset({"day"}))


def solve(problem, seconds=10, **options):
    return search(problem, seconds, workers=1, **options)


def roster(found, code):
    return {day: kind for person, day, kind in found.gives if person == code}


def covers(days, kinds=("day",), needed=1, **options):
    return tuple(Cover(day, kind, needed, 100, 1, **options) for day in range(days) for kind in kinds)


def test_every_shift_is_filled_once_and_nobody_works_twice_a_day():
    people = tuple(Person(code) for code in "abc")
    found = solve(Problem(7, (DAY, NIGHT), people, covers(7, ("day", "night"))))
    assert (found.cost, found.bound, found.is_best) == (0, 0, True)
    assert len(found.gives) == 14
    assert len({(person, day) for person, day, _ in found.gives}) == 14


def test_too_few_people_leaves_places_empty_at_their_cost_and_never_breaks_a_rule():
    found = solve(Problem(7, (DAY,), (Person("a", most_in_a_row=2),), covers(7)))
    assert found.cost == 200
    days = sorted(roster(found, "a"))
    assert len(days) == 5
    assert not any({day, day + 1, day + 2} <= set(days) for day in range(7))


def test_a_day_shift_does_not_follow_a_night():
    found = solve(
        Problem(2, (DAY, NIGHT), (Person("a"),), (Cover(0, "night", 1, 100, 1), Cover(1, "day", 1, 90, 1)))
    )
    assert roster(found, "a") == {0: "night"}


def test_a_window_counts_what_was_worked_before_and_after_the_roster():
    person = Person("a", most_in_window=(4, 2), worked_on=frozenset({-1, 4}))
    found = solve(Problem(4, (DAY,), (person,), covers(4)))
    days = {*roster(found, "a"), -1, 4}
    assert all(sum(first <= day < first + 4 for day in days) <= 2 for first in range(-4, 5))
    assert found.cost == 200


def test_rows_go_on_over_the_edge_of_the_roster():
    person = Person("a", most_in_a_row=3, worked_on=frozenset({-2, -1}))
    found = solve(Problem(3, (DAY,), (person,), covers(3)))
    assert sorted(roster(found, "a")) in ([0, 2], [1, 2])


def test_each_week_has_two_free_days_and_the_night_before_unless_other_shifts_leave_none():
    found = solve(Problem(7, (DAY,), (Person("a", has_free_pair_each_week=True),), covers(7)))
    assert found.cost == 300
    busy = Person("a", has_free_pair_each_week=True, worked_on=frozenset(range(7)))
    assert solve(Problem(7, (DAY,), (busy,), covers(7))).cost is not None


def test_limits_on_minutes_weekends_kinds_and_rows():
    person = Person(
        "a", most_of={"day": 3, "night": 0}, least_minutes=720, most_minutes=2160, most_weekends=0,
        least_in_a_row=2, least_free_in_a_row=2, days_off=frozenset({0}),
    )  # fmt: skip
    found = solve(Problem(7, (DAY, NIGHT), (person,), covers(7, ("day", "night"))))
    assert sorted(roster(found, "a")) in ([1, 2, 3], [2, 3, 4])
    assert set(roster(found, "a").values()) == {"day"}


def test_wishes_are_followed_when_they_cost_nothing_else():
    wishes = Wishes(on={("a", 0, "day"): 5}, off={("b", 1, "day"): 5}, pinned=frozenset({("b", 2, "day")}))
    found = solve(Problem(3, (DAY,), (Person("a"), Person("b")), covers(3), wishes))
    assert (found.cost, roster(found, "b")) == (0, {2: "day"})


def test_what_stands_changes_as_little_as_it_can():
    standing = frozenset(("b", day, "day") for day in range(4))
    people = (Person("a"), Person("b", blocked=frozenset({(2, "day")})))
    problem = Problem(4, (DAY,), people, covers(4), Wishes(kept=standing, cost_of_change=3))
    found = solve(problem, start_from=standing)
    assert (found.cost, roster(found, "a")) == (3, {2: "day"})


def test_the_burden_is_shared_also_with_what_was_carried_before():
    people = (Person("a", load_before=40), Person("b"), Person("c"))
    found = solve(Problem(6, (DAY,), people, covers(6, load=10), cost_of_unfairness=1))
    assert len(roster(found, "a")) == 0
    assert len(roster(found, "b")) == len(roster(found, "c")) == 3


def test_reserve_is_filled_up_to_what_is_wished_and_no_further():
    people = tuple(Person(code) for code in "abcd")
    found = solve(
        Problem(1, (DAY,), people, (Cover(0, "day", 1, 100, 0, wished=3, cost_under_wish=5, most=3),))
    )
    assert (len(found.gives), found.cost) == (3, 0)


def test_pins_that_cannot_be_have_no_roster():
    both = frozenset({("a", 0, "day"), ("a", 0, "night")})
    found = solve(Problem(1, (DAY, NIGHT), (Person("a"),), covers(1), Wishes(pinned=both)))
    assert (found.cost, found.gives, found.is_best) == (None, frozenset(), False)


def test_whoever_listens_can_end_the_search(monkeypatch):
    heard = []

    def hear(progress):
        heard.append(progress)
        return False

    people = tuple(Person(str(code), most_in_a_row=3, load_before=code) for code in range(30))
    hard = Problem(
        60, (DAY, NIGHT), people, covers(60, ("day", "night"), needed=4, load=7), cost_of_unfairness=3
    )
    found = search(hard, 60, hear=hear, workers=2)
    assert heard
    assert found.seconds < 30


SMALL = st.builds(
    lambda people, needed, row, window: Problem(
        10,
        (DAY, NIGHT),
        tuple(
            Person(str(number), most_in_a_row=row, most_in_window=(7, window), blocked=frozenset(blocked))
            for number, blocked in enumerate(people)
        ),
        covers(10, ("day", "night"), needed),
    ),
    st.lists(
        st.frozensets(st.tuples(st.integers(0, 9), st.sampled_from(["day", "night"])), max_size=8),
        min_size=1,
        max_size=5,
    ),
    st.integers(1, 2),
    st.integers(1, 4),
    st.integers(1, 5),
)


@settings(max_examples=15, deadline=None)
@given(SMALL)
def test_no_roster_breaks_a_hard_rule_and_its_cost_is_what_it_says(problem):
    found = solve(problem, seconds=1)  # the best is not asked for: what is found breaks nothing
    cost = 0
    for cover in problem.covers:
        there = sum((day, kind) == (cover.day, cover.kind) for _, day, kind in found.gives)
        cost += 100 * max(0, cover.needed - there) + max(0, there - cover.needed)
    assert cost == found.cost
    for person in problem.people:
        own = roster(found, person.code)
        days, window = set(own), person.most_in_window[1]
        assert len(own) == sum(code == person.code for code, _, _ in found.gives)
        assert not person.blocked & set(own.items())
        assert all(sum(first <= day < first + 7 for day in days) <= window for first in range(10))
        longest = person.most_in_a_row + 1
        assert not any(set(range(first, first + longest)) <= days for first in range(10))
        assert not any(own[day] == "night" and own.get(day + 1) == "day" for day in days)


@pytest.mark.parametrize("days", [7, 14])
def test_the_weekends_of_a_roster(days):
    assert Problem(days, (), (), ()).weekends() == [(5, 6), (12, 13)][: days // 7]
