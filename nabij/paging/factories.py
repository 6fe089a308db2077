"""Plain makers of pages, shared by tests and the demonstration."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

from nabij.accounts.factories import make_team
from nabij.audit.actor import SYSTEM
from nabij.paging import seats
from nabij.paging.actions import start_page, take_step
from nabij.paging.claims import claim_moments
from nabij.paging.models import Page

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)
VALUES = {"reference": "Oranje Reiger 12", "what": "Explosie", "where": "Heidebeek, Kerkstraat"}


def make_page(
    kind: str = "coordinator",
    *,
    team_id: UUID | None = None,
    needed: int = 1,
    exercise: bool = False,
    at: datetime = NIGHT,
    thread_id: UUID | None = None,
) -> Page:
    return start_page(
        kind,
        subject_id=uuid4(),
        thread_id=thread_id or uuid4(),
        team_id=team_id or make_team().pk,
        needed=needed,
        exercise=exercise,
        by=SYSTEM,
        at=at,
        values=VALUES,
    )


def take_due_steps(at: datetime) -> int:
    """What an engine does with due moments, until nothing is due at this moment any more."""
    count = 0
    while moments := claim_moments(20, taken_by="by-hand", at=at):
        count += sum(take_step(moment, by=SYSTEM, at=at) for moment in moments)
    return count


@contextmanager
def seated(places: dict[str, list[UUID]]) -> Iterator[None]:
    """Let these people sit on these seats, whatever the team and the moment."""

    def resolver(seat: str, team_id: UUID | None, at: datetime) -> list[UUID]:
        return places.get(seat, [])

    seats.register(resolver)
    try:
        yield
    finally:
        seats.forget(resolver)
