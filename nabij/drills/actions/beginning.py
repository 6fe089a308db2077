"""A drill begins: a made-up event, from which no message leaves the house, and what is practised on it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.accounts.models import Membership, Municipality
from nabij.accounts.queries import team_for
from nabij.aftercare.actions.starting import start_run
from nabij.aftercare.queries.choosing import plan_for_event
from nabij.audit.actor import SYSTEM, Actor
from nabij.contact.doors import CallerKind, Urgency
from nabij.drills.actions.holding import tell
from nabij.drills.content import scenes, speeds
from nabij.drills.models import Drill, Practised
from nabij.drills.policies import can_begin
from nabij.incidents.actions import report_incident
from nabij.incidents.facts import ReportData
from nabij.incidents.models import Incident
from nabij.notify.kept import keep_inside
from nabij.on_call.models import COORDINATOR
from nabij.on_call.words import message_values
from nabij.paging.actions import start_page


@dataclass(frozen=True)
class DrillData:
    """What is practised, as a form hands it over, clean; `played` are the sides that living people play."""

    practised: Practised
    scene: str
    municipality: Municipality
    starts_at: datetime
    speed: int = 1
    seed: int = 1
    played: tuple[str, ...] = ()


@transaction.atomic
def begin_drill(data: DrillData, *, by: Actor, at: datetime) -> Drill:
    """Make the event and start what is practised, with the clock of the drill standing still.

    A centre is opened by people, who give the ordinary commission at the event: its clock is the real one.
    PermissionDenied outside the own area; ValidationError for an unknown scene or speed.
    """
    is_of_centre = data.practised == Practised.CENTRE
    if is_of_centre:
        data = replace(data, starts_at=at, speed=1)
    if not can_begin(by, data.municipality.pk):
        raise PermissionDenied("In deze gemeente kunt u niet oefenen.")
    if data.scene not in scenes() or data.speed not in speeds():
        raise ValidationError("Kies een verhaal en een snelheid uit de lijst.")
    incident, leader = _made_up_event(data), Membership.objects.get(pk=str(by.id))
    drill = Drill.objects.create(
        organisation_id=leader.organisation_id, municipality=data.municipality, incident=incident,
        practised=data.practised, scene=data.scene, played=list(data.played), seed=data.seed,
        speed=data.speed, starts_at=data.starts_at, drill_at=data.starts_at, set_at=at, begun_at=at,
        begun_by=leader, is_paused=not is_of_centre,
    )  # fmt: skip
    if data.practised == Practised.PAGING:
        _page(incident, data)
    elif not is_of_centre:
        _start(incident, data)
    tell("drill.begun", drill, by=by, at=at, scene=data.scene, practised=str(data.practised))
    return drill


def _made_up_event(data: DrillData) -> Incident:
    scene = scenes()[data.scene]
    told = ReportData(
        topic=scene.topic, municipality_codes=(data.municipality.pk,), happened_at=data.starts_at,
        urgency=Urgency.URGENT.value, caller_kind=CallerKind.MUNICIPALITY.value, place=scene.place,
        is_exercise=True, **scene.counts,
    )  # fmt: skip
    incident = report_incident(told, by=SYSTEM, at=data.starts_at).incident
    keep_inside(incident.pk)
    return incident


def _page(incident: Incident, data: DrillData) -> None:
    team = team_for(data.municipality)
    start_page(
        COORDINATOR, subject_id=incident.pk, thread_id=incident.pk, team_id=team.pk if team else None,
        needed=1, exercise=True, by=SYSTEM, at=data.starts_at, values=message_values(incident),
    )  # fmt: skip


def _start(incident: Incident, data: DrillData) -> None:
    chosen = plan_for_event(incident, data.municipality)
    start_run(incident, data.municipality, chosen, by=SYSTEM, at=data.starts_at)
