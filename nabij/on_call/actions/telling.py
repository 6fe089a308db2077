"""Changed facts and "no longer needed" reach everybody who was paged."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.incidents.actions import withdraw_request
from nabij.incidents.models import Incident, RequestState
from nabij.on_call.models import RECALLABLE, Deployment, DeploymentState, HelpAnswer
from nabij.on_call.policies import can_stand_down
from nabij.on_call.queries import threads_of
from nabij.on_call.words import message_values
from nabij.paging.actions import stand_down, tell_all
from nabij.paging.models import Page, PageState
from nabij.paging.policies import can_stand_down as can_end_page


@transaction.atomic
def withdraw_help(answer: HelpAnswer, *, by: Actor, at: datetime) -> HelpAnswer:
    """No longer needed, says who asked; when nobody else asks, everybody who was paged is stood down.

    Raises PermissionDenied for another organisation, and Refused when it was withdrawn already.
    """
    answer.request = withdraw_request(answer.request, by=by, at=at)
    stand_down_if_unneeded(answer.request.incident, by=by, at=at)
    return answer


@transaction.atomic
def stand_down_if_unneeded(incident: Incident, *, by: Actor, at: datetime) -> bool:
    """Stand everybody down when the incident is closed or all its requests were withdrawn; was it so?"""
    if incident.is_open and incident.requests.exclude(state=RequestState.WITHDRAWN).exists():
        return False
    return _stand_everybody_down(incident, by=by, at=at)


@transaction.atomic
def stand_down_help(incident: Incident, *, by: Actor, at: datetime) -> bool:
    """The coordinator decides that nobody need come; False when nobody was coming or being asked."""
    if not can_stand_down(by, incident, at):
        raise PermissionDenied("U kunt deze oproep niet afblazen.")
    return _stand_everybody_down(incident, by=by, at=at)


def _stand_everybody_down(incident: Incident, *, by: Actor, at: datetime) -> bool:
    """End what still runs, recall who is not on site yet, and tell everybody who was asked, once."""
    threads = threads_of(incident)
    # Pages are held before deployments, in the order in which somebody who says yes takes them.
    running = list(
        Page.objects.select_for_update()
        .filter(thread_id__in=threads, state__in=[PageState.OPEN, PageState.EXHAUSTED])
        .order_by("pk")
    )
    coming = list(
        Deployment.objects.select_for_update()
        .filter(incident__in=threads, state__in=RECALLABLE)
        .order_by("pk")
    )
    if not running and not coming:
        return False
    for page in running:
        # Whoever may withdraw the last request ends its pages too, even when that is not their team's.
        stand_down(page, by=by if can_end_page(by, page, at) else SYSTEM, at=at)
    for deployment in coming:
        deployment.state, deployment.withdrawn_at = DeploymentState.WITHDRAWN, at
        deployment.save(update_fields=["state", "withdrawn_at"])
    for thread_id in sorted(threads):
        tell_all(thread_id, "page_stood_down", {"reference": incident.reference}, by=by, at=at)
    facts: dict[str, trail.Fact] = {"pages": len(running), "deployments": len(coming)}
    trail.record("help.stood_down", by=by, at=at, subject=incident, thread_id=incident.pk, facts=facts)
    return True


@transaction.atomic
def tell_changed_facts(incident: Incident, *, by: Actor, at: datetime) -> int:
    """Send the facts of now to everybody asked, while somebody is asked or coming; says to how many."""
    threads = threads_of(incident)
    running = [PageState.OPEN, PageState.EXHAUSTED]
    is_running = Page.objects.filter(thread_id__in=threads, state__in=running).exists()
    is_coming = Deployment.objects.active().filter(incident__in=threads).exists()
    if not is_running and not is_coming:
        return 0
    values = message_values(incident)
    return sum(tell_all(thread_id, "page_changed", values, by=by, at=at) for thread_id in sorted(threads))
