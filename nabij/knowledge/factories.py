"""Plain makers of articles and districts, shared by tests and the demonstration."""

from datetime import UTC, datetime

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.models import Municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.knowledge.actions import Written, name_district, write_article
from nabij.knowledge.models import Article, District

MORNING = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


def make_article(
    *,
    by: Actor | None = None,
    at: datetime = MORNING,
    title: str = "Na een explosie",
    text: str = "Ga snel langs.",
) -> Article:
    by = by or make_actor(Role.TEAM_LEADER)
    return write_article(Written(title, text, ("EVT-13",)), by=by, at=at)


def make_district(
    name: str = "Vogelwijk", *, municipality: Municipality | None = None, at: datetime = MORNING
) -> District:
    place = municipality or make_municipality()
    by = make_actor(Role.DUTY_OFFICER, municipality=place)
    return name_district(place.code, name, by=by, at=at)
