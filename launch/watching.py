"""One process that stays up: started, watched, started again when it died."""

import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from signal import SIGKILL, Signals
from threading import Event

from launch.places import CHECKOUT
from launch.plan import Program
from launch.spawning import LaunchError, end, last_lines, signal_group, spawn

FIRST_PAUSE, LONGEST_PAUSE, STEADY = 0.1, 5.0, 10.0  # seconds
STOP_WITHIN = 4.0  # seconds to stop in order, before a process is killed


def write_pid(data: Path, name: str, pid: int | None) -> None:
    """Note the process id in the data folder's ``run``, for who wants to reach this one process."""
    file = data / "run" / f"{name}.pid"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    if pid is None:
        file.unlink(missing_ok=True)
    else:
        file.write_text(f"{pid}\n")


def run_step(step: Program, env: Mapping[str, str], data: Path, *, stopping: Event) -> None:
    """Run the step to its end. Raises LaunchError with its last words when it fails or is stopped."""
    log = data / "log" / f"{step.name}.log"
    process = spawn(step.command, log=log, cwd=CHECKOUT, env=env)
    while process.poll() is None:
        if stopping.wait(0.02):
            end(process, seconds=STOP_WITHIN)
            raise LaunchError("Stopped.")
    if process.returncode:
        raise LaunchError(f"{step.name} failed; the end of {log}:\n{last_lines(log)}")


class Watched:
    """A program and its process of this moment."""

    def __init__(self, program: Program, env: Mapping[str, str], data: Path) -> None:
        self.program, self.env, self.data = program, env, data
        self.process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._again_at: float | None = None
        self._pause = FIRST_PAUSE

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return self.data / "log" / f"{self.program.name}.log"

    def start(self) -> None:
        """Start the process and note its id."""
        self.process = spawn(self.program.command, log=self.log, cwd=CHECKOUT, env=self.env)
        self._started, self._again_at = time.monotonic(), None
        write_pid(self.data, self.program.name, self.process.pid)

    def look(self, say: Callable[[str], None]) -> None:
        """When it died: end what it left behind, and start it again, later each time that it dies young."""
        if self.process is None:
            return
        now = time.monotonic()
        if self._again_at is not None:
            if now >= self._again_at:
                self.start()
        elif (code := self.process.poll()) is not None:
            signal_group(self.process.pid, SIGKILL)
            steady = now - self._started > STEADY
            self._pause = FIRST_PAUSE if steady else min(self._pause * 2, LONGEST_PAUSE)
            self._again_at = now + self._pause
            say(f"{self.program.name} {_how(code)}; again in {self._pause:.1f} s ({self.log})")

    def ask_to_end(self) -> None:
        """Tell it to stop, and don't wait."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self, *, seconds: float) -> None:
        """Stop it within so many seconds, with all that it started."""
        if self.process:
            end(self.process, seconds=seconds)
            self.process = None
        write_pid(self.data, self.program.name, None)


def _how(code: int) -> str:
    return f"was killed by {Signals(-code).name}" if code < 0 else f"ended with code {code}"
