"""The worker as it runs: a process of its own, killed in the middle of a release."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app as jobs

from nabij.publish.models import Release
from nabij.publish.tasks import RELEASE

PATIENCE = 90.0  # seconds, for a busy machine
WORKER = """
import os, sys, time
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "nabij.settings"
import django
django.setup()
from django.core.management import call_command
from nabij.publish import pages
def render():
    Path(sys.argv[1]).touch()
    time.sleep(float(sys.argv[2]))
    return "klaar"
pages._sources.clear()
pages.register(lambda: [pages.PublicPage("/", "nl", render)])
call_command("run_worker")
"""


def address_of_the_test_database() -> str:
    made = connection.settings_dict
    where = f"{made['HOST'] or '127.0.0.1'}:{made['PORT'] or 5432}"
    if made["HOST"].startswith("/"):
        return f"postgresql://{made['USER']}:{made['PASSWORD']}@/{made['NAME']}?host={made['HOST']}"
    return f"postgresql://{made['USER']}:{made['PASSWORD']}@{where}/{made['NAME']}"


def until(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


@pytest.fixture
def start_worker(tmp_path):
    running: list[subprocess.Popen[bytes]] = []

    def start(mark: Path, seconds: float) -> subprocess.Popen[bytes]:
        env = {**os.environ, "DATABASE_URL": address_of_the_test_database(), "NABIJ_DATA_DIR": str(tmp_path)}
        command = [sys.executable, "-c", WORKER, str(mark), str(seconds)]
        running.append(
            subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        )
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_killed_worker_is_taken_up_by_another(start_worker, own_releases, tmp_path):
    jobs.configure_task(RELEASE).defer(entry_id=1)
    first = start_worker(tmp_path / "first", 600)
    until((tmp_path / "first").exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not (own_releases / "current").exists()
    assert not Release.objects.exists()
    start_worker(tmp_path / "second", 0)
    until(lambda: not list(jobs.job_manager.list_jobs(task=RELEASE)))
    assert (own_releases / "current" / "index.html").read_text() == "klaar"
    assert Release.objects.filter(failed=0).exists()
