"""`log_read()`: no log row, no page."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from nabij.audit.actor import Actor

INSERT = """\
    INSERT INTO audit_readentry (at, person_id, actor_kind, actor_id, organisation_id, role, purpose)
    SELECT %s, person, %s, %s, %s, %s, %s FROM unnest(%s::uuid[]) person"""


def log_read(person_ids: Iterable[UUID], *, by: Actor, purpose: str, at: datetime) -> None:
    """Write one row for each person whose data this page is about to show, in one insert."""
    people = list(dict.fromkeys(person_ids))
    if not people:
        return
    values = [at, by.kind.value, by.id, by.organisation_id, by.role, purpose, people]
    with connection.cursor() as cursor:  # one statement of its own, without a transaction around it
        cursor.execute(INSERT, values)
