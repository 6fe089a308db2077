"""As whom the game acts: Nabij itself, with just the permission that the deed asks, and its mark."""

from dataclasses import replace
from uuid import UUID, uuid5

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.accounts.queries import team_for
from nabij.accounts.roles import Permission
from nabij.audit.actor import SYSTEM, Actor
from nabij.drills.models import Drill


def caller() -> Actor:
    """A made-up professional who rings in."""
    return replace(SYSTEM, permissions=frozenset({Permission.ASK_FOR_HELP}))


def municipality(drill: Drill) -> Actor | None:
    """The made-up planner of the municipality; None where the municipality takes no part in Nabij."""
    found = Organisation.objects.filter(
        kind=OrganisationKind.MUNICIPALITY, municipality_id=drill.municipality_id
    ).first()
    if found is None:
        return None
    return replace(
        SYSTEM, id=drill.begun_by_id, organisation_id=found.pk, organisation_kind=found.kind,
        permissions=frozenset({Permission.PLAN_DOORS}),
    )  # fmt: skip


def leader(drill: Drill) -> Actor:
    """The made-up leader of victim support, who promises people of the team of this municipality."""
    team = team_for(drill.municipality)
    return replace(
        SYSTEM, id=drill.begun_by_id, team_id=team.pk if team else None,
        permissions=frozenset({Permission.OFFER_STAFF}),
        municipality_codes=frozenset({drill.municipality_id}),
    )  # fmt: skip


def own_key(drill: Drill, name: str) -> UUID:
    """The identity of one deed of this drill: done once it is not done again."""
    return uuid5(drill.pk, name)


def mark(drill: Drill, deed: str) -> None:
    """The drill remembers that the game did this; the report says so."""
    drill.acted = [*drill.acted, deed]
