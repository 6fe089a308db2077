"""What is held now, what is past its term, and how the last removals went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q, QuerySet, Sum

from nabij.privacy.models import HoldGround, HoldOn, LegalHold, RetentionRun
from nabij.privacy.purposes import Purpose
from nabij.privacy.removal import Collection, Held, kept_by_itself
from nabij.privacy.retention import Term, terms

OVERDUE = timedelta(hours=48)  # of a job that runs each night


def running_holds(at: datetime) -> QuerySet[LegalHold]:
    """Holds that were not lifted and whose last day is not over."""
    return LegalHold.objects.filter(lifted_at__isnull=True, ends_at__gt=at)


def holds_on(subject_ids: Iterable[UUID | None], at: datetime) -> list[LegalHold]:
    """The running holds on these persons and incidents, the one that ends last first."""
    known = [each for each in subject_ids if each is not None]
    return list(running_holds(at).filter(subject_id__in=known).order_by("-ends_at", "id"))


def held_at(at: datetime) -> Held:
    """Everything that is held at this moment, by a hold or by what an app keeps by itself."""
    rows = list(running_holds(at).values_list("subject_kind", "subject_id"))
    kept = [person for persons in kept_by_itself().values() for person in persons]
    return Held(
        [*kept, *(subject for kind, subject in rows if kind == HoldOn.PERSON)],
        [subject for kind, subject in rows if kind == HoldOn.INCIDENT],
    )


def kept_for(person_id: UUID) -> HoldGround | None:
    """For what an app keeps everything of this person by itself; None when nothing does."""
    found = kept_by_itself([person_id])
    return next((ground for ground, persons in found.items() if persons), None)


def free_rows(collection: Collection, before: datetime, at: datetime) -> "QuerySet[Any]":
    """Rows past their term that no hold keeps; no app can leave this out."""
    return collection.rows(before).exclude(collection.about(held_at(at)))


def ended_holds(before: datetime) -> QuerySet[LegalHold]:
    """Holds that were over before this moment: lifted, or through their last day."""
    return LegalHold.objects.filter(Q(lifted_at__lt=before) | Q(lifted_at__isnull=True, ends_at__lt=before))


def about_holds(held: Held) -> Q:
    """Earlier holds on somebody who is held now."""
    return Q(subject_id__in=[*held.persons, *held.incidents])


def hold_placing() -> None:
    """Until the transaction ends nobody else places, prolongs or lifts a hold (a lock on the table)."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE privacy_legalhold IN SHARE ROW EXCLUSIVE MODE")


def wait_for_placing() -> None:
    """Until the transaction ends no hold is placed; one being placed now is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE privacy_legalhold IN SHARE MODE")


@dataclass(frozen=True)
class ShownTerm:
    """A term with how it went last: None when the job never came to it."""

    term: Term
    last: RetentionRun | None


def shown_terms() -> list[ShownTerm]:
    """Every term of the content with the last run of its kind."""
    newest = RetentionRun.objects.order_by("kind", "-ran_on").distinct("kind")
    last = {each.kind: each for each in newest}
    return [ShownTerm(each, last.get(each.kind)) for each in terms()]


@dataclass(frozen=True)
class ShownPurpose:
    """The terms of one purpose, so that a long list can stay folded."""

    label: str
    terms: list[ShownTerm]

    @property
    def to_decide(self) -> int:
        """How many of these terms somebody still has to decide about."""
        return sum(one.term.needs_decision and one.term.removed_by != "owner" for one in self.terms)

    @property
    def calls(self) -> bool:
        """Whether a last removal failed or did not end: then this stands open."""
        return any(each.last and (each.last.failed or not each.last.ended_at) for each in self.terms)


def shown_purposes() -> list[ShownPurpose]:
    """Every term under its purpose, in the order of the purposes."""
    found = shown_terms()
    groups = ((each.label, [one for one in found if one.term.purpose == each]) for each in Purpose)
    return [ShownPurpose(str(label), shown) for label, shown in groups if shown]


def _nightly() -> QuerySet[RetentionRun]:
    """Runs of the job; what the owner of the database did by hand says nothing of it."""
    return RetentionRun.objects.exclude(
        kind__in=[each.kind for each in terms() if each.removed_by == "owner"]
    )


def _last_night() -> QuerySet[RetentionRun]:
    return _nightly().filter(ran_on=_nightly().aggregate(day=Max("ran_on"))["day"])


def failed_count() -> int:
    """Rows that could not be removed on the last day of the job."""
    return int(_last_night().aggregate(sum=Sum("failed"))["sum"] or 0)


def unfinished_count() -> int:
    """Kinds that the last day of the job did not finish; they go on the next day."""
    return _last_night().filter(ended_at__isnull=True).count()


def hours_since_run(at: datetime) -> float:
    """Hours since the job last began, 0 when it never did."""
    newest: datetime | None = _nightly().aggregate(newest=Max("started_at"))["newest"]
    return (at - newest) / timedelta(hours=1) if newest else 0.0


def is_overdue(at: datetime) -> bool:
    """Whether the job was not heard of for two nights."""
    return hours_since_run(at) > OVERDUE / timedelta(hours=1)
