"""Needs come from what somebody registered, follow it when it changes, and go when it is withdrawn."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.desk import content
from nabij.desk.actions.access import end_access
from nabij.desk.models import LIVE, Need, NeedState
from nabij.desk.queries.calling import team_of
from nabij.incidents.models import Incident
from nabij.paging.actions import stand_down, start_page
from nabij.paging.models import Page, PageState
from nabij.people.models import Registration
from nabij.people.queries.registrations import COUNTED

URGENT = "urgent_need"


@transaction.atomic
def make_needs(incident: Incident, registrations: Sequence[Registration], *, by: Actor, at: datetime) -> int:
    """Each thing that somebody needs becomes one need with a clock; done again it adds nothing.

    A corrected form adds to the needs of the first. Urgent ones start a call at once (S05-8).
    """
    roots = {each.corrects_id or each.pk for each in registrations}
    held = list(Registration.objects.select_for_update().filter(pk__in=roots).order_by("pk"))
    known = {(each.registration_id, each.kind): each for each in Need.objects.filter(registration__in=held)}
    fresh: list[Need] = []
    for row in registrations:
        for kind in content.kinds_of(row.needs, is_urgent=row.is_urgent):
            key = (row.corrects_id or row.pk, kind)
            if key not in known:
                known[key] = _new(incident, key[0], kind, is_urgent=row.is_urgent, at=at)
                fresh.append(known[key])
            else:
                _renew(known[key], is_urgent=row.is_urgent, is_new=known[key] in fresh, at=at)
    Need.objects.bulk_create(fresh)
    call_for(incident, [each for each in held if each.pk in roots], by=by, at=at)
    if fresh:
        trail.record(
            "need.made", by=by, at=at, subject=incident, thread_id=incident.pk, facts={"count": len(fresh)}
        )
    return len(fresh)


def _new(incident: Incident, registration_id: UUID, kind: str, *, is_urgent: bool, at: datetime) -> Need:
    return Need(
        registration_id=registration_id, incident=incident, kind=kind, is_urgent=is_urgent,
        owner_role=content.role_of(kind), partner=content.partner_of(kind), made_at=at,
        due_at=at + content.owner_within(kind, is_urgent=is_urgent),
    )  # fmt: skip


def _renew(need: Need, *, is_urgent: bool, is_new: bool, at: datetime) -> None:
    """Asked again: what had lapsed is open again, and what can no longer wait becomes urgent."""
    hurries = is_urgent and not need.is_urgent and need.state in (NeedState.OPEN, NeedState.DROPPED)
    if need.state == NeedState.DROPPED:
        need.state, need.ended_at, need.is_urgent = NeedState.OPEN, None, is_urgent
    elif not hurries:
        return
    need.is_urgent = need.is_urgent or is_urgent
    need.due_at, need.late_told_at = at + content.owner_within(need.kind, is_urgent=need.is_urgent), None
    if not is_new:
        need.save(update_fields=["state", "ended_at", "is_urgent", "due_at", "late_told_at"])


def call_for(incident: Incident, registrations: Iterable[Registration], *, by: Actor, at: datetime) -> None:
    """One call for each registration with urgent needs that nobody has taken and nobody is called for."""
    rows = {each.pk: each for each in registrations}
    urgent = Need.objects.filter(registration__in=rows, is_urgent=True, state=NeedState.OPEN)
    alone = urgent.exclude(page__state__in=[PageState.OPEN, PageState.EXHAUSTED])
    waiting = list(dict.fromkeys(alone.order_by("due_at", "pk").values_list("registration_id", flat=True)))
    team_id = team_of(incident) if waiting else None
    for registration_id in waiting:
        page = start_page(
            URGENT, subject_id=registration_id, thread_id=incident.pk, team_id=team_id, needed=1,
            exercise=incident.is_exercise, by=by, at=at,
            values={"reference": incident.reference, "registration": rows[registration_id].reference},
        )  # fmt: skip
        urgent.filter(registration_id=registration_id).update(page=page)


@transaction.atomic
def follow_change(registration: Registration, *, by: Actor, at: datetime) -> None:
    """Somebody changed their own answers: new needs come, and those that nobody took yet may lapse."""
    incident, root = registration.incident, registration.corrects_id or registration.pk
    if incident is None or registration.state not in COUNTED:
        return
    make_needs(incident, [registration], by=by, at=at)
    family = Registration.objects.filter(Q(pk=root) | Q(corrects_id=root), state__in=COUNTED)
    wanted = {kind for row in family for kind in content.kinds_of(row.needs, is_urgent=row.is_urgent)}
    gone = Need.objects.filter(registration_id=root, state=NeedState.OPEN).exclude(kind__in=wanted)
    drop_needs(list(gone), by=by, at=at)


@transaction.atomic
def follow_withdrawal(registration: Registration, *, by: Actor, at: datetime) -> None:
    """Somebody took their registration back: nobody calls them for it any more."""
    root = registration.corrects_id or registration.pk
    if Registration.objects.filter(Q(pk=root) | Q(corrects_id=root), state__in=COUNTED).exists():
        return
    drop_needs(list(Need.objects.filter(registration_id=root, state__in=LIVE)), by=by, at=at)


def drop_needs(needs: list[Need], *, by: Actor, at: datetime) -> None:
    """These needs lapse; nobody is called any more for what no longer waits."""
    pages = lock_pages(needs)
    held = Need.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in needs])
    for need in held.filter(state__in=LIVE).select_related("registration").order_by("pk"):
        end_access(need, at=at)
        need.state, need.ended_at, need.owner = NeedState.DROPPED, at, None
        need.save(update_fields=["state", "ended_at", "owner"])
        trail.record("need.dropped", by=by, at=at, subject=need, thread_id=need.incident_id)
    end_pages(pages, at=at)


def lock_pages(needs: Iterable[Need]) -> list[Page]:
    """The calls for these needs, held before the needs themselves, as who says yes to a call does."""
    wanted = {each.page_id for each in needs if each.page_id}
    return list(Page.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))


def end_pages(pages: Iterable[Page], *, at: datetime) -> None:
    """Nobody is called any more for what no longer waits."""
    for page in pages:
        if not page.is_closed and not Need.objects.filter(Q(page=page), state=NeedState.OPEN).exists():
            stand_down(page, by=SYSTEM, at=at)
