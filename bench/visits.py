"""What counting costs a page: CPU of our own code for a released page, with and without it."""

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.measuring import load
from nabij.publish.counting import VisitCounter
from nabij.publish.folders import write_release
from nabij.publish.serving import serve_release_first

PAGE, TIMES, ROUNDS = "/iac/zilver-eik/", 100_000, 5
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0 Safari/537.36"


def _behind(environ: Any, start_response: Any) -> Iterable[bytes]:
    raise AssertionError("every page here is released")


def _answered(status: str, headers: Any, error: Any = None) -> Any:
    return None


def _best(app: Any, path: str) -> float:
    """CPU microseconds a page, the best of some rounds."""
    asked = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "HTTP_USER_AGENT": BROWSER,
    }  # fmt: skip
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(TIMES):
            app(asked, _answered)
        rounds.append((time.process_time() - start) * 1_000_000 / TIMES)
    return min(rounds)


def run() -> None:
    """Print one table; the whole server with its sockets is measured by bench/serving.py."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_release(folder / "releases", 1, {PAGE: "tekst " * 4000, "/": "tekst " * 4000})
        visits = VisitCounter(folder / "visits")
        print("| page | CPU µs | load |\n|---|---|---|")
        for label, counter, path in (
            ("a page of a centre, nobody counts", None, PAGE),
            ("a page of a centre, counted", visits, PAGE),
            ("another page, counter beside it", visits, "/"),
        ):
            app = serve_release_first(_behind, folder / "releases", visits=counter)
            print(f"| {label} | {_best(app, path):.2f} | {load()} |", flush=True)
