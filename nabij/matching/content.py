"""The numbers of the search: content, in data/matching.toml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "matching.toml"


@dataclass(frozen=True)
class Terms:
    """How far the search goes."""

    most_of_a_key: int
    most_opened: int
    most_shown: int
    pair_from: float
    most_pairs: int
    batch: int
    most_batches: int


@cache
def terms() -> Terms:
    """The numbers that hold now."""
    content = load_toml(_FILE)
    search, pair, work = content["search"], content["pair"], content["work"]
    return Terms(
        search["most_of_a_key"], search["most_opened"], search["most_shown"],
        pair["from_score"], pair["most"], work["batch"], work["most_batches"],
    )  # fmt: skip
