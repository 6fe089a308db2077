"""When care is due after a deployment; content, in data/care.toml. Sums are in absolute time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "care.toml"


@dataclass(frozen=True)
class PlannedContact:
    """One contact with somebody who was deployed: who calls, from when, and when it must have been done."""

    code: str
    by: str
    from_at: datetime
    due_at: datetime


def is_heavy(*, dead: int, children: int, has_violence: bool) -> bool:
    """Whether contacts are planned: somebody died, a child was there, or there was violence."""
    return dead > 0 or children > 0 or has_violence


def contacts_after(ended_at: datetime) -> tuple[PlannedContact, ...]:
    """The contacts that are due after a heavy deployment, the earliest first."""
    ended = ended_at.astimezone(UTC)
    planned = (
        PlannedContact(
            code=row["code"],
            by=row["by"],
            from_at=ended + timedelta(hours=row["from_hours"]),
            due_at=ended + timedelta(hours=row["due_hours"]),
        )
        for row in load_toml(_FILE)["contact"]
    )
    return tuple(sorted(planned, key=lambda contact: contact.due_at))


def rest_after(ended_at: datetime) -> datetime:
    """Until when somebody rests after a deployment, heavy or not."""
    return ended_at.astimezone(UTC) + timedelta(hours=load_toml(_FILE)["norms"]["rest_hours"])


def needs_talk(ended_with_deaths: Iterable[datetime], at: datetime) -> bool:
    """Whether so many deployments with deaths ended in the days before `at` that a talk comes first."""
    norms = load_toml(_FILE)["norms"]
    since = at.astimezone(UTC) - timedelta(days=norms["talk_within_days"])
    enough: int = norms["talk_after_deployments"]
    return sum(since <= ended <= at for ended in ended_with_deaths) >= enough
