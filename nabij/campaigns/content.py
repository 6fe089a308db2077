"""When reports become a wave, what kinds there are, and when a wave ends; content."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from nabij.kit.content import in_language, load_toml

FILE = Path(__file__).parent / "data" / "waves.toml"


@dataclass(frozen=True)
class Family:
    """Reports that count together: so many within so many days are a wave, in one area or the whole town."""

    code: str
    nl: str
    en: str
    topic: str
    threshold: int
    days: int
    meeting_from: int
    by_area: bool

    def __str__(self) -> str:
        return in_language({"nl": self.nl, "en": self.en})

    @property
    def within(self) -> timedelta:
        """The days in which the reports must fall."""
        return timedelta(days=self.days)


@dataclass(frozen=True)
class Kind:
    """What was reported, with which others it counts, and the template of the letter that goes with it."""

    code: str
    nl: str
    en: str
    family: str
    template: str

    def __str__(self) -> str:
        return in_language({"nl": self.nl, "en": self.en})


@dataclass(frozen=True)
class Terms:
    """Days, months and hours of a wave."""

    contact_working_days: int
    embargo_hours: int
    repeat_months: int
    quiet_days: int


@cache
def families() -> dict[str, Family]:
    """All families by code."""
    return {code: Family(code=code, **row) for code, row in load_toml(FILE)["family"].items()}


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by code."""
    return {code: Kind(code=code, **row) for code, row in load_toml(FILE)["kind"].items()}


@cache
def terms() -> Terms:
    """The terms as they hold now."""
    told = load_toml(FILE)
    return Terms(**{name: told[name] for name in Terms.__dataclass_fields__})


def words_for_neighbours(family: str, *, area: str, town: str) -> str:
    """A message for a neighbours' app to begin with, in the reader's language."""
    return in_language(load_toml(FILE)["neighbours"][family]).strip().format(area=area, town=town)
