"""Whether somebody is in, and how it stands for who is not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.closed_part.content import limit, rules_version, say_reason
from nabij.closed_part.models import Verification, VerificationState
from nabij.closed_part.policies import CAN_BE_READ, age_class_of, entries_visible_to
from nabij.people.models import Registration, RegistrationState
from nabij.people.queries.own import own_registration


@dataclass(frozen=True)
class Entry:
    """Somebody who is in, and where."""

    verification: Verification
    centre: AdviceCentre

    @property
    def has_accepted(self) -> bool:
        """Whether they said yes to the rules as they are now."""
        return self.verification.terms_version == rules_version()


def entry_of(actor: Actor, slug: str, at: datetime) -> Entry | None:
    """How this person is in at this centre; None for everybody else, whatever the reason."""
    centre = AdviceCentre.objects.select_related("incident", "commission").filter(slug=slug).first()
    if centre is None:
        return None
    rows = Verification.objects.filter(
        entries_visible_to(actor, at), registration__incident_id=centre.incident_id
    )
    found = rows.select_related("registration__person", "registration__incident").first()
    return Entry(found, centre) if found else None


@dataclass(frozen=True)
class Standing:
    """How it stands for somebody who registered where there is a closed part."""

    registration: Registration
    centre: AdviceCentre
    verification: Verification | None
    is_in: bool

    @property
    def wants(self) -> bool:
        """Whether this person asked for the closed part."""
        return self.registration.wants_closed_part

    @property
    def state(self) -> str:
        """Where it stands; who asked and has no row yet waits."""
        return self.verification.state if self.verification else VerificationState.PENDING

    @property
    def may_try(self) -> bool:
        """Whether a code may be typed: somebody waits, and did not guess too often."""
        if self.verification is None:
            return True
        waits = self.verification.state == VerificationState.PENDING and self.verification.code_id is None
        return waits and self.verification.tries < limit("most_tries")

    @property
    def asks_age(self) -> bool:
        """Whether the age is not known yet."""
        known = self.verification.age_class if self.verification else ""
        return not (known or age_class_of(self.registration.age_group))

    @property
    def reason(self) -> str:
        """What who was not let in reads."""
        return say_reason(self.verification.reason) if self.verification else ""


def standing_of(actor: Actor, at: datetime) -> Standing | None:
    """How it stands for this person; None where there is no closed part, or an archive for who is not in."""
    registration = own_registration(actor.id) if actor.id else None
    if registration is None or registration.state != RegistrationState.NEW:
        return None
    centres = AdviceCentre.objects.filter(CAN_BE_READ, Q(incident_id=registration.incident_id))
    centre, found = centres.first(), Verification.objects.filter(registration=registration)
    is_in = found.filter(entries_visible_to(actor, at)).exists()
    if centre is None or (centre.archived_at and not is_in):
        return None
    return Standing(registration, centre, found.first(), is_in)


def entry_to_take(person_id: UUID) -> list[dict[str, Any]]:
    """How it stood at the door, as data to take along: without who decided, and without notes of the desk."""
    rows = Verification.objects.filter(registration__person_id=person_id)
    return [
        {
            "stand": row.get_state_display(),
            "als": row.get_relation_display(),
            "manier": row.get_way_display(),
            "op": row.decided_at,
            "uitleg": say_reason(row.reason) if row.state == VerificationState.REFUSED else "",
        }
        for row in rows
    ]
