"""Saying yes becomes a deployment: coming, on the way, on site, done; one action per step."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.incidents.actions import activate_incident
from nabij.incidents.models import Incident
from nabij.incidents.refusals import Refused
from nabij.on_call import guards
from nabij.on_call.models import (
    ACTIVE,
    ALLOWED,
    COORDINATOR,
    RECALLABLE,
    WORKERS,
    Deployment,
    DeploymentState,
)
from nabij.on_call.policies import can_report_step
from nabij.on_call.rules import arrival_choices
from nabij.on_call.words import message_values
from nabij.paging.actions import start_page
from nabij.paging.models import Ask, Page


@transaction.atomic
def start_deployment(ask: Ask, *, by: Actor, at: datetime) -> Deployment | None:
    """Somebody said yes: they are deployed, once, and the incident is in hand; None without an incident.

    Paging has checked who may say so and calls this in its own transaction.
    """
    incident = Incident.objects.select_for_update().filter(pk=ask.page.thread_id).first()
    if incident is None:
        return None
    found = Deployment.objects.active().filter(incident=incident, membership_id=ask.membership_id).first()
    if found is not None:
        return found
    deployment = Deployment.objects.create(
        incident=incident, membership_id=ask.membership_id, ask=ask, kind=ask.page.kind, coming_at=at
    )
    record_step("deployment.coming", deployment, by=by, at=at)
    activate_incident(incident, by=SYSTEM, at=at)
    return deployment


def set_off(deployment: Deployment, *, by: Actor, at: datetime) -> Deployment:
    """On the way. Raises Refused when that is no longer possible; said twice it stays as it was."""
    return _change(deployment, DeploymentState.ON_THE_WAY, "deployment.on_the_way", by=by, at=at)


@transaction.atomic
def expect(deployment: Deployment, minutes: int, *, by: Actor, at: datetime) -> Deployment:
    """Say in how many minutes one arrives: one of the choices; said later counts instead of earlier."""
    held = Deployment.objects.select_for_update(of=("self",)).select_related("incident").get(pk=deployment.pk)
    if not can_report_step(by, held, at):
        raise PermissionDenied("Dit kunt u niet voor deze medewerker melden.")
    if minutes not in arrival_choices() or held.state not in RECALLABLE:
        raise Refused(f"Dat kan niet meer. De stand is nu: {held.get_state_display()}.")
    held.expected_at = at + timedelta(minutes=minutes)
    held.save(update_fields=["expected_at"])
    return held


def arrive(deployment: Deployment, *, by: Actor, at: datetime) -> Deployment:
    """On site. Raises Refused when that is no longer possible; said twice it stays as it was."""
    return _change(deployment, DeploymentState.ON_SITE, "deployment.on_site", by=by, at=at)


def finish(deployment: Deployment, *, by: Actor, at: datetime) -> Deployment:
    """Done. Raises Refused when that is not possible; said twice it stays as it was."""
    return _change(deployment, DeploymentState.DONE, "deployment.done", by=by, at=at)


@transaction.atomic
def step_back(deployment: Deployment, *, by: Actor, at: datetime) -> Deployment:
    """Cannot come after all: somebody else is called for a worker, and when no coordinator is left.

    Who was replaced before, because they were silent, is not replaced again.
    """
    # All coordinators are held, so that of two who step back at once the second sees that nobody is left.
    coordinators = Deployment.objects.select_for_update().filter(
        incident_id=deployment.incident_id, kind=COORDINATOR, state__in=ACTIVE
    )
    before = {each.pk for each in coordinators.order_by("pk")}
    was_active = Deployment.objects.active().filter(pk=deployment.pk).exists()
    held = _change(deployment, DeploymentState.WITHDRAWN, "deployment.withdrawn", by=by, at=at)
    is_needed = before == {held.pk} or held.kind == WORKERS
    if is_needed and was_active and held.incident.is_open:
        call_one_more(held, by=by, at=at)
    return held


@transaction.atomic
def _change(
    deployment: Deployment, state: DeploymentState, verb: str, *, by: Actor, at: datetime
) -> Deployment:
    held = (
        Deployment.objects.select_for_update(of=("self",))
        .select_related("incident", "ask__page")
        .get(pk=deployment.pk)
    )
    if not can_report_step(by, held, at):
        raise PermissionDenied("Dit kunt u niet voor deze medewerker melden.")
    if held.state == state:
        return held
    if state not in ALLOWED[held.state]:
        raise Refused(f"Dat kan niet meer. De stand is nu: {held.get_state_display()}.")
    if objection := guards.objection_to(held, state, by, at):
        raise Refused(objection)
    held.state = state
    setattr(held, f"{state.value}_at", at)
    held.save(update_fields=["state", f"{state.value}_at"])
    record_step(verb, held, by=by, at=at)
    return held


def call_one_more(held: Deployment, *, by: Actor, at: datetime) -> Page:
    """Page for one more of the same kind as this person, who does not come, is silent or is relieved."""
    page = held.ask.page
    return start_page(
        held.kind,
        subject_id=page.subject_id,
        thread_id=page.thread_id,
        team_id=page.team_id,
        needed=1,
        exercise=page.is_exercise,
        by=by,
        at=at,
        values=message_values(held.incident),
    )


def record_step(verb: str, deployment: Deployment, *, by: Actor, at: datetime) -> None:
    """Write in the trail how far this person is."""
    facts: dict[str, trail.Fact] = {"membership": str(deployment.membership_id), "kind": deployment.kind}
    trail.record(verb, by=by, at=at, subject=deployment, thread_id=deployment.incident_id, facts=facts)
