"""Reading the trail back."""

from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Max, QuerySet

from nabij.audit.models import TrailEntry


def entries_of(thread_id: UUID) -> QuerySet[TrailEntry]:
    """Everything that happened in this thread (an incident), oldest first."""
    return TrailEntry.objects.filter(thread_id=thread_id).order_by("id")


def entry_of(entry_id: int) -> TrailEntry | None:
    """One line of the trail, for a job that follows it; None for a number that is no line."""
    return TrailEntry.objects.filter(pk=entry_id).first()


def last_entry_id(thread_id: UUID) -> int:
    """The number of the newest entry of this thread: a cheap "has anything changed since?"."""
    newest = TrailEntry.objects.filter(thread_id=thread_id).aggregate(newest=Max("id"))["newest"]
    return int(newest or 0)


def owns_trail() -> bool:
    """Whether this role of the database owns the trail and the read log, as the one that migrates does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) = 2 FROM pg_class WHERE pg_get_userbyid(relowner) = current_user "
            "AND oid IN (to_regclass('audit_trailentry'), to_regclass('audit_readentry'))"
        )
        return bool(cursor.fetchone()[0])


def trail_is_closed() -> bool:
    """Whether the role that serves cannot rewrite trail and read log; on a laptop the owner may serve."""
    if not settings.IS_PRODUCTION:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) = 2 AND NOT bool_or(pg_has_role(current_user, relowner, 'MEMBER') "
            "OR has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE')) "
            "FROM pg_class WHERE oid IN (to_regclass('audit_trailentry'), to_regclass('audit_readentry'))"
        )
        return bool(cursor.fetchone()[0])
