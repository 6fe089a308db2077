"""Rewriting in a process of its own: bounded in memory and time, and without our keys."""

import json
import subprocess  # our own module, no shell
import sys
from dataclasses import asdict

from django.conf import settings

from nabij.documents.content import longest_wait, most_at_once
from nabij.documents.rewriting import Limits, Refused
from nabij.documents.turns import turn

ANSWERS = ("jpg", "pdf")


def rewrite_apart(content: bytes, limits: Limits) -> tuple[str, bytes]:
    """The extension and the new bytes; Refused with why, or "busy" when no place came free.

    The file goes through pipes, never over the disk.
    """
    if len(content) > limits.largest_file:
        raise Refused("large")
    with turn(settings.ENV.data_dir / "turns", most=most_at_once(), longest_wait=longest_wait()):
        return _rewritten(content, limits)


def _rewritten(content: bytes, limits: Limits) -> tuple[str, bytes]:
    asked = [sys.executable, "-m", "nabij.documents.rewriting", json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603  (our own module; of the file only its bytes go in)
            asked, input=content, capture_output=True, check=False, timeout=limits.seconds,
            cwd=settings.BASE_DIR, env={"OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Refused("unreadable") from error
    told, _, made = done.stdout.partition(b"\n")
    answer, _, why = told.decode("ascii", "replace").partition(" ")
    if done.returncode or answer not in ANSWERS or not made:
        raise Refused(why or "unreadable")
    return answer, made
