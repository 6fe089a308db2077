"""Relief, and what goes along to the scene."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.incidents.refusals import Refused
from nabij.on_call.actions.deploying import call_one_more
from nabij.on_call.models import Deployment
from nabij.on_call.policies import can_lead
from nabij.on_scene.models import Material, Relief
from nabij.on_scene.policies import can_tick_materials
from nabij.on_scene.rules import materials


@transaction.atomic
def ask_relief(deployment: Deployment, *, by: Actor, at: datetime) -> Relief:
    """Call somebody to take over from this person, who stays until then; asked twice is asked once.

    Raises Refused when this person is no longer there or the incident is closed.
    """
    locked = Deployment.objects.select_for_update(of=("self",)).select_related("incident", "ask__page")
    held = locked.get(pk=deployment.pk)
    if not can_lead(by, held.incident, at):
        raise PermissionDenied("Voor deze medewerker kunt u geen aflossing vragen.")
    found = Relief.objects.filter(deployment=held).first()
    if found is not None:
        return found
    if not held.is_active or not held.incident.is_open:
        raise Refused("Deze medewerker is niet meer ter plaatse.")
    page = call_one_more(held, by=by, at=at)
    relief = Relief.objects.create(deployment=held, page=page, asked_at=at)
    facts: dict[str, trail.Fact] = {"membership": str(held.membership_id)}
    trail.record("relief.asked", by=by, at=at, subject=relief, thread_id=held.incident_id, facts=facts)
    return relief


@transaction.atomic
def tick_material(incident: Incident, code: str, is_taken: bool, *, by: Actor, at: datetime) -> None:
    """Say that something goes along, or does not after all; ValidationError for what is not on the list."""
    if not can_tick_materials(by, incident, at) or by.id is None:
        raise PermissionDenied("Deze lijst kunt u niet wijzigen.")
    if code not in materials():
        raise ValidationError("Kies iets van de lijst.")
    if is_taken:
        Material.objects.get_or_create(
            incident=incident, code=code, defaults={"ticked_at": at, "ticked_by": by.id}
        )
    else:
        Material.objects.filter(incident=incident, code=code).delete()
