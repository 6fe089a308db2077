"""Public roster instances (Curtois and Qu, 2014) by the engine that makes rosters: `python -m bench rosters`.

The instances are not in this repository: NABIJ_ROSTERS names their folder, NABIJ_ROSTERS_NUMBERS which ones.
"""

import csv
import os
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import load
from nabij.proposals.engine import Cover, Person, Problem, ShiftKind, Wishes, search

SECONDS = float(os.environ.get("NABIJ_ROSTERS_SECONDS", "300"))


def run() -> None:
    """One row per instance: cost, bound, best known value, seconds and CPU-seconds."""
    folder = Path(os.environ["NABIJ_ROSTERS"])
    numbers = os.environ.get("NABIJ_ROSTERS_NUMBERS", "1,2,3,4,5,6,7,8").split(",")
    known = {row["instance"]: int(row["ub_wssuite_2023"]) for row in _table(folder / "best_known.csv")}
    print("| instance | cost | bound | best known | above | seconds | CPU-seconds | load |")
    print("|---|---|---|---|---|---|---|---|")
    for number in numbers:
        problem = read(folder / f"Instance{number}.txt")
        begun, cpu = time.monotonic(), time.process_time()
        found = search(problem, SECONDS)
        seconds, cpu = time.monotonic() - begun, time.process_time() - cpu
        cost = check(problem, found.gives)
        if cost != found.cost:
            raise SystemExit(f"instance {number}: counted again it costs {cost}, not {found.cost}")
        above = f"{(cost - known[number]) / known[number]:.1%}"
        row = [number, cost, found.bound, known[number], above, f"{seconds:.0f}", f"{cpu:.0f}", load()]
        print("| " + " | ".join(str(each) for each in row) + " |", flush=True)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _sections(path: Path) -> dict[str, list[list[str]]]:
    """The rows of each section, split at commas; lines that begin with # are comments."""
    found: dict[str, list[list[str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("SECTION_"):
            rows = found.setdefault(line.removeprefix("SECTION_").strip(), [])
        elif line.strip() and not line.startswith("#"):
            rows.append([each.strip() for each in line.split(",")])
    return found


def read(path: Path) -> Problem:
    """An instance as a problem for the engine."""
    rows = _sections(path)
    off = {row[0]: frozenset(map(int, row[1:])) for row in rows.get("DAYS_OFF", [])}
    return Problem(
        days=int(rows["HORIZON"][0][0]),
        kinds=tuple(
            ShiftKind(row[0], int(row[1]), frozenset(code for code in row[2].split("|") if code))
            for row in rows["SHIFTS"]
        ),
        people=tuple(_person(row, off.get(row[0], frozenset())) for row in rows["STAFF"]),
        covers=tuple(
            Cover(int(day), kind, int(needed), int(under), int(over))
            for day, kind, needed, under, over in rows["COVER"]
        ),
        wishes=Wishes(
            on=dict(_requests(rows.get("SHIFT_ON_REQUESTS", []))),
            off=dict(_requests(rows.get("SHIFT_OFF_REQUESTS", []))),
        ),
    )


def _person(row: list[str], off: frozenset[int]) -> Person:
    most = dict(part.split("=") for part in row[1].split("|"))
    return Person(
        code=row[0],
        most_of={kind: int(number) for kind, number in most.items()},
        most_minutes=int(row[2]),
        least_minutes=int(row[3]),
        most_in_a_row=int(row[4]),
        least_in_a_row=int(row[5]),
        least_free_in_a_row=int(row[6]),
        most_weekends=int(row[7]),
        days_off=off,
    )


def _requests(rows: list[list[str]]) -> Iterator[tuple[tuple[str, int, str], int]]:
    for person, day, kind, weight in rows:
        yield (person, int(day), kind), int(weight)


def check(problem: Problem, gives: frozenset[tuple[str, int, str]]) -> int:
    """The cost of a roster counted again without the model; fails on every hard rule that is broken."""
    for person in problem.people:
        _check_person(problem, person, {day: kind for code, day, kind in gives if code == person.code})
    cost = 0
    for cover in problem.covers:
        there = sum(1 for _, day, kind in gives if (day, kind) == (cover.day, cover.kind))
        cost += cover.cost_under * max(0, cover.needed - there) + cover.cost_over * max(
            0, there - cover.needed
        )
    cost += sum(weight for key, weight in problem.wishes.on.items() if key not in gives)
    return cost + sum(weight for key, weight in problem.wishes.off.items() if key in gives)


def _check_person(problem: Problem, person: Person, own: dict[int, str]) -> None:
    kinds = {kind.code: kind for kind in problem.kinds}
    minutes = sum(kinds[kind].minutes for kind in own.values())
    text = "".join("x" if day in own else "." for day in range(problem.days))
    weekends = sum(any(day in own for day in days) for days in problem.weekends())
    rows = [(len(row), edge) for row, edge in _runs(text, "x")]
    free = [(len(row), edge) for row, edge in _runs(text, ".")]
    rules = {
        "one of each kind": all(
            sum(kind == code for kind in own.values()) <= most for code, most in person.most_of.items()
        ),
        "minutes": person.least_minutes <= minutes <= (person.most_minutes or minutes),
        "days off": not person.days_off & own.keys(),
        "weekends": weekends <= (person.most_weekends if person.most_weekends is not None else weekends),
        "longest row": all(length <= (person.most_in_a_row or length) for length, _ in rows),
        "shortest row": all(length >= person.least_in_a_row for length, edge in rows if not edge),
        "shortest free row": all(length >= person.least_free_in_a_row for length, edge in free if not edge),
        "succession": all(own.get(day + 1) not in kinds[kind].not_before for day, kind in own.items()),
    }
    broken = [name for name, holds in rules.items() if not holds]
    if broken:
        raise SystemExit(f"{person.code} breaks: {', '.join(broken)}")


def _runs(text: str, sign: str) -> Iterator[tuple[str, bool]]:
    """The rows of this sign, and whether they touch an edge."""
    first = 0
    while first < len(text):
        last = first
        while last < len(text) and text[last] == text[first]:
            last += 1
        if text[first] == sign:
            yield text[first:last], first == 0 or last == len(text)
        first = last
