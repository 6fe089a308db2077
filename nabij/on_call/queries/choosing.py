"""Whom of a chair to ask now: not who is busy or knows the people, who is near first, no more than needed."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.incidents.models import Incident
from nabij.on_call.models import ACTIVE, Deployment, DeploymentState
from nabij.on_call.rules import norms
from nabij.paging.models import Ask, Page
from nabij.paging.quorum import quorum_of
from nabij.rosters.languages import COORDINATOR_SKILL
from nabij.rosters.models import Seat
from nabij.rosters.queries.calling import OFF_DUTY, coordinators_to_call, how_far

OWN_STREET = "own_street"


def workers_to_ask(page: Page, seat: str, people: list[UUID], at: datetime) -> list[UUID]:
    """Everybody on duty; of who is off duty or elsewhere a few for each place that is still free.

    Not who stepped back and is replaced by this page, is deployed here or, not so long ago, elsewhere: a step
    that somebody forgot to report must not keep them from every later call, nor an exercise from a real one.
    Nor who said at another page of this event that it is their street. A page that needs a
    coordinator on the spot asks those as well.
    """
    people = [*people, *_coordinators(page, seat, at)]
    here = Q(state__in=(*ACTIVE, DeploymentState.SILENT), incident_id=page.thread_id)
    in_earnest = Q(incident__is_exercise=False) | Q(incident__is_exercise=page.is_exercise)
    elsewhere = in_earnest & Q(state__in=ACTIVE, coming_at__gt=at - norms().deployed)
    stepped_back = Q(
        state=DeploymentState.WITHDRAWN, incident_id=page.thread_id, withdrawn_at__gte=page.started_at
    )
    gone = Deployment.objects.filter(here | elsewhere | stepped_back, membership_id__in=people)
    busy = set(gone.values_list("membership_id", flat=True))
    own = Ask.objects.filter(
        page__thread_id=page.thread_id, membership_id__in=people, decline_code=OWN_STREET
    )
    left_out = busy | set(own.values_list("membership_id", flat=True))
    free = _near_first([each for each in people if each not in left_out], page)
    return free if seat == Seat.WORKER else free[: quorum_of(page).short * norms().asked_per_place]


def _coordinators(page: Page, seat: str, at: datetime) -> list[UUID]:
    """Those who can coordinate, when this page still needs one: first on the chairs, then off duty."""
    if seat not in (Seat.WORKER, OFF_DUTY) or COORDINATOR_SKILL not in quorum_of(page).lacking:
        return []
    return coordinators_to_call(page.team_id, at, off_duty=seat == OFF_DUTY)


def _near_first(people: list[UUID], page: Page) -> list[UUID]:
    """Who lives in the town of the event first, then who lives in its region; else the order stays."""
    codes = Incident.objects.filter(pk=page.thread_id).values_list("municipalities", flat=True)
    far = how_far(people, [code for code in codes if code])
    return sorted(people, key=lambda each: far[each])
