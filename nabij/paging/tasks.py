"""Jobs: each minute, proving that no page is forgotten, and telling the watcher outside."""

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.paging.actions import audit_pages
from nabij.paging.heartbeat import beat
from nabij.paging.queries import state_of_paging


@jobs.periodic(cron="* * * * *")
@jobs.task(queueing_lock="audit-pages")
def audit(timestamp: int) -> None:
    """A missed minute or a second run does no harm: what has its next moment is left alone."""
    close_old_connections()
    found = audit_pages(by=SYSTEM, at=clock.now())
    beat(settings.ENV.heartbeat_url, is_well=not found and state_of_paging(clock.now()) == "ok")
