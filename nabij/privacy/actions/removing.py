"""The daily removal: kind by kind, batch by batch, each batch whole or not at all."""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from nabij.audit.actor import Actor
from nabij.kit import clock
from nabij.privacy import removal
from nabij.privacy.models import RetentionRun
from nabij.privacy.queries import free_rows, held_at, wait_for_placing
from nabij.privacy.removal import Collection
from nabij.privacy.retention import batches, may_run, term_for, terms

logger = logging.getLogger(__name__)


def remove_expired(*, by: Actor, at: datetime, removed_by: str = "nabij") -> None:
    """Remove what is past its term and not held; one kind that fails does not stop the others.

    A second run on a day goes on where the first one ended; the counts of that day add up. What the owner of
    the database removes is left to the owner, and the owner leaves the rest.
    """
    of_others = {term.kind for term in terms() if term.removed_by != removed_by}
    for collection in removal.collections():
        if collection.kind in of_others:
            continue
        run, _ = RetentionRun.objects.get_or_create(
            ran_on=clock.local(at).date(), kind=collection.kind, defaults={"started_at": at}
        )
        try:
            _remove_kind(collection, run, by, at)
        except Exception as error:
            _note_failure(run, error)


def _remove_kind(collection: Collection, run: RetentionRun, by: Actor, at: datetime) -> None:
    term = term_for(collection.kind)
    before = term.before(at)
    _begin(collection, run, before, at)
    if not may_run(term):
        return _end(run, at)
    size, most = batches(term)
    last: UUID | int | None = None
    for _ in range(most):
        found = free_rows(collection, before, at).order_by("pk")
        pks = list((found.filter(pk__gt=last) if last else found).values_list("pk", flat=True)[:size])
        if not pks:
            return _end(run, at)
        _remove_batch(collection, run, pks, before, by=by, at=at)
        last = pks[-1]
    return None  # the cap was reached: the run stays unfinished, the next one goes on


def _begin(collection: Collection, run: RetentionRun, before: datetime, at: datetime) -> None:
    rows = collection.rows(before)
    run.refresh_from_db()
    run.seen = run.removed + rows.count()
    run.held_back = rows.filter(collection.about(held_at(at))).count()
    run.failed, run.started_at, run.ended_at = 0, at, None
    run.save(update_fields=["seen", "held_back", "failed", "started_at", "ended_at"])


def _end(run: RetentionRun, at: datetime) -> None:
    RetentionRun.objects.filter(pk=run.pk).update(ended_at=at)


def _remove_batch(
    collection: Collection,
    run: RetentionRun,
    pks: Sequence[UUID | int],
    before: datetime,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """All of them; when that fails each alone, so that one bad row does not keep the others."""
    try:
        _remove_rows(collection, run, pks, before, by=by, at=at)
    except Exception as error:
        if len(pks) == 1:
            return _note_failure(run, error)
        for pk in pks:
            _remove_batch(collection, run, [pk], before, by=by, at=at)
    return None


@transaction.atomic
def _remove_rows(
    collection: Collection,
    run: RetentionRun,
    pks: Sequence[UUID | int],
    before: datetime,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Lock, look again, remove, count: what was held or changed since it was found stays."""
    wait_for_placing()
    table = removal.table_of(collection, before)._base_manager
    list(table.filter(pk__in=pks).select_for_update().order_by("pk").values_list("pk"))
    still = list(free_rows(collection, before, at).filter(pk__in=pks).values_list("pk", flat=True))
    if not still:
        return
    collection.remove(table.filter(pk__in=still), by=by, at=at)
    RetentionRun.objects.filter(pk=run.pk).update(removed=F("removed") + len(still))


def _note_failure(run: RetentionRun, error: Exception) -> None:
    """The kind and the class of the error, never its text: that may hold something personal."""
    logger.error("retention of %s failed: %s", run.kind, type(error).__name__)
    RetentionRun.objects.filter(pk=run.pk).update(failed=F("failed") + 1)
