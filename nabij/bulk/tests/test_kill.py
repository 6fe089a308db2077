"""The worker is killed while a letter goes out to many; everybody gets it, nobody twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.bulk import actions
from nabij.bulk.actions import Wanted
from nabij.bulk.models import BulkItem, BulkJob, BulkState
from nabij.bulk.queries import Selection
from nabij.desk.tests.conftest import EVENING, FIRE
from nabij.incidents.factories import make_incident
from nabij.notify.models import Delivery, Message
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission

MANY = 120
WORKER = """
import sys, time, django
django.setup()
from nabij.bulk import content, tasks
content.number = lambda name: 4
one = tasks.actions.carry_out
tasks.actions.carry_out = lambda *a, **k: (time.sleep(0.05), one(*a, **k))[1]
tasks.carry_out_bulk(int(sys.argv[1]))
"""


@pytest.fixture
def environment():
    place, _, how = settings.ENV.database_url.partition("?")
    url = f"{place.rpartition('/')[0]}/{connection.settings_dict['NAME']}?{how}"
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "nabij.settings", "DATABASE_URL": url}


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_goes_on_and_nobody_gets_it_twice(environment):
    incident, lead = make_incident(at=FIRE, happened_at=FIRE), make_actor(Role.IAC_REGISTRAR_LEAD)
    sent = [
        make_submission(incident.pk, sent_at=EVENING, name=f"Persoon {number}", yes_to=("ggd",))
        for number in range(MANY)
    ]
    store(sent, by=SYSTEM, at=EVENING, machine_at=EVENING)
    job = actions.ask_bulk(incident, Selection(), Wanted(text="Er is een spreekuur."), by=lead, at=EVENING)
    entry = str(TrailEntry.objects.get(verb="bulk.asked").pk)

    def written():
        return Message.objects.filter(template="bulk_letter").count()

    killed_at = []
    for _ in range(3):
        had = written()
        worker = subprocess.Popen([sys.executable, "-c", WORKER, entry], env=environment)
        ends_at = time.monotonic() + 60
        while written() < had + 12 and worker.poll() is None and time.monotonic() < ends_at:
            time.sleep(0.02)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        killed_at.append(written())
    assert 0 < killed_at[0] < killed_at[-1] < MANY, killed_at
    assert BulkJob.objects.get(pk=job.pk).state == BulkState.BUSY
    subprocess.run([sys.executable, "-c", WORKER, entry], env=environment, check=True)
    assert BulkJob.objects.get(pk=job.pk).state == BulkState.READY
    assert set(BulkItem.objects.values_list("state", flat=True)) == {"done"}
    each = Message.objects.filter(template="bulk_letter").values("recipient_id").annotate(times=Count("pk"))
    assert [(row["times"]) for row in each] == [1] * MANY
    assert (
        Delivery.objects.values("message_id", "contact_point_id").distinct().count()
        == Delivery.objects.count()
    )
    assert TrailEntry.objects.filter(verb="bulk.done").count() == 1
