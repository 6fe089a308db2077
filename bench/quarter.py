"""A quarter for 60 people with three roles by the engine that makes rosters: `python -m bench quarter`."""

import random
import time

from bench.measuring import load
from nabij.proposals.engine import Cover, Person, Problem, ShiftKind, Wishes, search
from nabij.proposals.rules import costs, norms

WEEKS, PEOPLE, SECONDS = 13, 60, 60
NEEDS = {"coordinator": (1, 1), "second_coordinator": (1, 1), "worker": (2, 3)}
PARTS = ("day", "night")


def run() -> None:
    """One row: places, filled, how uneven, cost and bound, seconds and CPU-seconds."""
    problem = quarter(random.Random(1))
    begun, cpu = time.monotonic(), time.process_time()
    found = search(problem, SECONDS)
    seconds, cpu = time.monotonic() - begun, time.process_time() - cpu
    needed = sum(cover.needed for cover in problem.covers)
    wished = sum(max(cover.needed, cover.wished) for cover in problem.covers)
    weights = {(cover.day, cover.kind): cover.load for cover in problem.covers}
    loads = [person.load_before for person in problem.people]
    index = {person.code: number for number, person in enumerate(problem.people)}
    for code, day, kind in found.gives:
        loads[index[code]] += weights[day, kind]
    first = next((each.seconds for each in found.history), 0.0)
    print(
        "| needed | wished | filled | points | cost | bound | first roster s | seconds | CPU-seconds | load |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    row = [
        needed, wished, len(found.gives), f"{min(loads) / 10} – {max(loads) / 10}", found.cost, found.bound,
        f"{first:.1f}", f"{seconds:.0f}", f"{cpu:.0f}", load(),
    ]  # fmt: skip
    print("| " + " | ".join(str(each) for each in row) + " |")


def quarter(dice: random.Random) -> Problem:
    """Sixty people: twenty coordinate too, forty are workers; days off, wishes and a year before."""
    cost, days = costs(), 7 * WEEKS
    codes = [f"{number:02d}" for number in range(PEOPLE)]
    people = tuple(_person(code, number < 20, days, dice) for number, code in enumerate(codes))
    kinds = tuple(
        ShiftKind(
            f"{seat} {part}",
            720,
            frozenset(f"{other} day" for other in NEEDS) if part == "night" else frozenset(),
        )
        for seat in NEEDS
        for part in PARTS
    )
    covers = tuple(
        Cover(
            day, f"{seat} {part}", needed, cost["empty"], 0, wished, cost["reserve"], wished,
            _weight(day, part),
        )
        for day in range(days)
        for seat, (needed, wished) in NEEDS.items()
        for part in PARTS
    )  # fmt: skip
    asked = [(dice.choice(codes), dice.randrange(days), dice.choice(kinds).code) for _ in range(600)]
    wishes = Wishes(
        on=dict.fromkeys(asked[:300], cost["rather"]), off=dict.fromkeys(asked[300:], cost["rather_not"])
    )
    return Problem(days, kinds, people, covers, wishes, cost["unfair"])


def _person(code: str, coordinates: bool, days: int, dice: random.Random) -> Person:
    numbers = norms()
    away = {day for first in dice.sample(range(days), 3) for day in range(first, min(days, first + 7))}
    return Person(
        code,
        most_in_a_row=numbers["most_in_a_row"],
        most_in_window=(numbers["window_days"], numbers["most_in_window"]),
        has_free_pair_each_week=True,
        days_off=frozenset(away),
        most_of={} if coordinates else {f"{seat} {part}": 0 for seat in list(NEEDS)[:2] for part in PARTS},
        load_before=dice.randrange(100, 300),
    )


def _weight(day: int, part: str) -> int:
    """Tenths of a point, as in rosters/data/fairness.toml: half a day, a night, a day in the weekend."""
    return 5 + 10 * (part == "night") + 10 * (day % 7 >= 5)
