"""Changing what is known of an incident."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.accounts.models import Municipality
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.actions.locking import locked_incident
from nabij.incidents.facts import FACT_NAMES, Facts, facts_of, place_key
from nabij.incidents.models import COUNTS, Incident
from nabij.incidents.policies import can_change_facts, can_set_grip
from nabij.incidents.refusals import FactsConflict, Refused
from nabij.incidents.rules import HIGHEST_GRIP


@transaction.atomic
def change_facts(
    incident: Incident, new: Facts, *, by: Actor, at: datetime, seen: Facts | None = None
) -> list[str]:
    """Write what is known now and return the names of the facts that changed, for whoever was paged.

    `seen` is what the writer had before them: facts they did not touch are left as somebody else may have
    set them meanwhile; the same fact changed by both raises FactsConflict and nothing is written.
    """
    held = locked_incident(incident.pk)
    if not can_change_facts(by, held, at):
        raise PermissionDenied("U kunt de feiten van deze gebeurtenis niet wijzigen.")
    changed = write_facts(held, _merged(facts_of(held), new, seen), by=by, at=at)
    incident.refresh_from_db()
    return changed


def _merged(current: Facts, new: Facts, seen: Facts | None) -> Facts:
    """The writer's own changes on top of what stands there now."""
    if seen is None:
        return new
    touched = [name for name in FACT_NAMES if getattr(new, name) != getattr(seen, name)]
    clashes = [
        name for name in touched if getattr(current, name) not in (getattr(seen, name), getattr(new, name))
    ]
    if clashes:
        raise FactsConflict("Iemand anders wijzigde dit net ook.", clashes, current)
    return replace(current, **{name: getattr(new, name) for name in touched})


def write_facts(incident: Incident, new: Facts, *, by: Actor, at: datetime) -> list[str]:
    """Store the facts that differ and say in the trail which; the caller checked that it is permitted."""
    current = facts_of(incident)
    changed = [name for name in FACT_NAMES if getattr(current, name) != getattr(new, name)]
    if not changed:
        return []
    for name in changed:
        if name == "municipality_codes":
            incident.municipalities.set(known_municipalities(new.municipality_codes))
        else:
            setattr(incident, name, getattr(new, name))
    incident.place_key = place_key(incident.place)
    incident.save()
    facts: dict[str, trail.Fact] = {name: True for name in changed if name not in COUNTS}
    facts.update({name: getattr(new, name) for name in changed if name in COUNTS})
    trail.record("incident.facts_changed", by=by, at=at, subject=incident, thread_id=incident.pk, facts=facts)
    return changed


def known_municipalities(codes: Iterable[str]) -> list[Municipality]:
    """The municipalities with these codes; raises Refused for none, or one that does not exist."""
    wanted = set(codes)
    found = list(Municipality.objects.filter(pk__in=wanted))
    if not wanted or len(found) != len(wanted):
        raise Refused("Deze gemeente kennen wij niet. Kies een gemeente uit de lijst.")
    return found


@transaction.atomic
def set_grip(incident: Incident, grip: int, *, by: Actor, at: datetime) -> bool:
    """Record the GRIP level, 0 to 5, and say whether it changed; raises Refused outside those levels."""
    held = locked_incident(incident.pk)
    if not can_set_grip(by, held, at):
        raise PermissionDenied("U kunt het GRIP-niveau niet wijzigen.")
    if not 0 <= grip <= HIGHEST_GRIP:
        raise Refused(f"GRIP gaat van 0 tot en met {HIGHEST_GRIP}.")
    if held.grip == grip:
        return False
    facts: dict[str, trail.Fact] = {"was": held.grip, "grip": grip}
    held.grip = incident.grip = grip
    held.save(update_fields=["grip"])
    trail.record("incident.grip_set", by=by, at=at, subject=held, thread_id=held.pk, facts=facts)
    return True
