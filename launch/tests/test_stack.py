import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from launch.places import CHECKOUT
from launch.plan import Plan, Program
from launch.spawning import LaunchError
from launch.supervisor import Stack

SLEEP = (sys.executable, "-c", "import time; time.sleep(600)")
STUBBORN = (
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
)
HOLDER = """
import sys, time
from pathlib import Path
from launch.plan import Plan, Program
from launch.supervisor import Stack
sleep = (sys.executable, "-c", "import time; time.sleep(600)")
with Stack(Path(sys.argv[1]), plan=Plan((), (Program("sleeper", sleep),), health=None)) as stack:
    print(stack.pid("sleeper"), stack.pid("postgres"), flush=True)
    time.sleep(600)
"""


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    plan = Plan((), (Program("sleeper", SLEEP), Program("second", SLEEP)), health=None)
    with Stack(plan=plan) as running:
        yield running


def test_a_killed_process_is_started_again_and_its_pid_file_follows(stack: Stack):
    killed = stack.kill("sleeper")
    assert wait_until(lambda: stack.pid("sleeper") != killed)
    assert not runs(killed)
    assert int((stack.data / "run" / "sleeper.pid").read_text()) == stack.pid("sleeper")


def test_a_killed_database_comes_back_by_itself(stack: Stack):
    stack.kill("postgres")

    def answers() -> bool:
        try:
            psycopg.connect(stack.env("sleeper")["DATABASE_URL"]).close()
        except psycopg.OperationalError:
            return False
        return True

    assert wait_until(answers)


def test_a_stopped_database_stays_down_until_it_is_started(stack: Stack):
    stack.stop_postgres()
    time.sleep(0.5)
    with pytest.raises(LookupError):
        stack.pid("postgres")
    stack.start_postgres()
    before = stack.pid("postgres")
    stack.restart_postgres()
    assert stack.pid("postgres") != before


def test_children_live_on_when_the_thread_that_asked_for_them_ends(stack: Stack):
    thread = threading.Thread(target=stack.restart_postgres)
    thread.start()
    thread.join()
    time.sleep(0.3)
    assert runs(stack.pid("postgres"))


def test_a_second_stack_on_the_same_data_is_refused(stack: Stack):
    with pytest.raises(LaunchError, match="already runs"), Stack(stack.data, plan=Plan((), (), None)):
        pass


def test_a_busy_port_is_said_plainly(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        command = [sys.executable, "-m", "launch", "run", "--port", str(port), "--data", str(tmp_path)]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is in use.")
    assert "Traceback" not in done.stderr


def test_a_step_that_fails_stops_everything_and_shows_its_last_words():
    step = Program("migrate", (sys.executable, "-c", "raise SystemExit('no such column')"))
    stack = Stack(plan=Plan((step,), (), health=None))
    with pytest.raises(LaunchError, match="no such column"), stack:
        pass
    assert not stack.data.exists()


def test_stopping_ends_even_with_a_stubborn_process():
    stack = Stack(plan=Plan((), (Program("stubborn", STUBBORN),), health=None))
    with stack:
        time.sleep(0.5)
        pids = stack.pid("stubborn"), stack.pid("postgres")
        began = time.monotonic()
    assert time.monotonic() - began < 60
    assert not any(map(runs, pids))


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_all_children_end_with_their_supervisor(tmp_path: Path, ending: signal.Signals):
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "data")]
    holder = subprocess.Popen(
        command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert holder.stdout
    pids = [int(pid) for pid in holder.stdout.readline().split()]
    assert len(pids) == 2
    assert all(map(runs, pids))
    holder.send_signal(ending)
    holder.wait(10)
    holder.stdout.close()
    assert wait_until(lambda: not any(map(runs, pids)))
    Stack(tmp_path / "data", plan=Plan((), (), None))._database().reset()
