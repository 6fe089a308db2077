"""Numbers and lists of the PSH core team: content, in data/psh.toml."""

from datetime import timedelta
from pathlib import Path

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "psh.toml"


def task_choices() -> list[tuple[str, str]]:
    """For what the GGD may ask staff, as (code, name); the codes are tasks of the academy."""
    return [(code, in_language(names)) for code, names in load_toml(_FILE)["task"].items()]


def rehousing_within() -> timedelta:
    """Within this time after the shelter opened it is decided where people will live."""
    return timedelta(hours=load_toml(_FILE)["shelter"]["rehousing_hours"])


def is_shelter_too_full(people: int, affected: int | None) -> bool:
    """Whether more people are sheltered than a share of those affected, or than the absolute maximum."""
    shelter = load_toml(_FILE)["shelter"]
    share = affected is not None and people * 100 > affected * int(shelter["share_percent"])
    return share or people > int(shelter["most_people"])


def first_phase() -> timedelta:
    """So long after the event the acute phase ends and the plan for aftercare begins."""
    return timedelta(days=load_toml(_FILE)["plan"]["first_days"])
