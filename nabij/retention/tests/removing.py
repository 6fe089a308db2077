"""The night's removal, as the tests of every kind run it."""

from datetime import timedelta

from nabij.audit.actor import SYSTEM
from nabij.privacy import removal
from nabij.privacy.actions import remove_expired
from nabij.privacy.models import RetentionRun
from nabij.privacy.queries import free_rows
from nabij.privacy.retention import term_for

SECOND = timedelta(seconds=1)


def past(maker, at):
    """Rows of the kind that this maker is named after, which the job would remove at this moment."""
    kind = maker.__name__
    [collection] = [each for each in removal.collections() if each.kind == kind]
    return free_rows(collection, term_for(kind).before(at), at)


def remove(at):
    """One run of the job in which no kind failed."""
    remove_expired(by=SYSTEM, at=at)
    assert not RetentionRun.objects.filter(failed__gt=0).exists()


def is_left_after_its_term(row, maker, over):
    """Whether the row is left, without what was in it, after it stayed to the last second of its term."""
    assert row not in past(maker, over)
    assert row in past(maker, over + SECOND)
    remove(over + SECOND)
    assert not past(maker, over + SECOND).exists()
    return type(row).objects.filter(pk=row.pk).exists()
