"""Who does something: handed as `by=` to every action."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """The ways in which somebody acts, and nobody known."""

    MEMBERSHIP = "membership"
    HELPED_PERSON = "helped_person"
    ACTING = "acting"
    LINK = "link"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


class Scope(StrEnum):
    """What somebody who acts for a person may do; whatever is not named here, they may not."""

    SEE = "own.see"
    MESSAGES = "own.messages"
    CONSENTS = "own.consents"
    EXPORT = "own.export"


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: what they are, for which organisation, and what their role permits where.

    Who acts for a helped person is an actor of a kind of their own, so that every rule about the person
    says no to them until it says yes.
    """

    kind: ActorKind
    id: UUID | None = None
    user_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation_kind: str = ""
    role: str = ""
    permissions: frozenset[str] = frozenset()
    municipality_codes: frozenset[str] | None = frozenset()
    safety_region_codes: frozenset[str] = frozenset()
    team_id: UUID | None = None
    name: str = ""
    organisation_name: str = ""
    for_id: UUID | None = None

    def may(self, permission: str) -> bool:
        """Whether the role permits this at all; where, is a matter of the app's policy."""
        return permission in self.permissions

    def covers(self, municipality_code: str) -> bool:
        """Whether this municipality lies in the actor's area; None means the whole country."""
        return self.municipality_codes is None or municipality_code in self.municipality_codes


SYSTEM = Actor(ActorKind.SYSTEM, name="Nabij")
ANONYMOUS = Actor(ActorKind.ANONYMOUS)


def link_of(membership_id: UUID, name: str = "") -> Actor:
    """Somebody who holds a link that was sent to this membership, without being logged in."""
    return Actor(ActorKind.LINK, id=membership_id, name=name)
