"""Starting a child process, in a process group of its own, that cannot outlive us."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SHIM = Path(__file__).with_name("child.py")


class LaunchError(Exception):
    """Something is missing or in the way; the text tells a person what to do."""


@dataclass(frozen=True)
class Account:
    """A user of the operating system."""

    uid: int
    gid: int


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path,
    env: Mapping[str, str],
    account: Account | None = None,
    ending: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start the command with its output in ``log``; it gets ``ending`` when the calling thread ends."""
    uid, gid = (str(account.uid), str(account.gid)) if account else ("-", "-")
    shim = [sys.executable, "-I", "-S", str(SHIM), str(int(ending)), str(os.getpid()), uid, gid]
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [*shim, *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=dict(env),
            process_group=0,
        )


def signal_group(pid: int, number: signal.Signals) -> None:
    """Signal the process and all that it started; nothing happens when they are gone."""
    with suppress(ProcessLookupError):
        os.killpg(pid, number)


def end(process: subprocess.Popen[bytes], *, seconds: float, first: signal.Signals = signal.SIGTERM) -> None:
    """Ask the process to stop, wait at most ``seconds``, then kill it with all that it started."""
    if process.poll() is None:
        process.send_signal(first)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    signal_group(process.pid, signal.SIGKILL)
    process.wait()


def last_lines(log: Path, count: int = 20) -> str:
    """The end of a log, to show when something failed."""
    text = log.read_text(errors="replace") if log.exists() else ""
    return "\n".join(text.splitlines()[-count:])
