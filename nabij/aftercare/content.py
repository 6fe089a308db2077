"""Who is told of what, and after how long: content, not code."""

from datetime import datetime, timedelta
from pathlib import Path

from nabij.accounts.roles import PERMISSIONS, Permission, Role
from nabij.aftercare.plans import carried_out_by
from nabij.contact.working_days import working_days_after
from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "aftercare.toml"
MUNICIPALITY, VICTIM_SUPPORT = "municipality", "victim_support"


def does_own_steps(org: str) -> bool:
    """Whether this organisation ticks its own steps; the municipality ticks those of all others."""
    return org in load_toml(_FILE)["own_steps"]


def own_sides() -> list[str]:
    """The organisations that tick their own steps."""
    return list(load_toml(_FILE)["own_steps"])


def owners(org: str, role: str = "") -> tuple[str, list[str]]:
    """Whose members hear of a step of this organisation, and in which roles: those that can open it."""
    side = org if does_own_steps(org) else MUNICIPALITY
    usual = list(load_toml(_FILE)["own_steps"][side])
    named = [each for each in carried_out_by(role) if _opens_steps(each)] if side == org else []
    return side, named or usual


def _opens_steps(role: str) -> bool:
    return Permission.RUN_AFTERCARE in PERMISSIONS[Role(role)]


def coordinators() -> dict[str, list[str]]:
    """For each side the roles that hear of a step that stays undone."""
    return dict(load_toml(_FILE)["coordinators"])


def coordinator_at(told_at: datetime, *, is_urgent: bool) -> datetime:
    """When a late step goes to the coordinators, counted from when its owner was told."""
    late = load_toml(_FILE)["late"]
    if is_urgent:
        return told_at + timedelta(minutes=late["urgent_minutes"])
    return working_days_after(told_at, late["other_working_days"])


def farthest_start() -> timedelta:
    """How far from the event, before or after, the day of a step can be: further is a slip of the pen."""
    return timedelta(days=load_toml(_FILE)["farthest_start_days"])
