"""Registrations get the keys under which they are found again; made anew whenever the rules change."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from nabij.audit.actor import Actor
from nabij.matching.content import terms
from nabij.matching.keys import keys_of
from nabij.matching.marks import digests_of
from nabij.matching.models import Comparison, MatchKey
from nabij.matching.names import rules
from nabij.matching.opening import opened
from nabij.people.models import Registration
from nabij.people.queries.registrations import COUNTED


def fill_keys(*, by: Actor, at: datetime) -> int:
    """Give keys to whoever has none, or old ones, in batches; killed in the middle nothing is lost."""
    total, limits = 0, terms()
    for _ in range(limits.most_batches):
        made = _fill_batch(limits.batch, by=by, at=at)
        total += made
        if made < limits.batch:
            break
    return total


@transaction.atomic
def _fill_batch(most: int, *, by: Actor, at: datetime) -> int:
    good = Comparison.objects.filter(registration_id=OuterRef("pk"), rules=rules())
    missing = Registration.objects.filter(~Exists(good), state__in=COUNTED, incident__isnull=False)
    rows = list(missing.select_for_update(of=("self",), skip_locked=True)[:most])
    write_keys(rows, by=by, at=at)
    return len(rows)


@transaction.atomic
def write_keys(rows: Iterable[Registration], *, by: Actor, at: datetime) -> None:
    """Put fresh keys in the place of the old ones of these registrations; they are to be compared again."""
    found = list(rows)
    MatchKey.objects.filter(registration__in=found).delete()
    keys: list[MatchKey] = []
    known = opened(Registration.objects.filter(pk__in=[row.pk for row in found]), shows_all=True)
    for row in found:
        digests = set(digests_of(row.asked_for, keys_of(known[row.pk])))
        keys += [MatchKey(registration_id=row.pk, digest=each) for each in digests]
    MatchKey.objects.bulk_create(keys, ignore_conflicts=True, batch_size=5000)
    Comparison.objects.bulk_create(
        [Comparison(registration_id=row.pk, rules=rules(), keyed_at=at) for row in found],
        update_conflicts=True,
        unique_fields=["registration"],
        update_fields=["rules", "keyed_at", "compared_at"],
    )


@transaction.atomic
def renew_keys(registration_id: UUID, *, by: Actor, at: datetime) -> None:
    """After a registration was changed: new keys; withdrawn or folded away: none, so nothing finds it."""
    found = Registration.objects.select_for_update(of=("self",))
    row = found.filter(pk=registration_id).first()
    if row is None:
        return
    if row.state in COUNTED and row.incident_id is not None:
        write_keys([row], by=by, at=at)
    else:
        MatchKey.objects.filter(registration=row).delete()
        Comparison.objects.filter(registration=row).delete()
