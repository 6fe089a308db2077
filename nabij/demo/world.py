"""Building the world of the demonstration: organisations, sixty members of staff, their duties and phones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle, product
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from nabij.accounts.geography import load_geography, sort_name
from nabij.accounts.models import Membership, Municipality, Organisation, SafetyRegion, Team, User
from nabij.accounts.roles import Role
from nabij.kit.clock import AMSTERDAM
from nabij.kit.content import load_toml
from nabij.rosters.models import Duty, Seat

LONG_AGO = datetime(2020, 1, 1, tzinfo=AMSTERDAM)
SHIFT_STARTS = time(9, 0)


def world() -> dict[str, Any]:
    """The content file with everything that is made up."""
    return load_toml(Path(__file__).parent / "data" / "world.toml")


@dataclass(frozen=True)
class Login:
    """What `make run` prints of one person."""

    role: str
    name: str
    mail: str


def logins() -> list[Login]:
    """The people to log in as."""
    return [
        Login(person["shown"], person["name"], _mail(person["mail"]))
        for person in world()["person"]
        if "shown" in person
    ]


def _mail(name: str) -> str:
    return f"{name}@example.nl"


@transaction.atomic
def build_world() -> None:
    """Make everything that is not there yet; what is there stays as it is."""
    load_geography()
    content = world()
    support = Organisation.objects.get_or_create(kind="victim_support", name="Slachtofferhulp")[0]
    _build_regions(content, support)
    for fact in content["organisation"]:
        Organisation.objects.get_or_create(
            kind=fact["kind"],
            name=fact["name"],
            municipality_id=fact.get("municipality"),
            safety_region_id=fact.get("region"),
        )
    if not User.objects.filter(email=_mail(content["person"][0]["mail"])).exists():
        _build_people(content, support)


def _build_regions(content: dict[str, Any], support: Organisation) -> None:
    teams = {
        name: Team.objects.get_or_create(name=name, organisation=support)[0] for name in content["teams"]
    }
    for region in content["region"]:
        SafetyRegion.objects.get_or_create(code=region["code"], defaults={"name": region["name"]})
    for name, codes in content["teams"].items():
        SafetyRegion.objects.filter(code__in=codes).update(team=teams[name])
    for place in content["municipality"]:
        Municipality.objects.get_or_create(
            code=place["code"],
            defaults={
                "name": place["name"],
                "sort_name": sort_name(place["name"]),
                "province_code": place["province"],
                "safety_region_id": place["region"],
            },
        )


def _build_people(content: dict[str, Any], support: Organisation) -> None:
    password = make_password(content["password"])
    names = {fact["key"]: fact["name"] for fact in content["organisation"]}
    organisations = {each.name: each for each in Organisation.objects.all()}
    teams = {team.name: team for team in Team.objects.all()}
    for person in (*content["person"], *_made_up_workers(content["workers"])):
        user = User.objects.create(email=_mail(person["mail"]), name=person["name"], password=password)
        own = person.get("organisation")
        Membership.objects.create(
            user=user,
            organisation=organisations[names[own]] if own else support,
            team=teams.get(person.get("team", "")),
            role=Role(person["role"]),
            job_title=person.get("job", ""),
            is_volunteer=person.get("volunteer", False),
            is_national=person.get("national", False),
            starts_at=LONG_AGO,
        )


def _made_up_workers(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    names = product(facts["last"], facts["first"])
    for number, (last, first) in zip(range(facts["count"]), names, strict=False):
        yield {
            "name": f"{first} {last}",
            "mail": f"piket{number + 1:02d}",
            "role": Role.ON_CALL_WORKER,
            "team": "Noordwest" if number % 2 == 0 else "Zuid",
            "volunteer": number < facts["volunteers"],
        }


@transaction.atomic
def build_duties(first: date, weeks: int) -> int:
    """Weekly duties for who has a name, a day each for two others per team; gives how many were made."""
    monday = first - timedelta(days=first.weekday())
    before = Duty.objects.count()
    fixed = {_mail(person["mail"]): person["duty"] for person in world()["person"] if "duty" in person}
    for membership in Membership.objects.filter(user__email__in=fixed).select_related("user"):
        for week in range(weeks):
            start = _moment(monday + timedelta(weeks=week))
            _put(
                membership,
                Seat(fixed[membership.user.email]),
                start,
                _moment(monday + timedelta(weeks=week + 1)),
            )
    for team in Team.objects.all():
        others = Membership.objects.filter(team=team, role=Role.ON_CALL_WORKER).exclude(user__email__in=fixed)
        turn = cycle(others.order_by("user__email"))
        for day in range(weeks * 7):
            for _ in range(2):
                _put(
                    next(turn),
                    Seat.WORKER,
                    _moment(monday + timedelta(days=day)),
                    _moment(monday + timedelta(days=day + 1)),
                )
    return Duty.objects.count() - before


def _moment(day: date) -> datetime:
    return datetime.combine(day, SHIFT_STARTS, tzinfo=AMSTERDAM)


def _put(membership: Membership, seat: Seat, start: datetime, end: datetime) -> None:
    if Duty.objects.filter(membership=membership, starts_at__lt=end, ends_at__gt=start).exists():
        return
    Duty.objects.create(
        membership=membership,
        seat=seat,
        team=None if seat == Seat.NATIONAL else membership.team,
        starts_at=start,
        ends_at=end,
    )
