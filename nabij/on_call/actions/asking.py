"""Asking for help: the request is stored, the door decides what happens, and somebody is paged."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from nabij.accounts.models import Municipality, Team
from nabij.accounts.queries import municipality_today, team_for
from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.contact.doors import CallerKind, Doors, Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.incidents.actions import report_incident
from nabij.incidents.facts import ReportData
from nabij.incidents.models import HelpRequest
from nabij.kit.clock import local
from nabij.on_call.actions.calling import page_coordinator
from nabij.on_call.links import link_token, token_hash
from nabij.on_call.models import HelpAnswer
from nabij.on_call.queries import answer_of_request, unverified_pages_since
from nabij.on_call.routes import Route, route_for
from nabij.on_call.rules import control_room_must_confirm, norms

HOUR = timedelta(hours=1)


@transaction.atomic
def ask_help(data: ReportData, *, by: Actor, at: datetime) -> HelpAnswer:
    """Receive a request, page whoever must come and answer at once; the same form twice is one request.

    Paging runs in a savepoint: when it fails the request stands, and the answer says that paging failed.
    Raises Refused when the chosen incident takes no requests any more, and PermissionDenied.
    """
    doors = doors_for(CallerKind(data.caller_kind), Urgency(data.urgency), at, opening_hours())
    request = report_incident(replace(data, door=doors.primary.key.value), by=by, at=at)
    known = answer_of_request(request.pk) if request.already_received else None
    if known is not None:
        return known
    places = _places(data, at)
    waits = _waits_for_control_room(request, places, by=by, at=at)
    caller, urgency = CallerKind(request.caller_kind), Urgency(request.urgency)
    route = route_for(caller, urgency, doors, waits_for_control_room=waits)
    answer = _answer(request, route, doors, places, at)
    facts: dict[str, trail.Fact] = {"route": route.value, "door": request.door}
    trail.record("help.answered", by=by, at=at, subject=answer, thread_id=request.incident_id, facts=facts)
    if route == Route.PAGE:
        page_coordinator(answer, by=by, at=at)
    return answer


def _waits_for_control_room(
    request: HelpRequest, places: list[Municipality], *, by: Actor, at: datetime
) -> bool:
    """Whether the region wants a confirmation first, or too many came without a login in one hour."""
    if by.may(Permission.CONFIRM_REQUEST):
        return False
    team = team_for(places[0]) if places else None
    recent = unverified_pages_since(at - HOUR, team.pk if team else None)
    is_crowded = not request.is_verified and recent >= norms().unverified_pages_per_hour
    return is_crowded or any(control_room_must_confirm(place.safety_region_id) for place in places)


def _places(data: ReportData, at: datetime) -> list[Municipality]:
    """The municipalities that answer today, in the order in which they were given."""
    day = local(at).date()
    found = (municipality_today(code, day) for code in data.municipality_codes)
    return [place for place in found if place is not None]


def _answer(
    request: HelpRequest, route: Route, doors: Doors, places: list[Municipality], at: datetime
) -> HelpAnswer:
    """The row of the answer; a page to come is set by page_coordinator in the same transaction."""
    teams: list[Team] = list(dict.fromkeys(team for place in places if (team := team_for(place))))
    answer = HelpAnswer(
        request=request,
        route=Route.CONFIRM if route == Route.PAGE else route,
        team=teams[0] if teams else None,
        was_line_open=doors.line_is_open,
        call_expected_at=_call_expected_at(route, doors, at),
        made_at=at,
    )
    if not request.is_verified:
        answer.token_hash = token_hash(link_token(answer))
        answer.link_expires_at = at + norms().answer_link
    answer.save(force_insert=True)
    answer.other_teams.set(teams[1:])
    return answer


def _call_expected_at(route: Route, doors: Doors, at: datetime) -> datetime | None:
    """When somebody calls back; None while that depends on the control room, or on a day nobody knows."""
    if route == Route.CONFIRM:
        return None
    if route == Route.PAGE:
        return at + norms().acknowledge
    return at + norms().desk_call if doors.line_is_open else doors.line_opens_at
