"""Plain makers of organisations and people, shared by tests and the demonstration."""

from datetime import UTC, datetime

from nabij.accounts.models import (
    Membership,
    Municipality,
    Organisation,
    OrganisationKind,
    SafetyRegion,
    Team,
    User,
)
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_count = iter(range(1, 1_000_000))


def make_victim_support() -> Organisation:
    return Organisation.objects.get_or_create(kind=OrganisationKind.VICTIM_SUPPORT, name="Slachtofferhulp")[0]


def make_team(name: str = "Noordwest") -> Team:
    return Team.objects.get_or_create(name=name, defaults={"organisation": make_victim_support()})[0]


def make_region(code: str = "VR91", *, team: Team | None = None) -> SafetyRegion:
    return SafetyRegion.objects.get_or_create(
        code=code, defaults={"name": f"Regio {code}", "team": team or make_team()}
    )[0]


def make_municipality(
    code: str = "GM9001", name: str = "Heidebeek", *, region: SafetyRegion | None = None
) -> Municipality:
    return Municipality.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "sort_name": name.lower(),
            "province_code": "PV27",
            "safety_region": region or make_region(),
        },
    )[0]


def make_organisation(kind: OrganisationKind, municipality: Municipality | None = None) -> Organisation:
    if kind == OrganisationKind.VICTIM_SUPPORT:
        return make_victim_support()
    municipality = municipality or make_municipality()
    if kind == OrganisationKind.MUNICIPALITY:
        return Organisation.objects.get_or_create(
            kind=kind, municipality=municipality, defaults={"name": f"Gemeente {municipality.name}"}
        )[0]
    return Organisation.objects.get_or_create(
        kind=kind,
        safety_region=municipality.safety_region,
        defaults={"name": f"{kind.label} {municipality.safety_region.name}"},
    )[0]


_EMPLOYER = {
    Role.DUTY_OFFICER: OrganisationKind.MUNICIPALITY,
    Role.CONTROL_ROOM: OrganisationKind.POLICE,
    Role.GHOR_OFFICER: OrganisationKind.GHOR,
    Role.PSH_LEAD: OrganisationKind.GHOR,
    Role.POLICE_OFFICER: OrganisationKind.POLICE,
    Role.NEIGHBOURHOOD_WORKER: OrganisationKind.MUNICIPALITY,
}


def make_membership(
    role: Role = Role.ON_CALL_COORDINATOR,
    *,
    name: str = "",
    email: str = "",
    password: str | None = None,
    municipality: Municipality | None = None,
    team: Team | None = None,
    is_volunteer: bool = False,
    is_national: bool = False,
) -> Membership:
    kind = _EMPLOYER.get(role, OrganisationKind.VICTIM_SUPPORT)
    number = next(_count)
    user = User.objects.create_user(
        email or f"medewerker{number}@example.nl", password, name=name or f"Medewerker {number}"
    )
    in_team = kind == OrganisationKind.VICTIM_SUPPORT and not is_national
    return Membership.objects.create(
        user=user,
        organisation=make_organisation(kind, municipality),
        team=(team or make_team()) if in_team else None,
        role=role,
        is_volunteer=is_volunteer,
        is_national=is_national,
        starts_at=LONG_AGO,
    )


def make_actor(role: Role = Role.ON_CALL_COORDINATOR, **fields: object) -> Actor:
    return actor_for(make_membership(role, **fields))  # type: ignore[arg-type]
