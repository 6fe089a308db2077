"""Paging the coordinator, and calling workers to the scene."""

from collections.abc import Mapping
from datetime import datetime

import structlog
from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident, RequestState
from nabij.incidents.refusals import Refused
from nabij.notify.sending import Rule, send
from nabij.on_call.models import COORDINATOR, WORKERS, HelpAnswer
from nabij.on_call.policies import can_call_workers, can_page
from nabij.on_call.queries import team_of
from nabij.on_call.routes import Route
from nabij.on_call.rules import norms
from nabij.on_call.words import message_values
from nabij.paging.actions import start_page, tell_all
from nabij.paging.models import Page, PageState
from nabij.paging.queries import first_asked, pages_of
from nabij.paging.seats import people_on
from nabij.rosters.languages import COORDINATOR_SKILL, skill_of

log = structlog.get_logger()


def page_coordinator(answer: HelpAnswer, *, by: Actor, at: datetime) -> None:
    """Page in a savepoint; when that fails, the request stands and the failure is written down and shown."""
    incident = answer.request.incident
    answer.route, answer.paging_failed_at = Route.PAGE, None
    try:
        with transaction.atomic():
            answer.page = _running_page(answer, by=by, at=at) or _fresh_page(answer, by=by, at=at)
            _tell_other_regions(answer, by=by, at=at)
            answer.call_expected_at = at + norms().acknowledge
            answer.save()
    except Exception as error:
        log.error("paging failed", error=type(error).__name__, answer=str(answer.pk))
        answer.page, answer.first_seat, answer.paging_failed_at = None, "", at
        answer.call_expected_at = None
        answer.save()
        trail.record("help.paging_failed", by=by, at=at, subject=answer, thread_id=incident.pk)


def _fresh_page(answer: HelpAnswer, *, by: Actor, at: datetime) -> Page:
    request = answer.request
    answer.first_seat, people = first_asked(COORDINATOR, answer.team_id, at)
    page = start_page(
        COORDINATOR,
        subject_id=request.pk,
        thread_id=request.incident_id,
        team_id=answer.team_id,
        needed=1,
        exercise=request.incident.is_exercise,
        by=by,
        at=at,
        values=message_values(request.incident, is_verified=request.is_verified),
    )
    if not people:
        trail.record("help.nobody_on_call", by=by, at=at, subject=answer, thread_id=request.incident_id)
    return page


def _running_page(answer: HelpAnswer, *, by: Actor, at: datetime) -> Page | None:
    """The page of an earlier request at this incident; who was asked hears of the further request."""
    request = answer.request
    running = pages_of(request.incident_id).filter(
        kind=COORDINATOR, team_id=answer.team_id, state__in=[PageState.OPEN, PageState.ANSWERED]
    )
    page = running.last()
    if page is None:
        return None
    answer.first_seat = page.rungs.steps[0].seat
    if not request.facts_changed:  # otherwise the change itself is told
        values = {"reference": request.incident.reference, "number": request.number}
        tell_all(request.incident_id, "help_joined", values, by=by, at=at)
    return page


def _tell_other_regions(answer: HelpAnswer, *, by: Actor, at: datetime) -> None:
    """The coordinators of the other regions hear of an event that touches them too."""
    incident = answer.request.incident
    for team in answer.other_teams.all():
        people = people_on(COORDINATOR, team.pk, at)
        for membership_id in people:
            send(
                "help_other_region",
                to=membership_id,
                rule=Rule.STAFF_DUTY,
                exercise=incident.is_exercise,
                at=at,
                about_id=incident.pk,
                values={**message_values(incident), "team": answer.team.name if answer.team else ""},
            )
        facts: dict[str, trail.Fact] = {"team": str(team.pk), "count": len(people)}
        trail.record("help.region_told", by=by, at=at, subject=answer, thread_id=incident.pk, facts=facts)


@transaction.atomic
def page_now(answer: HelpAnswer, *, by: Actor, at: datetime) -> HelpAnswer:
    """Page for a request that waited: by the desk, or when the control room confirmed. Raises Refused."""
    held = (
        HelpAnswer.objects.select_for_update(of=("self",))
        .select_related("request__incident", "team")
        .get(pk=answer.pk)
    )
    if not can_page(by, held, at):
        raise PermissionDenied("U kunt voor dit verzoek niemand oproepen.")
    if held.page_id is not None:
        raise Refused("Voor dit verzoek is het piket al opgeroepen.")
    if held.request.state == RequestState.WITHDRAWN:
        raise Refused("Dit verzoek is ingetrokken.")
    if not held.request.incident.is_open:
        raise Refused("Deze gebeurtenis is afgesloten.")
    page_coordinator(held, by=by, at=at)
    return held


@transaction.atomic
def call_workers(
    incident: Incident, needed: int, *, languages: Mapping[str, int] | None = None,
    with_coordinator: bool = False, by: Actor, at: datetime,
) -> Page:  # fmt: skip
    """Call `needed` workers of the team that was paged, some of whom speak a language, perhaps a coordinator.

    First who is on duty; when these are too few who is off duty, then the other regions. Raises Refused
    when a call runs already.
    """
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if not can_call_workers(by, held, at):
        raise PermissionDenied("U kunt voor deze gebeurtenis niemand oproepen.")
    if not 1 <= needed <= norms().workers_at_most:
        raise Refused(f"Roep 1 tot {norms().workers_at_most} medewerkers op.")
    if sum((languages or {}).values()) > needed:
        raise Refused("U vraagt meer talen dan mensen. Vraag meer mensen.")
    if pages_of(held.pk).filter(kind=WORKERS, state=PageState.OPEN).exists():
        raise Refused("Er loopt al een oproep aan medewerkers. Een collega was u voor.")
    skills = {skill_of(language): number for language, number in (languages or {}).items()}
    if with_coordinator:
        skills[COORDINATOR_SKILL] = 1
    page = start_page(
        WORKERS,
        subject_id=held.pk,
        thread_id=held.pk,
        team_id=team_of(held, by),
        needed=needed + with_coordinator,
        exercise=held.is_exercise,
        by=by,
        at=at,
        values=message_values(held),
        skills=skills,
    )
    facts: dict[str, trail.Fact] = {"needed": page.needed}
    trail.record("help.workers_called", by=by, at=at, subject=page, thread_id=held.pk, facts=facts)
    return page
