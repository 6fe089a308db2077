"""Counts are taken over from the web processes or a log; a quiet centre is told to who decides."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre, membership_of
from nabij.publish.counting import forget_hours, written_hours
from nabij.visits.content import number
from nabij.visits.models import EMBEDDED, ClosingHint, VisitHour
from nabij.visits.policies import can_count, can_set_aside
from nabij.visits.queries import centres_to_look_at, quiet_week, visits_by_slug, was_told


@transaction.atomic
def store_visits(
    hours: Mapping[datetime, Mapping[str, int]], *, by: Actor, at: datetime, source: str = EMBEDDED
) -> int:
    """One number for each centre and hour; the same hour again replaces it. How many numbers."""
    if not can_count(by):
        raise PermissionDenied("Bezoeken telt alleen Nabij zelf.")
    centres, rows = centres_to_look_at(), []
    for hour_at, pages in sorted(hours.items()):
        found = visits_by_slug(pages.items())
        rows += [
            VisitHour(centre=centre, hour_at=hour_at, source=source, visits=found[centre.slug])
            for centre in centres
        ]
    VisitHour.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["centre", "hour_at", "source"], update_fields=["visits"]
    )
    return len(rows)


def take_over_counts(*, by: Actor, at: datetime, machine_at: datetime) -> int:
    """What the web processes wrote becomes rows; files of long ago go. How many numbers."""
    stored = store_visits(written_hours(), by=by, at=at)
    forget_hours(machine_at - timedelta(hours=number("keep_hours")))
    return stored


@transaction.atomic
def hint_at_closing(*, by: Actor, at: datetime) -> list[ClosingHint]:
    """Tell who decides which centres were read less than the norm for weeks; once. Source: iac §8, S05-14."""
    if not can_count(by):
        raise PermissionDenied("Bezoeken telt alleen Nabij zelf.")
    given = []
    for found in centres_to_look_at():
        centre = locked_centre(found.pk)
        week_on = quiet_week(centre, at)
        if week_on is None or was_told(centre, week_on):
            continue
        given.append(ClosingHint.objects.create(centre=centre, week_on=week_on, given_at=at))
        trail.record(
            "centre.closing_hinted", by=by, at=at, subject=centre, thread_id=centre.incident_id,
            facts={"week": week_on.isoformat()},
        )  # fmt: skip
    return given


@transaction.atomic
def set_hint_aside(hint: ClosingHint, *, by: Actor, at: datetime) -> ClosingHint:
    """Not now: the same is said again after some weeks. Twice is once."""
    rows = ClosingHint.objects.select_for_update(of=("self",)).select_related("centre__incident")
    row = rows.get(pk=hint.pk)
    if not can_set_aside(by, row.centre, at):
        raise PermissionDenied(_("Over sluiten besluit de hoofdredacteur."))
    if row.set_aside_at is None:
        row.set_aside_at, row.set_aside_by_id = at, membership_of(by)
        row.save(update_fields=["set_aside_at", "set_aside_by"])
        trail.record(
            "centre.closing_set_aside", by=by, at=at, subject=row.centre, thread_id=row.centre.incident_id
        )
    return row
