"""Writers and the drain are killed at random; whatever was acknowledged is in the database, once."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from nabij.incidents.factories import make_incident
from nabij.people import drain
from nabij.people.models import Registration
from nabij.spool import segments

TARGET = 200
WRITER = """
import sys, time, django
django.setup()
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4
from nabij.keys.envelope import close
from nabij.spool import writing as spool
from nabij.people.factories import make_submission
writer, incident = spool.Spool(Path(sys.argv[1])), UUID(sys.argv[2])
done = open(sys.argv[3], "a", buffering=1)
def send(_):
    submission = make_submission(incident)
    envelope = close(submission.as_bytes())
    writer.append(envelope)
    done.write(f"{submission.form_key}\\n")
    if submission.form_key.int % 5 == 0:
        writer.append(envelope)
with ThreadPoolExecutor(8) as pool:
    while True:
        list(pool.map(send, range(20)))
        time.sleep(0.1)
"""
DRAIN = """
import sys, django
django.setup()
from pathlib import Path
from nabij.people import drain
drain.PAUSE = 0.01
drain.run(Path(sys.argv[1]), lambda: True)
"""


@pytest.fixture
def environment(keys):
    place, _, how = settings.ENV.database_url.partition("?")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "nabij.settings"),
        "DATABASE_URL": f"{place.rpartition('/')[0]}/{connection.settings_dict['NAME']}?{how}",
        "NABIJ_SPOOL_PUBLIC_KEY": str(keys["spool_public_key"]),
        "NABIJ_SPOOL_PRIVATE_KEY": keys["spool_private_key"].get_secret_value(),
    }


@pytest.mark.django_db(transaction=True)
def test_killed_at_random_nothing_acknowledged_is_lost_and_nothing_is_doubled(
    tmp_path, environment, keys, settings
):
    dice = random.Random(310)
    incident, place, receipts = make_incident(), tmp_path / "spool", tmp_path / "receipts"
    receipts.touch()

    def start(program, *arguments):
        return subprocess.Popen([sys.executable, "-c", program, str(place), *arguments], env=environment)

    def acknowledged():
        whole = receipts.read_text().rpartition("\n")[0]
        return {UUID(line) for line in whole.split("\n") if len(line) == 36}

    kills, ends_at = {"writer": 0, "drain": 0}, time.monotonic() + 600
    running = {"writer": start(WRITER, str(incident.pk), str(receipts)), "drain": start(DRAIN)}
    try:
        while (len(acknowledged()) < TARGET or min(kills.values()) < 2) and time.monotonic() < ends_at:
            had, patience = len(acknowledged()), time.monotonic() + 60
            time.sleep(dice.uniform(0.8, 1.6))
            while len(acknowledged()) == had and time.monotonic() < patience:
                time.sleep(0.1)  # a slow machine: killed before it wrote anything, it would show nothing
            name = min(kills, key=lambda each: kills[each])
            running[name].send_signal(signal.SIGKILL)
            running[name].wait()
            kills[name] += 1
            program = (WRITER, str(incident.pk), str(receipts)) if name == "writer" else (DRAIN,)
            running[name] = start(*program)
    finally:
        for process in running.values():
            process.kill()
            process.wait()
    settings.ENV = settings.ENV.model_copy(update=keys)
    assert Registration.objects.exists(), "the killed drain wrote"
    drain.drain_all(Path(place))
    told, rows = acknowledged(), list(Registration.objects.values_list("form_key", flat=True))
    assert len(told) >= TARGET
    assert min(kills.values()) >= 1
    assert told - set(rows) == set()
    assert len(rows) == len(set(rows))
    assert not Registration.objects.filter(state="correction").exists()
    assert segments.set_aside_count(place) == 0
