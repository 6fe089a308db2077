"""Who is told of what, and the words for organisations and phases: content, not code."""

from datetime import datetime, timedelta
from pathlib import Path

from nabij.contact.working_days import working_days_after
from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "aftercare.toml"
MUNICIPALITY, VICTIM_SUPPORT = "municipality", "victim_support"


def does_own_steps(org: str) -> bool:
    """Whether this organisation ticks its own steps; the municipality ticks those of all others."""
    return org in load_toml(_FILE)["own_steps"]


def own_sides() -> list[str]:
    """The organisations that tick their own steps."""
    return list(load_toml(_FILE)["own_steps"])


def owners(org: str) -> tuple[str, list[str]]:
    """Whose members hear of a step of this organisation, and in which roles."""
    side = org if does_own_steps(org) else MUNICIPALITY
    return side, list(load_toml(_FILE)["own_steps"][side])


def coordinators() -> dict[str, list[str]]:
    """For each side the roles that hear of a step that stays undone."""
    return dict(load_toml(_FILE)["coordinators"])


def coordinator_at(told_at: datetime, *, is_urgent: bool) -> datetime:
    """When a late step goes to the coordinators, counted from when its owner was told."""
    late = load_toml(_FILE)["late"]
    if is_urgent:
        return told_at + timedelta(minutes=late["urgent_minutes"])
    return working_days_after(told_at, late["other_working_days"])


def org_in_words(org: str) -> str:
    """An organisation in the language of the reader."""
    return in_language(load_toml(_FILE)["org"][org])


def phases() -> dict[str, str]:
    """The phases in order, in the language of the reader."""
    return {code: in_language(names) for code, names in load_toml(_FILE)["phase"].items()}


def orgs() -> list[tuple[str, str]]:
    """All organisations with their words, to choose from."""
    return [(code, in_language(names)) for code, names in load_toml(_FILE)["org"].items()]
