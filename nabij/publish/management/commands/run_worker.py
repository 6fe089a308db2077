"""`manage.py run_worker`: does the jobs, everything but paging."""

from typing import Any, cast

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.django_connector import DjangoConnector

from nabij.publish.tasks import HEARTBEAT, STALLED, release_pages


class Command(BaseCommand):
    """Runs jobs until it is stopped; two may run side by side."""

    help = "Voer de opdrachten uit de wachtrij uit (alles behalve oproepen)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work the queue; the first job is a release, so that pages are there and nothing old stays."""
        release_pages.defer(entry_id=0)
        # An app beside `jobs`: what a task itself defers must keep to that task's own transaction.
        connector = cast(DjangoConnector, jobs.connector).get_worker_connector()
        worker = jobs.with_connector(connector)
        worker.run_worker(
            concurrency=4,
            fetch_job_polling_interval=0.25,
            abort_job_polling_interval=5.0,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
            delete_jobs="successful",
        )
