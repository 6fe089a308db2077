"""A small plan and runs of it, shared by tests and the demonstration."""

from datetime import datetime
from typing import Any

from nabij.aftercare.actions.starting import start_run
from nabij.aftercare.models import Run, RunStep
from nabij.aftercare.queries.choosing import Chosen
from nabij.audit.actor import SYSTEM, Actor
from nabij.incidents.factories import NIGHT, make_incident
from nabij.incidents.models import Incident
from nabij.protocols.plan import Plan

OFFICER = {"org": "municipality", "role": "public_order_officer"}
WORKER = {"org": "victim_support", "role": "support_worker"}
POLICE = {"org": "police", "role": "district_officer"}


def make_step(step_id: str, **fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "id": step_id, "title_nl": f"Stap {step_id}", "phase": "hours", "owner": OFFICER,
        "due": {"start": "trigger", "offset": "PT1H30M"},
    }  # fmt: skip
    return given | fields


def make_plan(*steps: dict[str, Any], code: str = "P-EXP", **fields: Any) -> Plan:
    given: dict[str, Any] = {
        "code": code, "title_nl": "Nazorg na een explosie", "version": 1, "owner_org": "municipality",
        "approved_by": ["municipality", "victim_support", "police"], "checked_on": "2026-11-29",
        "source": "test", "steps": steps or (make_step("EXP-01"),),
    }  # fmt: skip
    return Plan.model_validate(given | fields)


def make_run(
    *steps: dict[str, Any], incident: Incident | None = None, plan: Plan | None = None,
    by: Actor = SYSTEM, at: datetime = NIGHT,
) -> Run:  # fmt: skip
    incident = incident or make_incident(at=at)
    place = incident.municipalities.get()
    chosen = Chosen(plan or make_plan(*steps))
    return start_run(incident, place, chosen, by=by, at=at)


def step_of(run: Run, step_id: str, occurrence: int = 1) -> RunStep:
    return RunStep.objects.select_related("run__incident").get(
        run=run, step_id=step_id, occurrence=occurrence
    )
