"""What is late is told once: first to whose step it is, later to the coordinators."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from nabij.accounts.models import Membership
from nabij.aftercare.actions.holding import held_run
from nabij.aftercare.actions.households import PROOF
from nabij.aftercare.content import MUNICIPALITY, VICTIM_SUPPORT, coordinator_at, coordinators, owners
from nabij.aftercare.models import Run, RunStep
from nabij.aftercare.queries.households import missing_homes
from nabij.aftercare.queries.late import UNDONE, members_of, runs_with_news
from nabij.audit.actor import Actor
from nabij.notify.sending import Rule, send


def tell_late(*, by: Actor, at: datetime) -> int:
    """Tell what became late since last time; says how many messages went out. Safe to run again."""
    return sum(tell_late_of(run_id, by=by, at=at) for run_id in runs_with_news(at))


@transaction.atomic
def tell_late_of(run_id: UUID, *, by: Actor, at: datetime) -> int:
    """One run: who has several late steps gets one message."""
    run = held_run(run_id)
    undone = run.steps.filter(state__in=UNDONE, due_at__lte=at)
    fresh = list(undone.filter(late_told_at__isnull=True))
    to_owners: dict[UUID, int] = defaultdict(int)
    for row in fresh:
        row.run = run
        row.late_told_at = at
        for membership_id in _owners_of(row, at):
            to_owners[membership_id] += 1
    stale = [row for row in _long_late(run, at) if row.pk not in {each.pk for each in fresh}]
    for row in stale:
        row.coordinator_told_at = at
    RunStep.objects.bulk_update([*fresh, *stale], ["late_told_at", "coordinator_told_at"])
    sent = _send("aftercare_late", run, to_owners, at)
    missing = [row for row in fresh if row.step.evidence.proof == PROOF]
    if missing:
        officers = members_of(run, MUNICIPALITY, owners(MUNICIPALITY)[1], at)
        sent += _send("aftercare_no_contact", run, dict.fromkeys(officers, max(missing_homes(run), 1)), at)
    if stale:
        sent += _send("aftercare_still_late", run, dict.fromkeys(_coordinators_of(run, at), len(stale)), at)
    return sent


def _long_late(run: Run, at: datetime) -> list[RunStep]:
    """Open steps whose owner was told long enough ago for the coordinators to hear of it."""
    told = run.steps.filter(
        state__in=UNDONE, due_at__lte=at, late_told_at__isnull=False, coordinator_told_at__isnull=True
    )
    rows = []
    for row in told:
        row.run = run
        if row.late_told_at and coordinator_at(row.late_told_at, is_urgent=row.step.is_urgent) <= at:
            rows.append(row)
    return rows


def _owners_of(row: RunStep, at: datetime) -> list[UUID]:
    """Who has the step in person and still works here; otherwise the people of its organisation."""
    if row.owner_id and Membership.objects.current(at).filter(pk=row.owner_id).exists():
        return [row.owner_id]
    side, roles = owners(row.owner_org, row.owner_role)
    return members_of(row.run, side, roles, at)


def _coordinators_of(run: Run, at: datetime) -> list[UUID]:
    roles = coordinators()
    return [
        each for side in (MUNICIPALITY, VICTIM_SUPPORT) for each in members_of(run, side, roles[side], at)
    ]


def _send(template: str, run: Run, counts: dict[UUID, int], at: datetime) -> int:
    """The same message to each, with how many steps it is about."""
    link = f"{settings.ENV.base_url}{reverse('aftercare:now', args=[run.pk])}"
    for membership_id, number in counts.items():
        send(
            template, to=membership_id, rule=Rule.STAFF_DUTY, exercise=run.incident.is_exercise, at=at,
            about_id=run.incident_id,
            values={"reference": run.incident.reference, "number": str(number), "link": link},
        )  # fmt: skip
    return len(counts)
