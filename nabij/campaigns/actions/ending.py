"""A wave is over when it stays quiet long enough."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.campaigns.content import terms
from nabij.campaigns.models import Wave
from nabij.kit.clock import local


@transaction.atomic
def close_quiet_waves(*, by: Actor, at: datetime) -> int:
    """End every wave without a report in the last days, and forget its addresses; says how many."""
    quiet_since = local(at).date() - timedelta(days=terms().quiet_days)
    # held before their reports are read: a report of this very moment waits, and then opens a wave of its own
    running = list(Wave.objects.filter(closed_at__isnull=True).select_for_update(of=("self",)))
    counted = Wave.objects.filter(pk__in=[wave.pk for wave in running])
    last = dict(counted.annotate(last=Max("reports__reported_at")).values_list("pk", "last"))
    over = [wave for wave in running if last[wave.pk] and local(last[wave.pk]).date() <= quiet_since]
    for wave in over:
        wave.closed_at = at
        wave.save(update_fields=["closed_at"])
        wave.letter_addresses.all().update(address_sealed=b"")
        trail.record("wave.closed", by=by, at=at, subject=wave, thread_id=wave.incident_id)
    return len(over)
