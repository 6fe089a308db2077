"""So many files at once: who comes later waits, and is told when it takes too long."""

import subprocess
import sys
import time
from threading import Event, Thread

import pytest

from nabij.documents.rewriting import Refused
from nabij.documents.turns import turn

HOLD = """
import fcntl, sys, time
place = open(sys.argv[1], "w")
fcntl.flock(place, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def test_a_third_one_is_refused_while_two_are_busy_and_let_in_after(tmp_path):
    with (
        turn(tmp_path, most=2, longest_wait=0),
        turn(tmp_path, most=2, longest_wait=0),
        pytest.raises(Refused, match="busy"),
        turn(tmp_path, most=2, longest_wait=0),
    ):
        pass
    with turn(tmp_path, most=2, longest_wait=0):
        pass


def test_who_waits_gets_the_place_that_comes_free(tmp_path):
    is_in, may_leave = Event(), Event()

    def busy():
        with turn(tmp_path, most=1, longest_wait=0):
            is_in.set()
            may_leave.wait()

    first = Thread(target=busy)
    first.start()
    is_in.wait()
    Thread(target=lambda: (time.sleep(0.3), may_leave.set())).start()
    with turn(tmp_path, most=1, longest_wait=10):
        assert may_leave.is_set()
    first.join()


def test_a_killed_process_leaves_its_place_free(tmp_path):
    asked = [sys.executable, "-c", HOLD, str(tmp_path / "0")]
    with subprocess.Popen(asked, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Refused, match="busy"), turn(tmp_path, most=1, longest_wait=0):
            pass
        holder.kill()
    with turn(tmp_path, most=1, longest_wait=0):
        pass


def test_an_error_inside_frees_the_place(tmp_path):
    with pytest.raises(ZeroDivisionError), turn(tmp_path, most=1, longest_wait=0):
        raise ZeroDivisionError
    with turn(tmp_path, most=1, longest_wait=0):
        pass
