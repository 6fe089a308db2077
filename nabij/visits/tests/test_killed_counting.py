"""A web process is killed while it counts: what was written stays, a moment is lost, nothing doubles."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from nabij.accounts.factories import make_municipality
from nabij.audit.actor import SYSTEM
from nabij.centres.factories import make_live_centre
from nabij.kit.content import load_toml
from nabij.publish import counting
from nabij.publish.counting import forget_hours, written_hours
from nabij.visits import actions
from nabij.visits.models import VisitHour

KILLS, BETWEEN = 3, 50
LONGEST_LOSS = 30  # seconds of counting that a kill may cost
COUNTER = f"""
import sys
from datetime import datetime
from pathlib import Path
from nabij.publish.counting import VisitCounter
folder, page, at, told = sys.argv[1:]
counter, number, done = VisitCounter(Path(folder)), 0, open(told, "a", buffering=1)
while True:
    for _ in range({BETWEEN}):
        counter.count(page, {{}})
        number += 1
    done.write(f"counted {{number}}\\n")
    counter.write(datetime.fromisoformat(at))
    done.write(f"written {{number}}\\n")
"""


def last(told, word):
    """The last number that the process told in a whole line."""
    lines = told.read_text().rpartition("\n")[0].splitlines() if told.exists() else []
    return max((int(line.split()[1]) for line in lines if line.startswith(word)), default=0)


def kill_while_counting(folder, page, at, told, dice):
    arguments = [str(folder), page, at.isoformat(), str(told)]
    environment = {"DJANGO_SETTINGS_MODULE": "nabij.settings", **os.environ}
    process = subprocess.Popen([sys.executable, "-c", COUNTER, *arguments], env=environment)
    patience = time.monotonic() + 60
    while last(told, "written") == 0 and time.monotonic() < patience:
        time.sleep(0.02)
    time.sleep(dice.uniform(0.05, 0.3))
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.django_db
def test_a_kill_costs_at_most_what_was_not_written_yet_and_doubles_nothing(tmp_path, monkeypatch):
    make_municipality()
    centre, hour, dice = make_live_centre(), datetime(2027, 9, 1, 7, tzinfo=UTC), random.Random(27)
    folder, least, most = tmp_path / "visits", 0, 0
    for number in range(KILLS):
        told = tmp_path / f"told-{number}"
        kill_while_counting(folder, centre.path, hour + timedelta(minutes=number), told, dice)
        least += last(told, "written")
        most += last(told, "counted") + BETWEEN
    monkeypatch.setattr(actions, "written_hours", lambda: written_hours(folder))
    monkeypatch.setattr(actions, "forget_hours", lambda before: forget_hours(before, folder))
    for _ in range(2):
        actions.take_over_counts(by=SYSTEM, at=hour, machine_at=hour)
    row = VisitHour.objects.get(centre=centre, hour_at=hour)
    assert 0 < least <= row.visits <= most, "each process lost less than it counted between two writings"
    assert row.visits % BETWEEN == 0, "a file is the one before or the one after, and never a half"
    assert load_toml(counting.FILE)["write_seconds"] <= LONGEST_LOSS


def test_what_a_killed_process_left_half_written_goes_with_its_hour(tmp_path):
    half = tmp_path / ".2027-09-01T07.abc"
    half.write_text("{")
    forget_hours(datetime(2027, 9, 1, 7, 59, tzinfo=UTC), tmp_path)
    assert half.exists()
    assert written_hours(tmp_path) == {}
    forget_hours(datetime(2027, 9, 1, 8, tzinfo=UTC), tmp_path)
    assert not half.exists()
