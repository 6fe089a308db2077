"""Lines of the trail and read log past their term: whole days, only for who owns the database."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.cases.models import Case
from nabij.kit import clock
from nabij.people.models import Person
from nabij.privacy.models import RetentionRun
from nabij.privacy.removal import Collection, Held
from nabij.retention.keeping.persons import about_persons


def _start_of_day(moment: datetime) -> datetime:
    day: datetime = clock.local(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return day


def old_lines(before: datetime) -> QuerySet[TrailEntry]:
    """What happened on days that were over before this moment."""
    return TrailEntry.objects.filter(at__lt=_start_of_day(before))


def old_readings(before: datetime) -> QuerySet[ReadEntry]:
    """What was read on days that were over before this moment."""
    return ReadEntry.objects.filter(at__lt=_start_of_day(before))


def about_lines(held: Held) -> Q:
    """Lines about, or by, somebody who is held; about their file; and about an incident that is held."""
    persons = Person.objects.filter(about_persons(held, "pk")).values("pk")
    files = Case.objects.filter(about_persons(held)).values("pk")
    ids = [*held.persons, *held.incidents]
    found = Q()
    for field in ("thread_id", "subject_id", "actor_id"):
        for whose in (ids, persons, files):
            found |= Q(**{f"{field}__in": whose})
    return found


def remove_lines(rows: "QuerySet[Any]", *, by: Actor, at: datetime) -> None:
    """The lines go; in the same transaction the trail says how many went, from which number to which."""
    kind = "trail" if rows.model is TrailEntry else "read_log"
    run = RetentionRun.objects.get(ran_on=clock.local(at).date(), kind=kind)
    facts: dict[str, trail.Fact] = {"log": kind, **rows.aggregate(first=Min("pk"), last=Max("pk"))}
    facts["removed"], _ = rows.delete()
    trail.record("log.shortened", by=by, at=at, subject=run, facts=facts)


COLLECTIONS: tuple[Collection, ...] = (
    Collection("trail", old_lines, about_lines, remove_lines),
    Collection("read_log", old_readings, about_persons, remove_lines),
)
