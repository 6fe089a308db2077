"""The welfare check: by when somebody on site must report, and who is called when they do not."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.notify.sending import Rule, send
from nabij.on_call.models import COORDINATOR, Deployment, DeploymentState
from nabij.on_call.words import message_values
from nabij.on_scene.models import Watch
from nabij.on_scene.policies import can_say_all_right
from nabij.on_scene.queries import due_watches, long_on_site
from nabij.on_scene.rules import terms
from nabij.paging.actions import stand_down, start_page
from nabij.paging.models import Ask

WELFARE = "welfare"


@transaction.atomic
def begin_watch(deployment: Deployment, *, by: Actor, at: datetime) -> Watch | None:
    """Somebody is on site: from now on they report; None when they left meanwhile."""
    held = Deployment.objects.select_for_update(of=("self",)).get(pk=deployment.pk)
    if held.state != DeploymentState.ON_SITE:
        return None
    return Watch.objects.get_or_create(deployment=held, defaults={"due_at": at + terms().check})[0]


@transaction.atomic
def end_watch(deployment: Deployment, *, by: Actor, at: datetime) -> None:
    """They are done: nobody need be called any more."""
    watch = _held(deployment)
    if watch is not None and watch.ended_at is None:
        watch.ended_at = at
        _quiet(watch, at)


@transaction.atomic
def say_all_right(deployment: Deployment, *, by: Actor, at: datetime) -> bool:
    """Somebody on site is all right, and reports again in an hour; False when no check runs."""
    if not can_say_all_right(by, deployment, at):
        raise PermissionDenied("Dit kunt u niet voor deze medewerker melden.")
    watch = _held(deployment)
    if watch is None or watch.ended_at is not None:
        return False
    _next(watch, by, at)
    _quiet(watch, at)
    return True


def answer_check(ask: Ask, *, by: Actor, at: datetime) -> None:
    """A yes on the check: the person is all right, or a colleague seeks contact and is asked again soon.

    Called by paging in its own transaction, which has checked who may say so.
    """
    watch = Watch.objects.select_for_update(of=("self",)).filter(pk=ask.page.subject_id).first()
    if watch is None:
        return
    if ask.membership_id == watch.deployment.membership_id:
        _next(watch, by, at)
    else:
        watch.due_at = at + terms().contact
        _record("scene.contact_sought", watch, by, at)
    watch.save()


def look_after(*, by: Actor, at: datetime) -> int:
    """Call for each who did not report in time, and say who is on site too long; how many are called for."""
    for watch in long_on_site(at):
        _tell_relief(watch, by, at)
    return sum(_call(watch, by, at) for watch in due_watches(at))


@transaction.atomic
def _call(watch: Watch, by: Actor, at: datetime) -> bool:
    """Ask one person, and after them who watches over them; False when that happened meanwhile."""
    held = _held(watch.deployment)
    if held is None or held.ended_at is not None or held.due_at > at or held.is_missed:
        return False
    incident, own = held.deployment.incident, held.deployment.ask.page
    held.page = start_page(
        WELFARE, subject_id=held.pk, thread_id=incident.pk, team_id=own.team_id, needed=1,
        exercise=own.is_exercise, by=by, at=at, values=message_values(incident),
    )  # fmt: skip
    held.save(update_fields=["page"])
    _record("scene.not_heard", held, by, at)
    return True


@transaction.atomic
def _tell_relief(watch: Watch, by: Actor, at: datetime) -> None:
    """The coordinators of this incident hear that somebody is there for long."""
    incident = watch.deployment.incident
    leading = Deployment.objects.active().filter(incident=incident, kind=COORDINATOR)
    link = f"{settings.ENV.base_url}{reverse('on_call:lead', args=[incident.pk])}"
    for membership_id in leading.order_by("coming_at").values_list("membership_id", flat=True):
        send(
            "scene_relief", to=membership_id, rule=Rule.STAFF_DUTY, exercise=incident.is_exercise, at=at,
            about_id=incident.pk, values={**message_values(incident), "link": link},
        )  # fmt: skip
    Watch.objects.filter(pk=watch.pk).update(relief_told_at=at)
    _record("scene.relief_due", watch, by, at)


def _held(deployment: Deployment) -> Watch | None:
    """The check of this person, held for this transaction."""
    held = Watch.objects.select_for_update(of=("self",)).filter(deployment=deployment)
    return held.select_related("deployment__incident", "deployment__ask__page", "page").first()


def _next(watch: Watch, by: Actor, at: datetime) -> None:
    watch.last_ok_at, watch.due_at = at, at + terms().check
    _record("scene.all_right", watch, by, at)


def _quiet(watch: Watch, at: datetime) -> None:
    """Save the check, and call nobody any more."""
    if watch.page is not None and not watch.page.is_closed:
        stand_down(watch.page, by=SYSTEM, at=at)
    watch.save()


def _record(verb: str, watch: Watch, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"membership": str(watch.deployment.membership_id)}
    trail.record(verb, by=by, at=at, subject=watch, thread_id=watch.deployment.incident_id, facts=facts)
